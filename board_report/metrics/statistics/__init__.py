"""Exact and textbook statistics of small samples: pure functions, no tables and no quarters."""
