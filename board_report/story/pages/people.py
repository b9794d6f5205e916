"""People: training finished in time, and clicks and reports on simulated phishing."""

from __future__ import annotations

from board_report.metrics.declare import Unit
from board_report.model import MetricResult, State, Status
from board_report.story import formats, marks
from board_report.story.facts import BoardFacts
from board_report.story.key_figures import bar_states, first_that_fits, key_figure
from board_report.story.page import FigureSpec, Page
from board_report.story.record_spans import NOT_KNOWN, span_words, what_to_export

TRAINING, PHISHING = "training_enrollments", "phishing_campaigns"
DIFFICULTIES = ("hard", "moderate", "easy")
ALIKE = 0.05
"""Mixes of templates are alike when no difficulty's share moved by more than this."""
_HEADROOM = 1.2
"""Over the target there is room for its name."""
_TOPS = (0.02, 0.04, 0.06, 0.08, 0.12, 0.16, 0.2, 0.3, 0.4, 0.6, 0.8)
_GROUPS = {
    "all_staff": "All staff",
    "developers": "Developers",
    "privileged_users": "Privileged users",
    "executives": "Executives",
}
_KEYS = (
    ("training_completion", "due this quarter and completed in time"),
    ("phishing_click_rate", "of messages delivered"),
    ("phishing_report_rate", "of messages delivered"),
)


def build(facts: BoardFacts) -> tuple[Page, ...]:
    """One page: training by unit and group; both phishing rates by difficulty."""
    return (
        Page(
            id="people",
            section="People",
            title=_title(facts),
            context=_context(facts),
            owners=facts.owner("CISO"),
            sources=(
                "Sources: training enrollments due in the quarter; simulated phishing campaigns"
                f"{_graded_words(facts)}. Definitions: appendix."
            ),
            body={
                "mix": _mix_lines(facts),
                "sent": _sent(facts),
                "key_figures": [key_figure(facts, each, words) for each, words in _KEYS],
            },
            figures={
                "training": _training(facts),
                "clicks": _rates(facts, "phishing_click_rate", "clicked"),
                "reports": _rates(facts, "phishing_report_rate", "reported"),
            },
            metric_ids=tuple(each for each, _ in _KEYS),
        ),
    )


# --- words -------------------------------------------------------------------------------------


def _sent(facts: BoardFacts) -> str:
    """What the rates are shares of: ``% of 17,744 simulated phishing messages``."""
    count = facts.now("phishing_click_rate").n
    return f"% of {formats.number(count)} simulated phishing messages" if count else "%"


def _title(facts: BoardFacts) -> str:
    trained, clicks = _trained(facts), _clicked(facts)
    if not trained and not clicks:
        return "Neither training nor phishing simulations are measured"
    if not clicks:
        return f"{trained[0]}; phishing simulations are not measured"
    if not trained:
        return f"Training is not measured; {clicks[0]}"
    return first_that_fits(*(f"{one}; {two}" for two in clicks for one in trained))


def _trained(facts: BoardFacts) -> tuple[str, ...]:
    """Training against its target; fullest words first, empty if not measured."""
    now, outside = facts.now("training_completion"), span_words(facts, TRAINING)
    if outside:
        told = f"Training records {outside}"
        return (f"{told}: {NOT_KNOWN}", told)
    is_thin = facts.is_thin("training_completion")
    if now.value is None and not is_thin:
        return {
            State.NOTHING_HAPPENED: ("No training was due this quarter",),
            State.WITHHELD: ("The training figure is withheld",),
        }.get(now.state, ())
    if is_thin or now.n < marks.FEWEST:
        return (f"Training was due for only {formats.count_words(now.n)}, too few to judge",)
    text, aim = facts.text("training_completion"), marks.aim(facts, "training_completion")
    start = f"{text} of training was done on time"
    if not aim:
        return (f"{start}{marks.against_year_ago(facts, 'training_completion')}", start)
    judged = {
        Status.ON: f"{start}, on its {aim} target",
        Status.NEAR: f"{start}, just short of {aim}",
        Status.OFF: f"{start}, short of {aim}",
    }
    return (judged.get(facts.status("training_completion"), start), start)


