"""The clocks of incidents on record: what runs at the as-of date, until when, and what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from board_report.governance.incident_clock import incident_clocks
from board_report.governance.incident_clock_state import Clock, ClockState
from board_report.governance.incident_kinds import Form
from board_report.governance.incident_record import IncidentRecord
from board_report.governance.incident_register import IncidentRegister
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_clock_page import sources_of
from board_report.story.incident_clock_pictures import clocks_picture
from board_report.story.incident_clock_words import left_words, within, zone_words
from board_report.story.key_figures import first_that_fits, shortened
from board_report.story.page import Page
from board_report.typeset import lines_needed

ID = "incident-clocks"
BODY = 334.0
MOST_ROWS = 8
WIDTH, ROOM = 198.0, 312.0
"""Points of the column of incidents, with a line for how many more there are."""
FOOT = 22.0
STEP = 52.0
FURNITURE = 44.0
Told = tuple[IncidentRecord, tuple[Clock, ...]]


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page where an incident has a record that was open in the quarter; else none."""
    register = facts.incident_register
    if register is None:
        return ()
    told = incidents_told(register, facts)
    if not told:
        return ()
    now = facts.window.known_at
    zone = facts.project.calendar.time_zone
    listed = [] if facts.has_voices(ID) else _listed([_open(each) for each, _ in told])
    rows = clock_rows(told)
    shown = rows[:MOST_ROWS]
    figures = {}
    if shown:
        figures["clocks"] = clocks_picture(
            [(clock, clock.name, record.incident_id) for record, clock in shown],
            now - timedelta(seconds=1),
            register.settings.calendar,
            zone,
            width=642.0,
            height=min(BODY - (FOOT if rows[MOST_ROWS:] else 0), FURNITURE + STEP * len(shown)),
            label_width=184.0,
            words_width=190.0,
        )
    return (
        Page(
            id=ID,
            section="Incident clocks",
            title=title_of(told, rows),
            context=_context(told, zone),
            owners=facts.owner("CISO"),
            sources=sources_of(register.settings),
            body={
                "has_clocks": bool(shown),
                "more": _more(len(rows) - len(shown)),
                "incidents": listed,
                "more_incidents": _more_incidents(len(told) - len(listed)) if listed else "",
            },
            figures=figures,
        ),
    )


def incidents_told(register: IncidentRegister, facts: BoardFacts) -> list[Told]:
    """The incidents with an open clock at the as-of date, or determined in the quarter."""
    found = []
    for whole in register.records:
        record = whole.known_at(facts.window.known_at)
        if record.discovered is None:
            continue
        clocks = incident_clocks(record, _last(facts), register.settings)
        recent = any(each.at >= facts.window.start for each, _ in record.determinations)
        if recent or any(each.is_open for each in clocks):
            found.append((record, clocks))
    return sorted(found, key=_since, reverse=True)


def _since(told: Told) -> float:
    discovered = told[0].discovered
    return discovered.at.timestamp() if discovered else 0.0


def _last(facts: BoardFacts) -> datetime:
    """The last instant that counts."""
    return facts.window.known_at - timedelta(seconds=1)


def clock_rows(told: Sequence[Told]) -> list[tuple[IncidentRecord, Clock]]:
    """What has run out, then the next to end, then what has no end, then what is done.

    The report of a material incident stands there before it has started, while nothing is
    determined.
    """
    rows = [
        (record, clock)
        for record, clocks in told
        for clock in clocks
        if clock.started_at is not None
        or (clock.id == Form.ITEM_1_05 and record.determined is None)
    ]
    return sorted(rows, key=lambda one: _order(one[1]))


def _order(clock: Clock) -> tuple[int, float]:
    rank = 0 if clock.state is ClockState.OVERDUE else 1 if clock.is_open else 4
    if clock.is_open and clock.due_at is None:
        rank = 2
    elif clock.state is ClockState.NOT_STARTED:
        rank = 3
    end = clock.due_at or clock.done_at or clock.started_at
    return rank, end.timestamp() if end else 0.0


