"""Canonical typed tables, and every finding about the files they come from."""
