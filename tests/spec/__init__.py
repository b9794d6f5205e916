"""Metrics specified by tables small enough to check by hand; the metric catalogue quotes them."""
