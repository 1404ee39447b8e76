"""Hosts: what surrounds the core and calls it. They translate, and decide nothing."""
