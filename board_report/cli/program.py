"""The group of commands, and what becomes of an error, an interruption and a closed pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from board_report import __version__
from board_report.cli.archive import archive
from board_report.cli.build import build
from board_report.cli.check import check
from board_report.cli.explain import explain
from board_report.cli.incident import incident
from board_report.cli.init import init
from board_report.cli.map import map_
from board_report.cli.metrics import metrics
from board_report.cli.output import say
from board_report.cli.peers import peers
from board_report.cli.prior import prior
from board_report.cli.record_shown import record_shown
from board_report.cli.redline import redline
from board_report.cli.sign_off import sign_off
from board_report.cli.sign_pdf import sign, verify_signature
from board_report.cli.status import status
from board_report.cli.xbrl import xbrl
from board_report.errors import BoardReportError

NAME = "board-report"
INTERRUPTED = 130
CLOSED_PIPE = 141
"""What the shell reports of a program that a closed pipe ended."""

HELP = """Turn what a CISO and a CTO already hold into a board deck and a governance disclosure.

\b
  board-report init our-company    start from a complete sample company
  cd our-company
  board-report map ciso/tickets.csv how a file of yours can be read
  board-report check               what is wrong with the data, line by line
  board-report build               the two documents

\b
Exit codes: 0 done; 2 something for you to mend, and the message says what;
130 interrupted.
"""


class Program(click.Group):
    """The commands, in the order in which a new user meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names as they were added, not by the alphabet."""
        return sorted(super().list_commands(ctx), key=list(self.commands).index)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a reader that stopped reading, as ``head`` does, is no error."""
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Else the interpreter would try to write the rest when it ends, and complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(CLOSED_PIPE)
        return outcome


@click.group(
    NAME,
    cls=Program,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def program() -> None:
    """Hold the commands; the text of the help is above."""


for command in (
    *(init, map_, check, build, sign_off, status, record_shown, explain, metrics, incident),
    *(redline, prior, peers, xbrl, archive, sign, verify_signature),
):
    program.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and leave with its exit code; the process's own arguments when None."""
    _never_fail_to_print()
    sys.exit(_outcome(arguments))


def _outcome(arguments: Sequence[str] | None) -> int:
    """Exit code; what the user can mend is one message, and a bug keeps its traceback."""
    try:
        code = program.main(args=arguments, prog_name=NAME, standalone_mode=False)
    except click.Abort:
        say("Interrupted.")
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BoardReportError as error:
        say(f"Error: {error.message}")
        return error.exit_code
    return code if isinstance(code, int) else 0


def _never_fail_to_print() -> None:
    """Write as ``\\u2265`` what the terminal's encoding does not have, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
