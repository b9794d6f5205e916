"""``[risk]``: how many years are simulated, what insurers pay, and the budget that is tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.errors import ProjectError
from board_report.project import LOSS_FORMS, Budget, Insurance, RiskSettings, load_project
from tests.projects import make_project

POLICY = """
[risk.insurance]
retention = 5
limit = 20
applies = "event"
coinsurance = 0.1
aggregate_limit = 30
waiting_hours = 12
sublimits = { reputation = 0, response = 4 }
"""


def settings(folder: Path, report: str) -> RiskSettings:
    """What this part of a report.toml says."""
    return load_project(make_project(folder, report=report)).risk


def test_nothing_said_has_the_documented_values(tmp_path: Path) -> None:
    """A hundred thousand years, no policy, today's budget up and down a tenth."""
    found = settings(tmp_path, "")
    assert (found.trials, found.precision, found.max_trials) == (100_000, None, 2_000_000)
    assert found.insurance is None
    assert found.budget == Budget(amount=None, change=0.10)


def test_precision_stands_in_place_of_trials(tmp_path: Path) -> None:
    """With the years after which the search for it ends."""
    found = settings(tmp_path, "[risk]\nprecision = 0.005\nmax_trials = 500_000\n")
    assert (found.precision, found.max_trials) == (0.005, 500_000)


def test_policy_of_two_numbers_is_for_the_year(tmp_path: Path) -> None:
    """As every policy was before: nothing of the layer is borne, every form is covered."""
    found = settings(tmp_path, "[risk]\ninsurance = { retention = 5, limit = 20 }\n")
    assert found.insurance == Insurance(5, 20)
    assert found.insurance == Insurance(
        retention=5,
        limit=20,
        coinsurance=0,
        applies="year",
        aggregate_limit=None,
        waiting_hours=0,
        sublimits=(),
    )


def test_whole_policy_is_read(tmp_path: Path) -> None:
    """Sublimits come in the order of the forms, whatever the order they are written in."""
    assert settings(tmp_path, POLICY).insurance == Insurance(
        5, 20, 0.1, "event", 30, 12, (("response", 4), ("reputation", 0))
    )


def test_every_form_of_loss_can_be_limited(tmp_path: Path) -> None:
    """Open FAIR's six, and the sum that is written for each."""
    given = ", ".join(f"{form} = {at}" for at, form in enumerate(LOSS_FORMS))
    line = f"[risk]\ninsurance = {{ retention = 1, limit = 2, sublimits = {{ {given} }} }}\n"
    found = settings(tmp_path, line).insurance
    assert found
    assert len(found.sublimits) == 6
    assert dict(found.sublimits)["reputation"] == 5


def test_budget_is_read(tmp_path: Path) -> None:
    """Its amount a year and how far it is tried."""
    found = settings(tmp_path, "[risk.budget]\namount = 6_500_000\nchange = 0.2\n")
    assert found.budget == Budget(6_500_000, 0.2)


MISTAKES = {
    "both precision and trials": (
        "[risk]\ntrials = 5000\nprecision = 0.01\n",
        "line 16, risk.precision",
        "trials says already",
        "Keep one of the two",
    ),
    "precision too fine": ("[risk]\nprecision = 0.0001\n", "risk.precision", "below 0.001", ""),
    "precision too coarse": ("[risk]\nprecision = 0.2\n", "risk.precision", "above 0.1", ""),
    "most years of nothing": (
        "[risk]\nmax_trials = 5000\n",
        "line 15, risk.max_trials",
        "none is asked for",
        "Add precision",
    ),
    "too few most years": (
        "[risk]\nprecision = 0.01\nmax_trials = 10\n",
        "risk.max_trials",
        "below 1000",
        "",
    ),
    "form of loss": (
        POLICY.replace("reputation", "reputaton"),
        "line 22, risk.insurance.sublimits.reputaton",
        "'reputaton' is not a key",
        "Did you mean reputation?",
    ),
    "negative sublimit": (
        POLICY.replace("response = 4", "response = -4"),
        "risk.insurance.sublimits.response",
        "-4 is below 0",
        "Correct it.",
    ),
    "applies to nothing": (
        POLICY.replace('"event"', '"events"'),
        "line 18, risk.insurance.applies",
        "'events' is not one of: year, event",
        'mean "event"?',
    ),
    "aggregate of a year": (
        POLICY.replace('applies = "event"\n', ""),
        "line 19, risk.insurance.aggregate_limit",
        "for the year already",
        'applies = "event"',
    ),
    "coinsurance in percent": (
        POLICY.replace("0.1", "10"),
        "risk.insurance.coinsurance",
        "10 is above 1",
        "",
    ),
    "waiting backwards": (
        POLICY.replace("12", "-1"),
        "risk.insurance.waiting_hours",
        "-1 is below 0",
        "",
    ),
    "policy without a limit": (
        "[risk]\ninsurance = { retention = 5 }\n",
        "risk.insurance.limit",
        "missing",
        "Add limit",
    ),
    "policy key": (
        POLICY.replace("waiting_hours", "waiting_time"),
        "risk.insurance.waiting_time",
        "not a key",
        "waiting_hours",
    ),
    "no change": ("[risk.budget]\nchange = 0\n", "line 15, risk.budget.change", "0 is not", "0.10"),
    "all of it": ("[risk.budget]\nchange = 1\n", "risk.budget.change", "1 is not above 0 and", ""),
    "debt": ("[risk.budget]\namount = -1\n", "risk.budget.amount", "-1 is below 0", ""),
    "budget key": ("[risk.budget]\namonut = 1\n", "risk.budget.amonut", "not a key", "amount?"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_named_with_its_place(name: str, tmp_path: Path) -> None:
    """What is wrong, on which line and key, and how it is mended."""
    report, where, what, mend = MISTAKES[name]
    with pytest.raises(ProjectError) as caught:
        settings(tmp_path, report)
    assert caught.value.where.startswith("report.toml, line ")
    assert caught.value.where.endswith(where)
    assert what in caught.value.what
    assert mend in caught.value.mend
