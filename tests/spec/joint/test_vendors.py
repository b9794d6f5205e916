"""Choices of vendors: what the figures come to, by hand."""

import pytest

from board_report.metrics.joint.vendors import METRICS
from tests.spec.spec import Spec, check


def selection(number, decided_on, chosen="Alba"):
    return {"selection_id": number, "decided_on": decided_on, "chosen_vendor": chosen}


def score(number, vendor, office, value=3.0):
    return {
        "selection_id": number,
        "vendor_name": vendor,
        "scored_by_role": office,
        "score": value,
    }


SPECS = (
    Spec(
        metric="vendor_decisions_with_both_scores",
        title="four quarters, the chosen vendor",
        rows={
            "vendor_selections": [
                selection("S1", "2025-10-01"),
                selection("S2", "2026-09-30"),
                selection("S3", "2026-03-10"),
                selection("S4", "2026-04-01"),
                selection("S5", "2025-09-30"),
                selection("S6", "2026-10-01"),
                selection("S7", None, None),
            ],
            "vendor_scores": [
                score("S1", "Alba", "CISO"),
                score("S1", "Alba", "CTO", 0),
                score("S2", "Alba", "CISO"),
                score("S2", "Bero", "CTO"),
                score("S3", "Alba", "CTO"),
                score("S5", "Alba", "CISO"),
                score("S5", "Alba", "CTO"),
                score("S6", "Alba", "CISO"),
                score("S6", "Alba", "CTO"),
            ],
        },
        expected="1 / 4",
        value=0.25,
        says="Both scores must be of the vendor taken and of that choice; zero is a score.",
        n=4,
        parts={"ciso_alone": 1, "cto_alone": 1},
        note="",
        lines={"vendor_selections": (1, 2, 3, 4), "vendor_scores": (1, 2, 3, 4, 5)},
    ),
    Spec(
        metric="vendor_decisions_with_both_scores",
        title="a choice without a name",
        rows={
            "vendor_selections": [
                selection("S1", "2026-08-12"),
                selection("S2", "2026-08-12", None),
            ],
            "vendor_scores": [
                score("S1", "Alba", "CISO"),
                score("S1", "Alba", "CTO"),
                score("S2", "Alba", "CISO"),
                score("S2", "Alba", "CTO"),
            ],
        },
        expected="1 / 2",
        value=0.5,
        says="A choice that names no vendor counts as made without both scores, and is noted.",
        note="1 without a named vendor",
        n=2,
    ),
    Spec(
        metric="vendor_decisions_with_both_scores",
        title="nobody scored",
        rows={"vendor_selections": [selection("S1", "2026-08-12")], "vendor_scores": []},
        expected="0 / 1",
        value=0,
        says="A choice without any score is a measured zero.",
        n=1,
    ),
    Spec(
        metric="vendor_decisions_with_both_scores",
        title="no choice made",
        rows={"vendor_selections": [selection("S1", None, None)], "vendor_scores": []},
        expected="nothing happened",
        value=None,
        says="A choice that is still open is not counted.",
    ),
    Spec(
        metric="vendor_decisions_with_both_scores",
        title="no scores given",
        rows={"vendor_selections": [selection("S1", "2026-08-12")]},
        expected="not measured",
        value=None,
        says="Without the file of scores it is not measured.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