def _clicked(facts: BoardFacts) -> tuple[str, ...]:
    """Clicks against a year ago, and whether the templates were as hard; empty if not measured."""
    now, before = facts.now("phishing_click_rate"), facts.ago("phishing_click_rate", 4)
    outside = span_words(facts, PHISHING)
    if outside:
        told = f"records of simulated phishing {outside}"
        return (f"{told}: {NOT_KNOWN}", told)
    is_thin = facts.is_thin("phishing_click_rate")
    if now.value is None and not is_thin:
        return {
            State.NOTHING_HAPPENED: ("no phishing was simulated this quarter",),
            State.WITHHELD: ("the click rate is withheld",),
        }.get(now.state, ())
    if is_thin or now.n < marks.FEWEST:
        return ("too few messages were sent to judge clicks",)
    start = f"{facts.text('phishing_click_rate')} clicked on simulated phishing"
    since = marks.against_year_ago(facts, "phishing_click_rate")
    if not since or before is None:
        return (start,)
    if not (_is_graded(now) and _is_graded(before)):
        since = since.removesuffix(" a year ago")
        return (f"{start}{since} on templates not all graded", start)
    if not _is_alike(now, before):
        since = since.removesuffix(" a year ago")
        return (f"{start}{since} on another mix of templates", start)
    return (f"{start}{since}", start)


def _is_alike(now: MetricResult, before: MetricResult) -> bool:
    """Whether two quarters sent easy, moderate and hard templates in like shares."""
    return all(
        abs(now.parts.get(each, 0.0) - before.parts.get(each, 0.0)) <= ALIKE
        for each in DIFFICULTIES
    )


def _is_graded(result: MetricResult) -> bool:
    """Whether the difficulty of nearly all messages is known, so that mixes can be compared."""
    return result.parts.get("ungraded", 0.0) <= ALIKE


def _context(facts: BoardFacts) -> str:
    said = [_farthest(facts), _harder(facts), *_absent(facts)]
    return " ".join(dict.fromkeys(each for each in said if each))


def _absent(facts: BoardFacts) -> list[str]:
    """Why training or phishing is not measured, or which of their records are lacking."""
    of = {TRAINING: "training_completion", PHISHING: "phishing_click_rate"}
    notes = {table: facts.now(each) for table, each in of.items()}
    return [
        what_to_export(facts, table)
        or (f"{now.note[0].upper()}{now.note[1:]}." if now.note else "")
        for table, now in notes.items()
        if now.state is State.NOT_MEASURED or span_words(facts, table)
    ]


def _farthest(facts: BoardFacts) -> str:
    """The unit with the lowest completion, where it is under the target."""
    below = [
        (series.now.value, unit, marks.of(series.now))
        for unit, series in facts.figures.by("training_completion", "business_unit").items()
        if series.now.value is not None
        and series.now.n >= marks.FEWEST
        and series.status in (Status.NEAR, Status.OFF)
    ]
    if not below:
        return ""
    _, unit, counts = min(below)
    return f"{unit} is lowest in training: {counts} on time."


def _harder(facts: BoardFacts) -> str:
    """What to know of a move since the quarter before, when the mix of templates moved too."""
    now, before = facts.now("phishing_click_rate"), facts.ago("phishing_click_rate", 1)
    if now.value is None or before is None or before.value is None or _is_alike(now, before):
        return ""
    if not (_is_graded(now) and _is_graded(before)):
        return ""
    rates = [
        tuple(formats.shown(one.parts[f"rate_{each}"], Unit.RATIO) for one in (now, before))
        for each in DIFFICULTIES
        if f"rate_{each}" in now.parts and f"rate_{each}" in before.parts
    ]
    moved = facts.change_text("phishing_click_rate").split(" by ")[0]
    way = {"Worse": "rose", "Better": "fell"}.get(moved, "")
    quarter = facts.project.quarter.previous.short
    if facts.is_chance("phishing_click_rate"):
        return f"The click rate shows no clear change since {quarter}, on another mix of templates."
    if not way or not rates:
        return f"The mix of templates differs from {quarter}."
    if all(one < two for one, two in rates):
        like = "fell"
    elif all(one > two for one, two in rates):
        like = "rose"
    else:
        like = ""
    if not like:
        return f"The click rate {way} since {quarter}, on another mix of templates."
    if like != way:
        return (
            f"The click rate {way} since {quarter} because the mix changed: at each difficulty "
            f"sent in both, it {like}."
        )
    return f"The click rate {way} since {quarter}, and so it did at each difficulty sent in both."


def _graded_words(facts: BoardFacts) -> str:
    """That each template has a difficulty, which is not said where some have none."""
    parts = [each.parts for each in facts.series("phishing_click_rate").values]
    if any(each.get("ungraded") for each in parts):
        return ", not every template of a known difficulty"
    return ", each template rated easy, moderate or hard before it is sent"