# --- words ---------------------------------------------------------------------------------------


def title_of(told: Sequence[Told], rows: Sequence[tuple[IncidentRecord, Clock]]) -> str:
    """What is most pressing: what has run out, else what ends next, else what is not determined."""
    late = [clock for _, clock in rows if clock.state is ClockState.OVERDUE]
    if late:
        counted = sentences.capital(formats.counted(len(late), "clock has", "clocks have"))
        out = f"{counted} run out"
        return first_that_fits(f"{out}, first {within(late[0].name)}", out)
    ahead = [clock for _, clock in rows if clock.is_open and clock.due_at is not None]
    pending = _pending(told)
    if not ahead:
        return (
            f"{pending}; no deadline runs"
            if pending
            else ("No deadline runs on any incident on record")
        )
    first = formats.day(ahead[0].due_on)
    counted = formats.counted(len(ahead), "deadline")
    next_one = (
        f"the only deadline is {first}"
        if len(ahead) == 1
        else (f"the next of {counted} is {first}")
    )
    long, short = f"{pending}; {next_one}", sentences.capital(f"{next_one}, {left_words(ahead[0])}")
    return first_that_fits(long, short) if pending else short


def _pending(told: Sequence[Told]) -> str:
    """``Materiality of one incident is undetermined after 14 days``; empty where none is."""
    waiting = [clocks for record, clocks in told if record.determined is None]
    if not waiting:
        return ""
    days = max(int(clocks[0].elapsed_days or 0) for clocks in waiting)
    after = f" after {formats.counted(days, 'day', words=False)}" if days else ""
    longest = after if len(waiting) == 1 else f",{after} in one case" if after else ""
    return f"Materiality of {formats.counted(len(waiting), 'incident')} is undetermined{longest}"


def _context(told: Sequence[Told], zone: str) -> str:
    counted = formats.counted(len(told), "incident", words=False)
    return (
        f"{counted} on record that {'is' if len(told) == 1 else 'are'} open or "
        f"{'was' if len(told) == 1 else 'were'} determined this quarter. Days: "
        f"{zone_words(zone)}; filings: Eastern time."
    )


def _open(record: IncidentRecord) -> dict[str, str]:
    """Where the materiality of an incident stands, and what is not known of it."""
    state = f"Determined {record.state.words}"
    if record.determined is None:
        state = "Not determined yet"
    elif record.determined:
        state += f" on {formats.day(record.determined.at.date())}"
    unknown = record.unknown_factors
    facts = [fact.name for _, fact in record.undetermined]
    return {
        "name": f"{shortened(record.incident_id, 24)}: {shortened(record.title, 60)}",
        "state": state,
        "factors": (
            f"Nobody has said yet whether these factors bear: {shortened(', '.join(unknown), 90)}."
            if unknown
            else "Of every factor it is on record whether it bears."
        ),
        "facts": f"Not known yet: {shortened(', '.join(facts), 70)}." if facts else "",
    }


def _listed(told: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """As many as the column holds; one at the least."""
    listed: list[Mapping[str, str]] = []
    used = 0.0
    for each in told:
        used += _tall(each) + (18 if listed else 0)
        if listed and used > ROOM:
            break
        listed.append(each)
    return listed


def _tall(item: Mapping[str, str]) -> float:
    """Points that an incident takes in the column."""
    name = lines_needed(item["name"], WIDTH, 12, "sans-semibold") * 16
    small = [lines_needed(item[each], WIDTH, 11) for each in ("factors", "facts") if item[each]]
    return 6.9 + name + 6 + lines_needed(item["state"], WIDTH, 12) * 16 + 6 + sum(small) * 14


def _more(count: int) -> str:
    return f"and {formats.counted(count, 'more clock', words=False)} on record" if count > 0 else ""


def _more_incidents(count: int) -> str:
    noun = formats.counted(count, "more incident", words=False)
    return f"and {noun} on record" if count > 0 else ""
