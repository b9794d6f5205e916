"""A technology radar in the shape that Thoughtworks' Build Your Own Radar reads."""

from __future__ import annotations

from board_report.project import SourceSpec
from board_report.sources.reader import Evidence, Header, Reader, Records

_HAS = ("name", "ring", "quadrant", "isNew", "description")

READERS = (
    Reader(
        id="technology-radar",
        tool="Technology radar",
        export="blips of a radar (Build Your Own Radar), as CSV or JSON",
        preset=SourceSpec(
            table="technology_portfolio",
            file="",
            columns={"technology_id": "name", "name": "name", "stage": "ring"},
            leave_out={"ring": ("Hold",)},
        ),
        signatures=(Header(has=_HAS), Records(has=_HAS)),
        evidence=Evidence.DOCUMENTED,
        reference="Thoughtworks, Build Your Own Radar: columns name, ring, quadrant, isNew, "
        "description",
        traps=(
            "The rings adopt, trial and assess are the stages of the same names.",
            "Hold means to begin nothing new with a technology, and not that it is retired; these "
            "rows are left out and counted, since no stage says that.",
            "A radar has opinions and no dates: what is in production, approved or reviewed stays "
            "unknown.",
            "Rings with names of your own need values.stage.",
        ),
    ),
)
