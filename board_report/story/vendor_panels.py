"""One vendor selection as words, rows and a picture; what it ranks is reckoned in governance."""

from __future__ import annotations

from collections.abc import Sequence

from board_report.governance.vendor_selection import Selection, Vendor, same_name
from board_report.story import formats
from board_report.story.facts import BoardFacts
from board_report.story.page import FigureSpec

MOST_VENDORS = 5


# --- panels ------------------------------------------------------------------------------------


def panel_of(facts: BoardFacts, selection: Selection, at: int) -> dict[str, object]:
    """The words of one ranked selection: weights, verdict, and a row for each vendor."""
    rows, more = _vendor_rows(selection)
    status, word = _verdict(selection)
    return {
        "title": selection.title,
        "state": _state(facts, selection),
        "weights": f"CISO {_percent(selection.weight)}, CTO {_percent(1 - selection.weight)}",
        "figure": f"lines-{at}",
        "status": status,
        "word": word,
        "turn": _instead(selection),
        "rows": rows,
        "more": f"and {more} more" if more else "",
    }


def _state(facts: BoardFacts, selection: Selection) -> str:
    if not selection.decided_on:
        return "to be decided"
    by = f" by the {selection.decided_by}" if selection.decided_by in facts.holders else ""
    return f"chosen {formats.day(selection.decided_on)}{by}"


def _percent(weight: object) -> str:
    return formats.percent(float(weight))  # type: ignore[arg-type]


def _verdict(selection: Selection) -> tuple[str, str]:
    if selection.is_choice_top is False:
        return "off", "Ranking not followed"
    if selection.is_fragile:
        return "near", "Hangs on the weights"
    return "on", "Holds within ten points"


def _instead(selection: Selection) -> str:
    """Who would be first where the first changes nearest to the declared weight."""
    top = f"{formats.listed(selection.top)} {_is(selection.top)} first"
    if selection.is_choice_top is False:
        return f"{selection.chosen} was chosen, {top}"
    turn = selection.nearest_turn
    if turn is None:
        return f"{top} at every weight"
    is_below = turn.weight <= selection.weight
    names = turn.before if is_below else turn.after
    side = "under" if is_below else "over"
    return f"{side} {_percent(turn.weight)}: {formats.listed(names)}"


def _turn_words(selection: Selection) -> str:
    """Where the first changes nearest to the declared weight, in words."""
    turn = selection.nearest_turn
    if turn is None:
        return f"{formats.listed(selection.top)} {_is(selection.top)} first at every weight."
    at = _percent(turn.weight)
    return (
        f"Under {at} for the CISO {formats.listed(turn.before)} {_is(turn.before)} first, "
        f"over it {formats.listed(turn.after)}."
    )


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _vendor_rows(selection: Selection) -> tuple[list[dict[str, object]], int]:
    """The first vendors and the one chosen, and how many are not shown."""
    rows = [_vendor_row(selection, each) for each in (*selection.ranked, *selection.unranked)]
    if len(rows) <= MOST_VENDORS + 1:
        return rows, 0
    shown, rest = rows[:MOST_VENDORS], rows[MOST_VENDORS:]
    chosen = [each for each in rest if each["is_chosen"]]
    if chosen:
        shown = [*shown[:-1], *chosen]
    return shown, len(rows) - len(shown)


def _vendor_row(selection: Selection, vendor: Vendor) -> dict[str, object]:
    is_ranked = not vendor.missing
    return {
        "name": vendor.name,
        "ciso": _score(vendor.ciso),
        "cto": _score(vendor.cto),
        "total": _score(vendor.total(selection.weight)) if is_ranked else "no rank",
        "is_chosen": same_name(vendor.name) == same_name(selection.chosen),
    }


def _score(score: object) -> str:
    return "–" if score is None else formats.number(float(score), 2)  # type: ignore[arg-type]


def lines_of(selection: Selection, width: float, height: float) -> FigureSpec:
    """Each vendor's total at every weight of the CISO's score."""
    weight = float(selection.weight)
    shown = selection.ranked[: MOST_VENDORS + 1]
    first = selection.chosen if selection.is_choice_top else next(iter(selection.top), "")
    best = {each.name: each for each in selection.ranked}
    return FigureSpec(
        kind="weight_lines",
        data={
            "vendors": [
                {
                    "label": each.name,
                    "left": float(each.cto or 0),
                    "right": float(each.ciso or 0),
                    "is_chosen": same_name(each.name) == same_name(first),
                }
                for each in shown
            ],
            "weight": weight,
            "weight_label": f"declared: {_percent(selection.weight)} CISO",
            "turns": [
                {
                    "at": float(turn.weight),
                    "score": float(best[turn.after[0]].total(turn.weight)),
                    "label": _percent(turn.weight),
                }
                for turn in selection.turns
            ],
            "ends": ["CTO alone", "CISO alone"],
        },
        width=width,
        height=height,
        alt=(
            f"{selection.title}, total by the CISO's weight, declared {_percent(selection.weight)}"
            f": {_turn_words(selection)}"
        ),
    )


# --- the others --------------------------------------------------------------------------------


def other_of(facts: BoardFacts, selection: Selection) -> dict[str, str]:
    """One line for a selection that has no panel of its own."""
    if not facts.tables.measured("vendor_scores"):
        status, word = "none", "Not measured"
    elif not selection.ranked:
        lacking = dict.fromkeys(office for each in selection.unranked for office in each.missing)
        who = f"Not scored by the {' or the '.join(lacking)}" if lacking else "Not scored"
        status, word = "off", f"{who}: no ranking"
    else:
        status, word = _verdict(selection)
        if status == "on" and not selection.turns:
            word = "First at every weight"
    return {
        "title": selection.title,
        "weights": f"{_percent(selection.weight)} CISO",
        "chosen": selection.chosen or "To be decided",
        "on": formats.day(selection.decided_on) if selection.decided_on else "–",
        "status": status,
        "word": word,
    }
