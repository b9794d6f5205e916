"""Turn what a CISO and a CTO already hold into a board deck and a governance disclosure."""

__version__ = "0.1.0"
