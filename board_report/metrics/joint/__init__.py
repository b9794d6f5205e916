"""Metrics that the CISO and the CTO own together."""
