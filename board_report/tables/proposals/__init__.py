"""Propose how a file that no reader knows could be read: table, columns, dates, values."""
