"""Checks: a key and its translation come in, findings go out. Nothing here touches a file."""
