"""Say where in ``report.toml`` a key of a ``[[source]]`` block is to be written, so that it works.

TOML has several ways to write the same table, and no key may be added in another way than the one
the block uses: what a message advises depends on how the block is written.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from board_report.project.records import SourceSpec

_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Place:
    """A source's block of report.toml; as text, how to call it in a message.

    In a template ``{block:date_format}`` becomes "Below [[source]] on line 3 of report.toml write
    date_format =", and ``{block:-date_format}`` the same inside a sentence.
    """

    source: SourceSpec

    def __str__(self) -> str:
        line = self.source.line
        if line:
            return f"the [[source]] block on line {line} of report.toml"
        return f"a [[source]] block of report.toml with {' and '.join(self._usual)}"

    def __format__(self, spec: str) -> str:
        if not spec:
            return str(self)
        words = self.write(*spec.removeprefix("-").split("."))
        return words if spec.startswith("-") else words[:1].upper() + words[1:]

    @property
    def _usual(self) -> list[str]:
        table = [f"table = {quoted(self.source.table)}"] if self.source.table else []
        return [*table, f"file = {quoted(self.source.file)}"]

    def line_of(self, *path: str) -> int:
        """The line on which the block has this key; 0 where it has not, or not by itself."""
        return self.source.written.keys.get(path, 0)

    def write(self, *path: str) -> str:
        """Where to write a key, up to its equals sign: what follows it is its value."""
        if not self.source.line:
            usual = ", ".join(self._usual)
            return f"give it a [[source]] block in report.toml, with {usual} and {_key(path)} ="
        written = self.source.written
        for length in range(len(path) - 1, 0, -1):
            above, rest = path[:length], _key(path[length:])
            if above in written.keys:
                name = ".".join(above)
                line = f"on line {written.keys[above]} of report.toml"
                return f"{line}, inside the braces of {name}, write {rest} ="
            if above in written.headers:
                header = f"[source.{_key(above)}] on line {written.headers[above]}"
                return self._in_section(path, header, rest)
        return self._in_section(path, f"[[source]] on line {self.source.line}", _key(path))

    def _in_section(self, path: tuple[str, ...], header: str, key: str) -> str:
        line = self.line_of(*path)
        if line:
            return f"change line {line} of report.toml to {key} ="
        return f"below {header} of report.toml write {key} ="


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(path: tuple[str, ...]) -> str:
    return ".".join(part if _BARE.fullmatch(part) else quoted(part) for part in path)
