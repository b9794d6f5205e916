"""Specifications of the CISO's metrics."""
