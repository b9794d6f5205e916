"""Compliance scores, and the CSF 2.0 profile."""

import pytest

from board_report.metrics.ciso.compliance import METRICS
from tests.spec.spec import Spec, check

TABLE = "compliance_assessments"
PROFILE = "csf_profile"


def results(framework: str, *found: str, quarter: str = "2026-Q3") -> list[dict[str, str]]:
    """One row for each result of a framework."""
    return [{"framework": framework, "result": each, "quarter": quarter} for each in found]


def one_framework(metric: str, framework: str, other: str) -> Spec:
    """The same small case for each framework."""
    return Spec(
        metric=metric,
        title="met over assessed",
        rows={
            TABLE: [
                *results(framework, "met", "met", "partly_met", "not_met"),
                *results(framework, "not_assessed", "not_applicable"),
                *results(other, "not_met"),
                *results(framework, "not_met", quarter="2026-Q2"),
            ]
        },
        expected="2 / (2 + 1 + 1)",
        value=0.5,
        says="Partly met is not met; what is not assessed or does not apply is counted apart.",
        note="1 partly met, 1 not met, 1 not assessed, 1 not applicable",
        n=4,
        parts={"met": 2, "partly_met": 1, "not_met": 1, "not_assessed": 1, "not_applicable": 1},
        lines={TABLE: (1, 2, 3, 4)},
    )


SPECS = [
    one_framework("soc2_score", "soc2", "hipaa"),
    one_framework("iso27001_score", "iso27001", "soc2"),
    one_framework("hipaa_score", "hipaa", "soc2"),
    one_framework("gdpr_score", "gdpr", "soc2"),
    one_framework("pci_dss_score", "pci_dss", "soc2"),
    Spec(
        metric="soc2_score",
        title="60% assessed is enough",
        rows={TABLE: results("soc2", "met", "met", "not_met", "not_assessed", "not_assessed")},
        expected="2 / 3",
        value=2 / 3,
        says="Three of five that apply are assessed: just enough to print.",
        note="1 not met, 2 not assessed",
    ),
    Spec(
        metric="soc2_score",
        title="under 60% assessed",
        rows={
            TABLE: [
                *results("soc2", "met", "met", "met", "met", "met"),
                *results("soc2", *["not_assessed"] * 4, *["not_applicable"] * 9),
            ]
        },
        expected="withheld",
        value=None,
        says="Five of the nine that apply are assessed, 56%: too few for a score of 5 / 5.",
        note="only 5 of 9 assessed",
        parts={"met": 5, "not_assessed": 4, "not_applicable": 9},
    ),
    Spec(
        metric="soc2_score",
        title="no assessment of the quarter",
        rows={TABLE: results("soc2", "met", quarter="2026-Q2")},
        expected="not measured",
        value=None,
        says="An assessment of an earlier quarter is not this quarter's.",
        note="no SOC 2 assessment recorded for 2026-Q3",
    ),
    Spec(
        metric="soc2_score",
        title="nothing applies",
        rows={TABLE: results("soc2", "not_applicable")},
        expected="nothing happened",
        value=None,
        says="A framework of which nothing applies has no score.",
        note="1 not applicable",
    ),
    Spec(
        metric="csf_assessed_share",
        title="categories with a rating",
        rows={
            PROFILE: [
                {"current": 0, "target": 3},
                {"current": 2.5, "target": 3},
                {"target": 3},
                {"target": 3},
                {"current": 4, "target": 3, "quarter": "2026-Q2"},
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="A rating of zero is an assessment; an empty one is none.",
        note="2 not assessed",
        n=4,
    ),
    Spec(
        metric="csf_assessed_share",
        title="no profile of the quarter",
        rows={PROFILE: [{"current": 1, "target": 3, "quarter": "2026-Q2"}]},
        expected="not measured",
        value=None,
        says="A quarter without a profile was not measured.",
    ),
    Spec(
        metric="csf_at_target_share",
        title="each against its own target",
        rows={
            PROFILE: [
                {"current": 3, "target": 3},
                {"current": 3.5, "target": 3},
                {"current": 2.9, "target": 3},
                {"target": 1},
                {"target": 1},
            ]
        },
        expected="(1 + 1) / 3",
        value=2 / 3,
        says="Reaching the target exactly counts; no mean of ratings is ever printed.",
        note="2 not assessed",
        n=3,
        lines={PROFILE: (1, 2, 3)},
    ),
    Spec(
        metric="csf_at_target_share",
        title="under 60% assessed",
        rows={PROFILE: [{"current": 3, "target": 3}, {"target": 1}]},
        expected="withheld",
        value=None,
        says="With half of the profile unassessed no headline is printed.",
        note="only 1 of 2 assessed",
        parts={"numerator": 1, "denominator": 1, "unknown": 1},
    ),
]


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
