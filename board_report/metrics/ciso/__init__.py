"""Metrics owned by the CISO."""
