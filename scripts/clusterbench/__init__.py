"""What a Dask cluster takes over, and what it costs: `scripts/bench-cluster`."""
