"""Specifications of the metrics that the CTO answers for."""
