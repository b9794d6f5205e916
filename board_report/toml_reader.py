"""Read a TOML file value by value; every mistake names its key, its line and what to write."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from board_report.errors import ProjectError

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(
    r"""\s*((?:"[^"]*"|'[^']*'|[\w\-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w\-]+))*)\s*="""
)
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w\-]+)""")

Path = tuple[str | int, ...]


def parse_toml(content: bytes, file: str) -> Section:
    """The file's top section.

    Raises:
        ProjectError: the bytes are not UTF-8 or not TOML.
    """
    try:
        text = content.decode("utf-8-sig")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ProjectError(
            "it is not UTF-8.", where=f"{file}, line {line}", mend="Save the file as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        line = _syntax_line(str(error), text)
        raise ProjectError(
            f"it is not TOML: {error}.",
            where=f"{file}, line {line}",
            mend=_syntax_mend(text.splitlines()[line - 1 : line]),
        ) from error
    return Section(file, values, (), key_lines(text))


def _syntax_mend(lines: Sequence[str]) -> str:
    """What may be wrong with the line that is no TOML: most often a text without its marks."""
    usual = 'Texts stand in quotation marks (name = "value"), dates without (2026-09-30).'
    for line in lines:
        key = _KEY.match(line)
        value = line[key.end() :].strip() if key else ""
        if key and value and not re.match(r"""["'\[{]|[-+0-9.]+$|(true|false)\b""", value):
            bare = value.partition(" #")[0].strip(" \"'")
            written = json.dumps(bare, ensure_ascii=False)
            return f"Put the value of {key[1]} in quotation marks: {key[1]} = {written}."
        if key and value[:1] in ("'", '"') and value.count(value[0]) % 2:
            return f"Close the quotation marks of the value of {key[1]}."
        if key and not value:
            return f'Give {key[1]} a value ({key[1]} = "..."), or remove the line.'
    return usual


def _syntax_line(message: str, text: str) -> int:
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else text.count("\n") + 1


class Lines(dict[Path, int]):
    """The line of each section and key; keys inside inline tables have their table's line."""

    def __init__(self) -> None:
        super().__init__()
        self.headers: dict[Path, int] = {}
        """Sections with a header of their own, as ``[source.columns]``."""
        self.given: dict[Path, int] = {}
        """Keys that are given a value, be it an inline table."""


def key_lines(text: str) -> Lines:
    """The line of each section and key; a section below a ``[[list]]`` is its last item's."""
    lines = Lines()
    counts: dict[Path, int] = {}
    section: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.fullmatch(line)
        key = _KEY.match(line)
        if header:
            section = _parts(header[2])
            if header[1] == "[[":
                counts[section] = counts.get(section, -1) + 1
                section = (*section, counts[section])
            elif section[:1] in counts:
                section = (*section[:1], counts[section[:1]], *section[1:])
            lines.setdefault(section, number)
            lines.headers.setdefault(section, number)
        elif key:
            path = section
            for part in _parts(key[1]):
                path = (*path, part)
                lines.setdefault(path, number)
            lines.given.setdefault(path, number)
    return lines


def _parts(dotted: str) -> Path:
    return tuple(a or b or c for a, b, c in _PART.findall(dotted))


