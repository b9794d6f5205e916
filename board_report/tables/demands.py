"""What one column of a row demands of another: declared beside the columns, judged row by row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class When:
    """The rows that a demand speaks of: those in which a column has one of these values."""

    column: str
    values: tuple[str, ...]
    """An empty text stands for an empty cell."""


@dataclass(frozen=True)
class Filled:
    """Columns that such a row must fill."""

    columns: tuple[str, ...]
    when: When


@dataclass(frozen=True)
class Empty:
    """Columns that such a row has no use for: a value in one of them would be passed over."""

    columns: tuple[str, ...]
    when: When


@dataclass(frozen=True)
class Together:
    """Columns of which a row fills all or none."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class OneOf:
    """Columns of which a row fills exactly one."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class Inside:
    """Numbers that must lie between bounds, where they are known; a bound itself is allowed."""

    columns: tuple[str, ...]
    least: float | None = None
    most: float | None = None
    above: float | None = None
    """As ``least``, and the bound itself is not allowed."""
    below: float | None = None
    """As ``most``, and the bound itself is not allowed."""
    when: When | None = None
    """None: in every row."""


@dataclass(frozen=True)
class Below:
    """A number that must lie truly below another of the same row, where both are known."""

    lower: str
    upper: str
    when: When


@dataclass(frozen=True)
class Fits:
    """A value that must be one of some, in such a row; an empty cell is."""

    column: str
    allowed: tuple[str, ...]
    when: When


@dataclass(frozen=True)
class Unlike:
    """Two columns that may not name the same record; either may be a list."""

    column: str
    other: str


Demand = Filled | Empty | Together | OneOf | Inside | Below | Fits | Unlike
