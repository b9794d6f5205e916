"""Roles, reporting lines, RACI, oversight and Item 106: what is on record, and what is not."""
