"""Print results and messages, safely: tables on a terminal, plain lines in a pipe."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode classes that steer a terminal or cannot be seen: controls, bidi marks, surrogates."""


def visible(text: str) -> str:
    """The text on one line, with what would steer a terminal written out: ``\\x1b[31m``."""
    if text.isprintable():
        return text
    return "".join(
        each.encode("unicode_escape").decode() if unicodedata.category(each) in _UNSEEN else each
        for each in text
    )


def say(message: str) -> None:
    """A message for the person, on standard error; each line made safe."""
    for line in message.split("\n"):
        click.echo(visible(line), err=True)


def put(line: str) -> None:
    """One line of the result, on standard output, made safe."""
    click.echo(visible(line))


def put_json(value: object) -> None:
    """The result as JSON, in plain ASCII where the output's encoding has no more.

    What would steer a terminal is written out, which is the same JSON.
    """
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower()
    text = json.dumps(value, indent=2, ensure_ascii=not encoding.startswith("utf"))
    click.echo("\n".join(_written_out(line) for line in text.split("\n")))


def _written_out(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(
        json.dumps(each)[1:-1] if unicodedata.category(each) in _UNSEEN else each for each in line
    )


def is_terminal() -> bool:
    """True when a person reads standard output, False in a pipe or a file."""
    return sys.stdout.isatty()


def console() -> Console:
    """Standard output for tables; colours only where wanted (``NO_COLOR``), never as meaning."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def put_table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[str] = (),
    whole: Sequence[str] = (),
) -> None:
    """Rows under heads: a drawn table on a terminal, tab-separated lines in a pipe.

    Args:
        heads: the columns' names.
        rows: cells as text.
        right: heads of the columns of numbers.
        whole: heads of the columns whose cells must not be broken over lines.
    """
    if not is_terminal():
        for cells in (heads, *rows):
            click.echo("\t".join(visible(cell) for cell in cells))
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for head in heads:
        table.add_column(
            head,
            justify="right" if head in right else "left",
            no_wrap=head in right or head in whole,
            overflow="fold",
        )
    for cells in rows:
        table.add_row(*(Text(visible(cell)) for cell in cells))
    console().print(table)


class Spinner:
    """What is going on, on a terminal; nothing in a pipe."""

    def __init__(self, status: Any = None) -> None:
        self._status = status

    def __call__(self, stage: str) -> None:
        """Name the stage that begins."""
        if self._status:
            self._status.update(f"{stage} ...")

    def aside(self, action: Callable[[], None]) -> None:
        """Do something that prints, with the spinner out of its way."""
        if self._status:
            self._status.stop()
        action()
        if self._status:
            self._status.start()


@contextmanager
def spinner() -> Iterator[Spinner]:
    """A line on standard error that names the stage at work."""
    if not sys.stderr.isatty():
        yield Spinner()
        return
    from rich.console import Console

    with Console(stderr=True).status("starting ...") as status:
        yield Spinner(status)
