"""The project on disk: its settings, sources and catalogs. Only this room touches files."""
