"""Blocks meet their translations."""
