"""An annotation becomes blocks."""
