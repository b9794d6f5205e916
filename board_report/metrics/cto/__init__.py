"""Metrics owned by the CTO."""