def _mix_lines(facts: BoardFacts) -> list[str]:
    """What was sent: the share of each difficulty now and a year ago, a line for each."""
    now, before = facts.now("phishing_click_rate"), facts.ago("phishing_click_rate", 4)
    mix = _mix(now)
    if not mix or now.parts.get("ungraded") == 1.0:
        return []
    lines = [f"Sent in {facts.project.quarter.short}: {mix}."]
    if before is not None and _mix(before):
        is_same = _is_alike(now, before) and _is_graded(now) and _is_graded(before)
        lines.append(f"A year ago: {'much the same' if is_same else _mix(before)}.")
    return lines


def _mix(result: MetricResult) -> str:
    graded = [
        f"{formats.percent(result.parts[each])} {each}"
        for each in reversed(DIFFICULTIES)
        if result.parts.get(each)
    ]
    ungraded = result.parts.get("ungraded")
    rest = [f"{formats.percent(ungraded)} not graded"] if ungraded else []
    return formats.listed([*graded, *rest])


# --- pictures ----------------------------------------------------------------------------------


def _training(facts: BoardFacts) -> FigureSpec:
    units = _rows(facts, "business_unit")
    people = _rows(facts, "audience_group")
    target = facts.series("training_completion").target
    shown = [row[key] for row in (*units, *people) for key in ("now", "year_ago")]
    said = ", ".join(f"{row['label']} {row['value'] or row['absent']}" for row in units)
    aim = f"target {marks.aim(facts, 'training_completion')}" if target else ""
    return FigureSpec(
        kind="dumbbell",
        data={
            "groups": [
                {
                    "title": title,
                    "target": target.value if target else None,
                    "target_label": label,
                    "rows": rows,
                }
                for title, label, rows in (("Business unit", aim, units), ("Group", "", people))
            ],
            "axis": marks.share_axis([*shown, target.value if target else None]),
            "detail_head": "on time",
        },
        width=346,
        height=306,
        alt=(
            f"Training completed in time: {facts.text('training_completion')} in all; by unit: "
            f"{said}."
        ),
    )


def _rows(facts: BoardFacts, column: str) -> list[dict[str, object]]:
    """A row for each unit or group; the target is the line of the whole picture."""
    return [
        {
            "label": _GROUPS.get(name, name),
            **marks.mark(facts, each, nothing="none due"),
            "target": None,
            "detail": marks.of(each.now) if each.now.measured else "",
        }
        for name, each in facts.figures.by("training_completion", column).items()
    ]


def _rates(facts: BoardFacts, metric_id: str, verb: str) -> FigureSpec:
    """The rate of all messages over that of each difficulty, where more than one was sent."""
    results = facts.series(metric_id).values
    series = [
        {
            "values": [each.parts.get(f"rate_{difficulty}") for each in results],
            "label": difficulty,
            "end": _rate(facts, metric_id, results[-1].parts.get(f"rate_{difficulty}")),
        }
        for difficulty in DIFFICULTIES
        if any(f"rate_{difficulty}" in each.parts for each in results)
    ]
    whole = {
        "values": facts.values(metric_id),
        "states": bar_states(facts, metric_id),
        "label": "all" if len(series) > 1 else "",
        "end": facts.text(metric_id) if results[-1].measured else "",
    }
    target = facts.series(metric_id).target
    values = [
        value
        for each in (*(series if len(series) > 1 else ()), whole)
        for value in each["values"]
        if value is not None
    ]
    return FigureSpec(
        kind="lines",
        data={
            "quarters": [str(each) for each in facts.quarters],
            "series": [*(series if len(series) > 1 else ()), whole],
            "target": {
                "value": target.value,
                "label": f"target {marks.aim(facts, metric_id)}",
                "is_limit": False,
            }
            if target
            else None,
            "axis": _rate_axis([*values, target.value * _HEADROOM if target else 0.0]),
        },
        width=272,
        height=126,
        alt=(
            f"Share of simulated phishing messages {verb}, by quarter: "
            f"{facts.text(metric_id)} now, {facts.text(metric_id, ago=4)} a year ago."
        ),
    )


def _rate(facts: BoardFacts, metric_id: str, value: float | None) -> str:
    return "" if value is None else facts.amount(value, metric_id)


def _rate_axis(values: list[float]) -> dict[str, object]:
    """From zero to the next of a few round shares whose half is round as well."""
    most = max(values, default=0.0)
    high = next((each for each in _TOPS if each >= most), 1.0)
    ticks = [[at, f"{formats.number(at * 100)}%"] for at in (0.0, high / 2, high)]
    return {"low": 0.0, "high": high, "ticks": ticks, "is_log": False}
