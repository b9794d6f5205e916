"""Specifications of the metrics that both leaders answer for together."""
