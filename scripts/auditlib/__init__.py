"""What `scripts/audit-corpus` counts with: nothing in here knows or imports the generator."""