@dataclass(frozen=True)
class Section:
    """One table of the file, with readers that check the type of each key."""

    file: str
    values: Mapping[str, Any]
    path: Path
    lines: Lines

    @property
    def line(self) -> int:
        """The line it begins on; 0 when it is not in the file."""
        return self._line_of(self.path)

    def _line_of(self, path: Path) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def error(self, key: str, what: str, mend: str = "") -> ProjectError:
        """The error to raise about a key of this section."""
        path = (*self.path, key) if key else self.path
        line = self._line_of(path)
        place = f", line {line}" if line else ""
        return ProjectError(what, where=f"{self.file}{place}, {_dotted(path)}", mend=mend)

    def only(self, *known: str) -> None:
        """Refuse keys that nothing reads.

        Raises:
            ProjectError: there is one; the nearest known key is named.
        """
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=1, cutoff=0.6)
                hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(known)}."
                raise self.error(key, f"{key!r} is not a key that is known here.", hint)

    def _get(self, key: str, expected: tuple[type, ...], words: str, default: Any) -> Any:
        if key not in self.values:
            if default is None:
                raise self.error(key, "it is missing.", f"Add {key} = {words}.")
            return default
        value = self.values[key]
        wrong_kind = not isinstance(value, expected) or (
            isinstance(value, bool) and bool not in expected
        )
        if wrong_kind or (isinstance(value, datetime) and datetime not in expected):
            raise self.error(key, f"{_shown(value)} is not what it must be.", f"Write {words}.")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required (and not empty) when there is no default."""
        value = str(self._get(key, (str,), 'a text: "..."', default)).strip()
        if not value and default is None:
            raise self.error(key, "it is empty.", f'Write {key} = "...".')
        return value

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of a closed list of texts."""
        value = self.text(key, default)
        if value not in allowed and value != default:
            near = get_close_matches(value, allowed, n=1, cutoff=0.0)
            raise self.error(
                key,
                f"{value!r} is not one of: {', '.join(allowed)}.",
                f'Did you mean "{near[0]}"?' if near else "",
            )
        return value

    def number(
        self,
        key: str,
        default: float | None = None,
        *,
        least: float | None = None,
        most: float | None = None,
    ) -> float:
        """A finite number between bounds, both included."""
        value = float(self._get(key, (int, float), "a number", default))
        if not abs(value) < float("inf"):
            raise self.error(key, f"{value} is not a finite number.", "Write digits.")
        if least is not None and value < least:
            raise self.error(key, f"{value:g} is below {least:g}.", "Correct it.")
        if most is not None and value > most:
            raise self.error(key, f"{value:g} is above {most:g}.", "Correct it.")
        return value

    def integer(
        self,
        key: str,
        default: int | None = None,
        *,
        least: int | None = None,
        most: int | None = None,
    ) -> int:
        """A whole number between bounds, both included."""
        self._get(key, (int,), "a whole number", default)
        return int(self.number(key, default, least=least, most=most))

    def boolean(self, key: str, default: bool) -> bool:
        """``true`` or ``false``."""
        return bool(self._get(key, (bool,), "true or false", default))

    def day(self, key: str) -> date | None:
        """A date, as ``2026-09-30``; None when the key is missing."""
        if key not in self.values:
            return None
        value = self.values[key]
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                value = self.values[key]
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.error(key, f"{_shown(value)} is not a date.", "Write it as 2026-09-30.")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts; required and not empty when there is no default."""
        value = self._get(key, (list, tuple), 'a list of texts: ["...", "..."]', default)
        if not all(isinstance(each, str) for each in value) or (not value and default is None):
            raise self.error(
                key, f"{_shown(value)} is not a list of texts.", 'Write ["...", "..."].'
            )
        return tuple(each.strip() for each in value)

    def text_map(self, key: str) -> dict[str, str]:
        """A table of texts; numbers and booleans are taken as they are written."""
        value = self._get(key, (dict,), 'a table: { name = "..." }', {})
        for name, each in value.items():
            if not isinstance(each, (str, int, float)):
                raise self.section(key).error(name, f"{_shown(each)} is not a text.")
        return {name: _written(each) for name, each in value.items()}

    def section(self, key: str) -> Section:
        """A table of this one; empty when it is missing."""
        value = self._get(key, (dict,), f"a section: [{key}]", {})
        return Section(self.file, value, (*self.path, key), self.lines)

    def sections(self, key: str) -> tuple[Section, ...]:
        """The tables of a ``[[key]]`` list."""
        value = self._get(key, (list, tuple), f"sections: [[{key}]]", ())
        if not all(isinstance(each, dict) for each in value):
            raise self.error(key, "it is not a list of sections.", f"Write [[{key}]].")
        return tuple(
            Section(self.file, each, (*self.path, key, at), self.lines)
            for at, each in enumerate(value)
        )


def _dotted(path: Path) -> str:
    words = ""
    for part in path:
        if isinstance(part, int):
            words += f"[{part + 1}]"
        else:
            words += f".{part}" if words else part
    return words or "the file"


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, date) else value.isoformat()
    return text if len(text) <= 60 else f"{text[:57]}..."


def _written(value: str | int | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
