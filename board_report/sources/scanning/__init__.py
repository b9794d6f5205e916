"""Bring the rows of a big source within reach of the embedded engine, without holding them."""
