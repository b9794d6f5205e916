"""Detect and respond: how long every incident took, its medians, and what is still open."""

from __future__ import annotations

from board_report.model import State, Status
from board_report.story import formats, sentences
from board_report.story.facts import BoardFacts
from board_report.story.incident_rows import incidents_of, worst_of
from board_report.story.key_figures import (
    first_that_fits,
    key_figure,
    short_number,
    what_to_give,
)
from board_report.story.page import Page
from board_report.story.record_spans import part_words, span_words, that_fits, untold
from board_report.story.response_times import (
    FEWEST,
    comparable,
    measured_count,
    times_key,
    times_note,
    times_picture,
)

_CLOCKS = (
    ("mttd", "Detect"),
    ("mtta", "Acknowledge"),
    ("mttc", "Contain"),
    ("dwell_time", "Dwell"),
    ("mttr", "Recover"),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: three distributions over the quarters on one scale."""
    counts = facts.series("incidents_detected").values
    quarters = [
        incidents_of(facts, each) if count.measured else ()
        for each, count in zip(facts.windows, counts, strict=True)
    ]
    worst = worst_of(each for each in quarters[-1] if each.is_major)
    return (
        Page(
            id="detect-and-respond",
            section="Detect and respond",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CISO"),
            sources=_sources(facts),
            body={
                "key": times_key(facts, worst),
                "note": times_note(quarters),
                "clocks": _clocks(facts),
                "key_figure": key_figure(
                    facts, "self_detected_share", "By own monitoring or employees"
                ),
                "quarter": facts.project.quarter.short,
            },
            figures={"times": times_picture(facts, quarters, worst)},
            metric_ids=(*(each for each, _ in _CLOCKS), "self_detected_share"),
        ),
    )


# --- the title ---------------------------------------------------------------------------------


def _title(facts: BoardFacts) -> str:
    state = facts.now("mttr").state
    if facts.now("incidents_detected").state is State.WITHHELD:
        return "Detection and recovery are withheld: too many rows of the register were set aside"
    outside = untold(facts, "incidents", "Incident records")
    if outside:
        return outside
    if state is State.NOT_MEASURED:
        return "Detection and recovery are not measured: no register of incidents was given"
    if state is State.NOTHING_HAPPENED:
        return "No incident was detected this quarter, so there is no time to detect or to recover"
    told = _too_few(facts) or _neither(facts)
    told = told or f"{sentences.capital(_detection(facts))}; {_recovery(facts)}"
    still = int(facts.now("mttr").parts.get("open", 0))
    if not still or not facts.now("mttr").measured:
        return told
    cases = formats.counted(still, "case")
    few = formats.count_words(still)
    return first_that_fits(f"{told}, with {cases} still open", f"{told}, {few} still open", told)


def _too_few(facts: BoardFacts) -> str:
    """One clause where neither median can be judged."""
    found, ended = facts.now("mttd"), facts.now("mttr")
    is_told = all(facts.now(each).measured or facts.is_thin(each) for each in ("mttd", "mttr"))
    if not is_told or max(found.n, ended.n) >= FEWEST:
        return ""
    detected, recovered = (formats.count_words(each.n) for each in (found, ended))
    return f"Too few cases to judge detection ({detected}) or recovery ({recovered})"


def _neither(facts: BoardFacts) -> str:
    """One sentence where neither median moved by more than chance in a year."""
    if not all(facts.is_chance(each, ago=4) for each in ("mttd", "mttr")):
        return ""
    status = facts.status("mttr")
    meets = "" if status is Status.NONE else f"; recovery {_meets(facts, status)}"
    return f"Neither detection nor recovery shows a clear change in a year{meets}"


def _detection(facts: BoardFacts) -> str:
    """Against a year ago, or against the target where there is no such comparison."""
    now, before = facts.now("mttd"), facts.ago("mttd", 4)
    if now.value is None and not facts.is_thin("mttd"):
        return "the time to detect is withheld"
    if now.n < FEWEST:
        return f"too few cases to judge detection ({formats.count_words(now.n)})"
    if not comparable(before):
        return f"detection takes {facts.text('mttd')}, {_against(facts, 'mttd')}"
    return f"detection {_moved(facts, 'mttd')}"


def _recovery(facts: BoardFacts) -> str:
    """Whether it moved, and whether it meets its target."""
    now, before = facts.now("mttr"), facts.ago("mttr", 4)
    if now.value is None:
        still, ended = (int(now.parts.get(each, 0)) for each in ("open", "measured"))
        if ended and still >= ended and not facts.is_thin("mttr"):
            least = facts.amount(now.parts.get("so_far", 0.0), "mttr")
            return f"half of all cases or more are still open, so recovery takes {least} or more"
        if facts.is_thin("mttr") and ended:
            return f"too few cases to judge recovery ({formats.count_words(ended + still)})"
        if now.parts.get("unknown") and not still:
            return "no time of recovery is on record"
        return f"no case has been recovered yet, {formats.count_words(still)} still open"
    if now.n < FEWEST:
        return f"too few cases to judge recovery ({formats.count_words(now.n)})"
    if not comparable(before):
        return f"recovery takes {facts.text('mttr')}, {_against(facts, 'mttr')}"
    status = facts.status("mttr")
    if status is Status.NONE:
        return f"recovery {_moved(facts, 'mttr')}"
    return _moved_and_status(facts, status)


def _moved_and_status(facts: BoardFacts, status: Status) -> str:
    """``recovery is 6% faster but still misses its target``."""
    now, before = facts.now("mttr").value, facts.ago("mttr", 4)
    old = before.value if before else None
    meets = _meets(facts, status)
    faster = sentences.times_faster(now, old)
    is_good = status is Status.ON
    if facts.text("mttr") != facts.text("mttr", ago=4) and not facts.is_told("mttr", ago=4):
        return f"recovery shows no clear change and {meets}"
    if faster:
        return f"recovery is {faster} {'and' if is_good else 'but'} {meets}"
    if facts.text("mttr") == facts.text("mttr", ago=4):
        return f"recovery has not moved and {meets}"
    if now is not None and old is not None and now < old:
        return f"recovery is hardly faster and {meets}"
    return f"recovery has slowed {'but' if is_good else 'and'} {meets}"


def _meets(facts: BoardFacts, status: Status) -> str:
    """``still misses its target``, where it did so a year ago."""
    before, target = facts.ago("mttr", 4), facts.series("mttr").target
    old = before.value if before else None
    missed = bool(target and old is not None and target.status(old) is Status.OFF)
    return {
        Status.ON: "meets its target",
        Status.NEAR: "is near its target",
        Status.OFF: f"{'still ' if missed else ''}misses its target",
    }.get(status, "")


def _moved(facts: BoardFacts, metric_id: str) -> str:
    """``is twice as fast as a year ago``, in the printed digits where a word would say more."""
    now, before = facts.now(metric_id).value, facts.ago(metric_id, 4)
    old = before.value if before else None
    then, today = facts.text(metric_id, ago=4), facts.text(metric_id)
    faster = sentences.times_faster(now, old)
    if today == then:
        return f"takes {today}, as a year ago"
    if not facts.is_told(metric_id, ago=4):
        return f"shows no clear change in a year ({today} against {then})"
    if faster:
        return f"is {faster} {'as' if faster.endswith('as fast') else 'than'} a year ago"
    if now is not None and old is not None and now < old:
        return f"is hardly faster than a year ago ({today} against {then})"
    return f"has slowed to {today} from {then} a year ago"


def _against(facts: BoardFacts, metric_id: str) -> str:
    target = facts.series(metric_id).target
    if target is None:
        return "with no target set"
    aim = facts.amount(target.value, metric_id)
    where = {Status.ON: "within", Status.NEAR: "near"}.get(facts.status(metric_id), "over")
    return f"{where} its target of {aim}"


# --- the line under it, and the sources --------------------------------------------------------


def _context(facts: BoardFacts) -> str:
    now = facts.now("mttr")
    if not facts.now("incidents_detected").measured or span_words(facts, "incidents"):
        return what_to_give(facts, now.note, "incidents")
    said = ["Log scale."]
    still = int(now.parts.get("open", 0))
    if still:
        counts, its = ("counts", "its") if still == 1 else ("count", "their")
        said.append(
            f"{sentences.capital(formats.counted(still, 'incident'))} of this quarter "
            f"{'is' if still == 1 else 'are'} still open and {counts} at {its} age so far."
        )
    unknown = int(facts.now("mttd").parts.get("unknown", 0))
    if unknown:
        verb = "is" if unknown == 1 else "are"
        said.append(f"{sentences.capital(formats.count_words(unknown))} of unknown start {verb} "
                    "counted, not drawn.")  # fmt: skip
    part = part_words(facts, "incidents")
    if len(said) == 1:
        said = ["Every incident by the quarter of its detection, on a log scale."]
    elif part:
        return that_fits(" ".join([*said, part]), " ".join([*said[1:], part]))
    return " ".join(filter(None, [*said, part]))


def _sources(facts: BoardFacts) -> str:
    start = "Source: incident register. Median with its 95% interval; not judged below five cases."
    spread = [
        f"{title.lower()} {_part(facts, each, 'mean_of_ended')} and {_part(facts, each, 'p90')}"
        for each, title in _CLOCKS
        if (each, title) in (_CLOCKS[0], _CLOCKS[2], _CLOCKS[4]) and facts.now(each).measured
    ]
    said = f" Mean of ended and 90th percentile: {', '.join(spread)}." if spread else ""
    return f"{start}{said} Definitions: appendix."


def _part(facts: BoardFacts, metric_id: str, part: str) -> str:
    value = facts.now(metric_id).parts.get(part)
    return facts.amount(value, metric_id) if value is not None else "–"


def _clocks(facts: BoardFacts) -> list[list[str]]:
    """Median with its interval, 90th percentile and cases of every clock, for the column beside."""
    rows = []
    for metric_id, name in _CLOCKS:
        now = facts.now(metric_id)
        if not now.measured:
            none = measured_count(now)
            rows.append([name, "–", "–", "–", "–" if none is None else _cases(none)])
            continue
        figures = [
            _hours(facts, metric_id, now.parts[part]) if part in now.parts else "–"
            for part in ("median", "p90")
        ]
        figures.insert(1, _interval(facts, metric_id))
        rows.append([name, *figures, _cases(now.n)])
    return rows


def _interval(facts: BoardFacts, metric_id: str) -> str:
    parts = facts.now(metric_id).parts
    ends = [
        _hours(facts, metric_id, parts[each]) if each in parts else ""
        for each in ("median_low", "median_high")
    ]
    return f"{ends[0]}–{ends[1]}" if ends[0] else "–"


def _hours(facts: BoardFacts, metric_id: str, value: float) -> str:
    """Hours as they fit the narrow column; from a thousand on in thousands."""
    if value >= 1000:
        return short_number(value)
    return formats.bare(value, facts.unit(metric_id), facts.currency)


def _cases(count: int) -> str:
    """The exact count as long as its column holds it."""
    return formats.number(count) if count < 10_000 else short_number(count)
