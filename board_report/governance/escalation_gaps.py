"""Why a rule of escalation could not be applied: nothing to look at, or nothing said in any row."""

from __future__ import annotations

from board_report.governance.escalation_records import EscalationRule, Watch, day, listed
from board_report.governance.escalation_rules import FINDINGS, INCIDENTS
from board_report.governance.escalation_signals import LOSS, RUNNING
from board_report.metrics.freshness import lies_before
from board_report.metrics.needs import is_never_said, never_note
from board_report.metrics.targets import target_records
from board_report.model import Status


def blind_rules(given: Watch) -> dict[EscalationRule, str]:
    """The rules with nothing to look at, each with the reason as a clause.

    A file that was not given, records that lie outside the quarter, a column that no row fills and
    too few quarters are all the same to a rule: what it found then says nothing.
    """
    found = {
        EscalationRule.CLOCK: _unseen(given, INCIDENTS, "materiality_state"),
        EscalationRule.OVER_APPETITE: _no_limit(given),
        EscalationRule.RISK_BAND: _no_bands(given),
        EscalationRule.CROWN_JEWEL_OVERDUE: _unseen(given, FINDINGS, "asset_tier", "due_on"),
        EscalationRule.ACCEPTANCE_LAPSED: _unseen(given, "risk_acceptances", "expires_on"),
        EscalationRule.CONTROL_SILENT: _no_silence(given),
        EscalationRule.TARGET_MISSED: _no_targets(given),
    }
    return {rule: reason for rule, reason in found.items() if reason}


def _without(given: Watch, *names: str) -> str:
    missing = [each for each in names if not given.tables.measured(each)]
    titles = [given.tables[each].spec.title.lower() for each in missing]
    return f"no file for {listed(titles)}" if titles else ""


def _unseen(given: Watch, name: str, *columns: str) -> str:
    """Why a table shows nothing of the quarter, or does not say what the rule asks of it."""
    table, title = given.tables[name], given.tables[name].spec.title.lower()
    if not given.tables.measured(name):
        return f"no file for {title}"
    if table.records_from and lies_before(table, given.window):
        return f"the records of {title} begin on {day(table.records_from)}"
    ended = table.records_to if table.is_stale else None
    if ended and ended < given.window.first_day:
        return f"the records of {title} end on {day(ended)}"
    never = [never_note(table, each) for each in columns if is_never_said(table, each)]
    return never[0] if never else ""


def _no_limit(given: Watch) -> str:
    limits = [each for each in (given.tolerance, given.appetite) if each is not None]
    if not limits:
        return "no appetite and no tolerance is declared"
    series = given.figures.series.get(LOSS)
    if series is None or series.now.value is None:
        return "the 1-in-20-year loss is not measured"
    if given.previous is None:
        return "no quarter before is measured"
    before = series.values[-2].value if len(series.values) > 1 else None
    if before is None and series.now.value > min(limits):
        return "the loss is over a limit, and it is not known of the quarter before"
    return ""


def _no_bands(given: Watch) -> str:
    if not given.bands:
        return "no bands are declared"
    if _without(given, "risk_register"):
        return _without(given, "risk_register")
    quarters = set(given.tables.frame("risk_register")["quarter"])
    both = [given.window.quarter, given.window.quarter.previous]
    missing = [str(each) for each in both if str(each) not in quarters]
    if missing:
        return f"the risk register has no {listed(missing)}"
    return "" if given.previous else "no quarter before is measured"


def _no_silence(given: Watch) -> str:
    if given.previous is None:
        return "no quarter before is measured"
    if not given.window.is_over:
        return "the quarter is not over"
    return _without(given, "control_coverage", "detections")


def _no_targets(given: Watch) -> str:
    if not any(each.target for each in given.figures.series.values()):
        return "no targets are declared"
    if len(given.windows) < RUNNING:
        return "fewer than three quarters are measured"
    judged = any(
        Status.NONE not in each.statuses[-RUNNING:]
        for each in target_records(given.figures)
        if each.metric_id != LOSS
    )
    return "" if judged else "no figure with a target is measured in three quarters running"
