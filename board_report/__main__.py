"""Run the command line as ``python -m board_report``."""

from board_report.cli import main

if __name__ == "__main__":
    main()
