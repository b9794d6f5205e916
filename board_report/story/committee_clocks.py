"""The page on incident clocks of the disclosure committee's paper: a line of days for each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from board_report.story import formats
from board_report.story.committee_page import PaperFigure, PicturePart
from board_report.story.committee_peers import WIDTH
from board_report.story.incident_clock_page import sources_of
from board_report.story.incident_clock_pictures import clocks_picture, events_of
from board_report.story.incident_clock_words import zone_words
from board_report.story.key_figures import shortened
from board_report.story.pages.incident_clocks import clock_rows, incidents_told, title_of

if TYPE_CHECKING:
    from board_report.governance.incident_record import IncidentRecord
    from board_report.governance.incident_register import IncidentRegister
    from board_report.story.facts import BoardFacts
    from board_report.story.pages.incident_clocks import Told

MOST_INCIDENTS = 4
MOST_CLOCKS = 8
_FURNITURE, _STEP = 60.0, 40.0
_LABELS, _WORDS = 184.0, 148.0


def clocks_part(facts: BoardFacts) -> PicturePart | None:
    """The incidents with an open clock, or determined in the quarter; None where there is none."""
    register = facts.incident_register
    if register is None:
        return None
    told = incidents_told(register, facts)
    if not told:
        return None
    rest = len(told) - MOST_INCIDENTS
    more = f"{formats.counted(rest, 'more incident', words=False)} on record." if rest > 0 else ""
    return PicturePart(
        title=title_of(told, clock_rows(told)),
        lead=f"Days: {zone_words(facts.project.calendar.time_zone)}; filings: Eastern time.",
        figures=tuple(
            _figure(at, each, register, facts) for at, each in enumerate(told[:MOST_INCIDENTS])
        ),
        notes=tuple(filter(None, (more, sources_of(register.settings)))),
    )


def _figure(at: int, told: Told, register: IncidentRegister, facts: BoardFacts) -> PaperFigure:
    record, _ = told
    zone = facts.project.calendar.time_zone
    rows = [clock for _, clock in clock_rows([told])]
    shown = rows[:MOST_CLOCKS]
    rest = len(rows) - len(shown)
    spec = clocks_picture(
        [(clock, clock.name, clock.rule) for clock in shown],
        facts.window.known_at - timedelta(seconds=1),
        register.settings.calendar,
        zone,
        width=WIDTH,
        height=_FURNITURE + _STEP * len(shown),
        events=events_of(record, zone),
        label_width=_LABELS,
        words_width=_WORDS,
    )
    more = f"{formats.counted(rest, 'more clock', words=False)} on record." if rest else ""
    return PaperFigure(
        f"clocks-{at + 1}.svg",
        f"{shortened(record.incident_id, 24)}: {shortened(record.title, 60)}",
        spec,
        tuple(filter(None, (_state(record), more))),
    )


def _state(record: IncidentRecord) -> str:
    """What is determined, and which factors nobody has spoken to."""
    if record.determined is None:
        said = "Materiality is not determined yet."
    else:
        said = f"Determined {record.state.words} on {formats.day(record.determined.at.date())}."
    unknown = ", ".join(record.unknown_factors)
    if not unknown:
        return said
    return f"{said} Nobody has said yet whether these factors bear: {shortened(unknown, 160)}."
