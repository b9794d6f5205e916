"""Figures: each declared once, computed once, and traceable to the rows it came from."""
