"""What `scripts/bench` measures with: a corpus becomes sites, their builds a table."""
