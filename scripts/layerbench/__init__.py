"""Measures the annotated layers beside those of torch.nn; `scripts/bench-layers` is the way in."""
