"""What the page on incidents says: its title, its context, where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.model import State
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import IncidentRow, alike, ungraded, unstated, worst_of
from board_report.story.key_figures import first_that_fits, shortened, what_to_give
from board_report.story.record_spans import part_words, span_words, that_fits, untold


def title_of(facts: BoardFacts, incidents: Sequence[IncidentRow]) -> str:
    """What happened, as far as it is known.

    Args:
        facts: the report.
        incidents: of the quarter, in any order.
    """
    worst, silent = worst_of(incidents), ungraded(incidents)
    detected, major = facts.now("incidents_detected"), facts.now("major_incidents")
    if detected.state is State.WITHHELD:
        return "Incidents are withheld: too many rows of the register were set aside"
    outside = untold(facts, "incidents", "Incident records")
    if outside:
        return outside
    if detected.value is None:
        return "Incidents are not measured: no register of them was given"
    if not worst:
        return "No incident was detected this quarter"
    if not major.value:
        return _title_without(facts, silent)
    same = alike(incidents)
    if same > 1:
        told = _longest(facts, worst, same, is_sure=not silent)
        reviews = _open_reviews(facts)
        return first_that_fits(f"{told}; {reviews}", told) if reviews else told
    told = f"{_which(int(major.value), is_sure=not silent)} {_effect(worst, facts.currency)}"
    return first_that_fits(*(f"{told}; {tail}" for tail in _tails(facts, worst)), told)


def _title_without(facts: BoardFacts, silent: int) -> str:
    """Of a quarter of which no incident is known to be major."""
    detected, major = int(facts.now("incidents_detected").value or 0), facts.now("major_incidents")
    counted = formats.counted(detected, "incident")
    if not silent:
        return f"No major incident this quarter; {counted} of lower severity"
    if major.measured:
        of_all = formats.counted(detected, "incident was", "incidents were")
        return (
            f"No incident of this quarter is known to be major; {of_all} detected, "
            f"{formats.count_words(silent)} of severity not stated"
        )
    if silent == detected:
        how = "its severity is not stated" if silent == 1 else "their severity is not stated"
    else:
        how = f"{formats.count_words(silent)} of severity not stated"
    told = f"{sentences.capital(counted)} this quarter; {how}"
    reviews = _open_reviews(facts)
    return first_that_fits(f"{told}; {reviews}", told) if reviews else told


def _which(major: int, *, is_sure: bool) -> str:
    """Which incident is told of; without all severities, of those known to be major."""
    if major == 1:
        return "One major incident" if is_sure else "One incident known to be major"
    grade = _more(major, "worse", "worst")
    kind = "major incidents" if is_sure else "incidents known to be major"
    return f"The {grade} of {formats.count_words(major)} {kind}"


def _longest(facts: BoardFacts, worst: IncidentRow, same: int, *, is_sure: bool) -> str:
    """Of several that nothing but their length tells apart: the longest, which is not the worst."""
    grade = worst.severity
    kind = f"{grade} incidents" if is_sure else f"incidents known to be {grade}"
    count = formats.count_words(same)
    if worst.cost is not None or worst.outage_hours is not None:
        effect = _effect(worst, facts.currency)
        tail = "; it is still open" if worst.is_open else ""
        return f"The {_more(same, 'longer', 'longest')} of {count} {kind} {effect}{tail}"
    unknown = "no cost or outage is known"
    if worst.length is None:
        return f"How long {count} {kind} took is not known, and {unknown}"
    long = _time_long(worst.length)
    took = f"is still open after {long}" if worst.is_open else f"took {long} to recover"
    return f"The {_more(same, 'longer', 'longest')} of {count} {kind} {took}; {unknown}"


def _more(count: int, of_two: str, of_many: str) -> str:
    return of_two if count == 2 else of_many


def _effect(worst: IncidentRow, currency: str) -> str:
    """What it did: the hours a service was down and the cost, each if known."""
    cost = f"cost {formats.money(worst.cost, currency)}" if worst.cost is not None else ""
    if worst.outage_hours is None:
        return f"{cost}; its outage is not known yet" if cost else "has no known cost or outage yet"
    if worst.outage_hours:
        stopped = f"stopped services for {_hours_long(worst.outage_hours)}"
    else:
        stopped = "stopped no service"
    return f"{stopped} and {cost}" if cost else f"{stopped}; its cost is not known yet"


def _tails(facts: BoardFacts, worst: IncidentRow) -> list[str]:
    """What is not over yet: its recovery, the materiality reviews, or both."""
    reviews = _open_reviews(facts)
    still = ["it is still open"] if worst.is_open else []
    if reviews:
        still.append(reviews)
    return [" and ".join(still), *still[:1]] if still else []


def _open_reviews(facts: BoardFacts) -> str:
    """``one materiality review is open``; empty where none is known to be."""
    reviews = int(facts.now("materiality_reviews_open").value or 0)
    verb = "is" if reviews == 1 else "are"
    return f"{formats.counted(reviews, 'materiality review')} {verb} open" if reviews else ""


def _hours_long(hours: float) -> str:
    text = formats.hours(hours).removesuffix("h").strip()
    return f"{text} {'hour' if text == '1' else 'hours'}"


def _time_long(hours: float) -> str:
    """``38 hours``, from three days on ``31 days``."""
    return (
        _hours_long(hours) if hours < 72 else formats.counted(round(hours / 24), "day", words=False)
    )


def context_of(facts: BoardFacts, incidents: Sequence[IncidentRow]) -> str:
    """The line under the title: which incident is told of, and how many there were."""
    worst, silent = worst_of(incidents), ungraded(incidents)
    if not worst:
        return _context_without(facts)
    zone = facts.project.calendar.time_zone.rpartition("/")[2].replace("_", " ")
    detected = facts.now("incidents_detected").value or 0
    most = facts.now("incidents_detected").quarter.short
    is_part = 0 < silent < detected
    unsaid = f", {formats.number(silent)} of severity not stated" if is_part else ""
    counted = formats.counted(int(detected), "incident", words=False)
    part = part_words(facts, "incidents")
    said = [f"{counted} in {most}{unsaid}.", part, f"Times of day: {zone}."]
    rest = " ".join(filter(None, said))
    return that_fits(*(f"{_named(worst, room)}. {rest}" for room in (50, 32, 16)))


def _named(worst: IncidentRow, room: int) -> str:
    """Number, title, unit and severity of an incident, its title in so many characters."""
    named = shortened(worst.incident_id, 16)
    if worst.title != worst.incident_id:
        named += f": {shortened(worst.title, room)}"
    if worst.business_unit:
        named += f", {shortened(worst.business_unit, 24)}"
    return f"{named}, {worst.severity_words}"


def sources_of(facts: BoardFacts) -> str:
    """Where it comes from, and for how many incidents the register states no materiality."""
    silent = unstated(facts)
    of_some = f" Not stated for {formats.counted(silent, 'incident', words=False)}."
    return (
        "Source: incident register; severity is the company’s own grade, cost and outage are those "
        "booked to date. This report records the determination; it does not compute one."
        f"{of_some if silent else ''} Definitions: appendix."
    )


def _context_without(facts: BoardFacts) -> str:
    """What to give where nothing is measured; else how many there were in the quarter before."""
    now, before = facts.now("incidents_detected"), facts.ago("incidents_detected", 1)
    if now.value is None or span_words(facts, "incidents"):
        return what_to_give(facts, now.note, "incidents")
    if before is None or before.value is None:
        return ""
    return f"{before.quarter.short}: {formats.counted(int(before.value), 'incident', words=False)}."
