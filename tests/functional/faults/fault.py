"""What a planted fault is, and the few ways to damage a project."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from enum import Enum
from pathlib import Path

Damage = Callable[[Path], None]
"""Changes one thing in a project folder."""


class Fate(Enum):
    """What must come of a fault."""

    NOTED = "noted"
    """The build goes on, the row is used, and a warning or a note says so."""
    SET_ASIDE = "set aside"
    """The build goes on without the row, which stands in ``rejected/`` with the reason."""
    STOPS = "stops"
    """``check`` lists it, ``build`` ends with exit code 2, and nothing is written."""
    REFUSED = "refused"
    """The command ends with exit code 2 and one message; nothing is written."""


@dataclass(frozen=True)
class Told:
    """A finding that must be among those of ``check``."""

    code: str
    file: str
    line: int = 0
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class Fault:
    """One planted fault."""

    name: str
    damage: Damage
    fate: Fate
    told: Told | None = None
    """The finding that reports it; None for what is refused before or after reading."""
    words: tuple[str, ...] = ()
    """What the message (or the finding's reason and mend) must say."""
    options: tuple[str, ...] = ()
    """Options of ``build``; ``{project}`` stands for the folder."""
    through: bool = False
    """True when the document is made as well: what is used of the damage must not break it."""

    def __str__(self) -> str:
        return self.name


def noted(name: str, damage: Damage, told: Told, *words: str) -> Fault:
    """A fault with which the row is used."""
    return Fault(name, damage, Fate.NOTED, told, words)


def set_aside(name: str, damage: Damage, told: Told, *words: str) -> Fault:
    """A fault that sets one row aside."""
    return Fault(name, damage, Fate.SET_ASIDE, told, words)


def stops(name: str, damage: Damage, told: Told, *words: str) -> Fault:
    """A fault that stops the build."""
    return Fault(name, damage, Fate.STOPS, told, words)


def refused(name: str, damage: Damage, *words: str, options: tuple[str, ...] = ()) -> Fault:
    """A fault that is told as one message."""
    return Fault(name, damage, Fate.REFUSED, None, words, options)


def through(fault: Fault) -> Fault:
    """The fault followed to the finished document, not only to the figures' doorstep."""
    return replace_fields(fault, through=True)


# --- ways to damage ------------------------------------------------------------------------------


def nothing(_: Path) -> None:
    """The project is sound; what is asked of it is not."""


def delete(file: str) -> Damage:
    """Remove a file."""
    return lambda project: (project / file).unlink()


def write(file: str, content: bytes) -> Damage:
    """Put these bytes in place of a file."""
    return lambda project: _write(project / file, content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def rewrite(file: str, change: Callable[[bytes], bytes]) -> Damage:
    """Change a file's bytes; the change must change something."""

    def damage(project: Path) -> None:
        path = project / file
        before = path.read_bytes()
        after = change(before)
        assert after != before, f"{file}: the damage does nothing"
        path.write_bytes(after)

    return damage


def replace(file: str, old: str, new: str) -> Damage:
    """Replace the first occurrence of a text."""
    return rewrite(file, lambda content: content.replace(old.encode(), new.encode(), 1))


def on_line(file: str, line: int, change: Callable[[bytes], bytes]) -> Damage:
    """Change one line (counted from 1) without its end."""

    def changed(content: bytes) -> bytes:
        lines = content.split(b"\n")
        end = b"\r" if lines[line - 1].endswith(b"\r") else b""
        lines[line - 1] = change(lines[line - 1].removesuffix(b"\r")) + end
        return b"\n".join(lines)

    return rewrite(file, changed)


def set_cell(file: str, line: int, header: str, text: str) -> Damage:
    """Put a text into one cell of a comma-separated file; the other cells stay as they are.

    ``{}`` in the text stands for what the cell holds.
    """

    def damage(project: Path) -> None:
        lines = (project / file).read_text(encoding="utf-8-sig").splitlines()
        at = next(csv.reader([lines[0]])).index(header)

        def change(old: bytes) -> bytes:
            cells = next(csv.reader([old.decode()]))
            cells[at] = text.replace("{}", cells[at])
            return csv_line(cells).encode()

        on_line(file, line, change)(project)

    return damage


def csv_line(cells: list[str]) -> str:
    """Cells as one line without its end."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


def insert_line(file: str, line: int, text: str) -> Damage:
    """Put a line before the one that stands there."""
    return on_line(file, line, lambda old: text.encode() + b"\n" + old)


def repeat_line(file: str, line: int, change: Callable[[bytes], bytes] = bytes) -> Damage:
    """Give a line again, changed or not, right after itself."""
    return on_line(file, line, lambda old: old + b"\n" + change(old))


def then(*steps: Damage) -> Damage:
    """One damage that takes several steps."""

    def damage(project: Path) -> None:
        for step in steps:
            step(project)

    return damage
