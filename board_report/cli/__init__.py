"""The command line: parses, calls the pipeline, prints, and says how it went."""

from board_report.cli.program import main

__all__ = ["main"]
