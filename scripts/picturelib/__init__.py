"""Pictures of the docs: sites are built, photographed in Chromium, and the files made small."""
