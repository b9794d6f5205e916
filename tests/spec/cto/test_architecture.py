"""Secure by design and zero trust: what the figures come to, by hand."""

import pytest

from board_report.metrics.cto.architecture import METRICS
from tests.spec.spec import Spec, check


def design(reviewed_on="2026-08-03", **more):
    return {
        "reviewed_on": reviewed_on,
        "uses_secure_pattern": True,
        "exception": "none",
        **more,
    }


def excepted(exception, expires_on=None, reviewed_on="2026-02-02"):
    return design(
        reviewed_on,
        uses_secure_pattern=False,
        exception=exception,
        exception_expires_on=expires_on,
    )


def system(support_ends_on=None, **more):
    return {
        "asset_tier": "production",
        "in_service_on": "2020-01-01",
        "support_ends_on": support_ends_on,
        **more,
    }


def jewel(zero_trust_on=None, **more):
    return system(asset_tier="crown_jewel", zero_trust_on=zero_trust_on, **more)


def pillar(name, stage, target, quarter="2026-Q3"):
    return {"quarter": quarter, "pillar": name, "stage": stage, "target_stage": target}


PILLARS = [
    pillar("identity", 3, 3),
    pillar("devices", 4, 3),
    pillar("networks", 2, 3),
    pillar("applications_and_workloads", 2, 3),
    pillar("data", None, 3),
    pillar("data", 1, 3, "2026-Q2"),
]

SPECS = (
    Spec(
        metric="threat_model_coverage",
        title="modelled by the review",
        rows={
            "designs": [
                design(threat_modelled_on="2026-08-01"),
                design(threat_modelled_on="2026-08-03"),
                design(threat_modelled_on="2026-08-04"),
                design(),
                design("2026-06-30"),
            ]
        },
        expected="(1 + 1) / 4",
        value=0.5,
        says="A threat model of the day of the review counts; one of the day after does not.",
        note="1 modelled only after the review",
        n=4,
        lines={"designs": (1, 2, 3, 4)},
    ),
    Spec(
        metric="threat_model_coverage",
        title="first and last day",
        rows={
            "designs": [
                design("2026-07-01", threat_modelled_on="2026-06-01"),
                design("2026-09-30"),
                design("2026-10-01"),
            ]
        },
        expected="1 / 2",
        value=0.5,
        says="The quarter's first and last day belong to it.",
        lines={"designs": (1, 2)},
    ),
    Spec(
        metric="threat_model_coverage",
        title="nothing reviewed",
        rows={"designs": [design("2026-06-30")]},
        expected="nothing happened",
        value=None,
        says="Without a review in the quarter there is nothing to measure.",
    ),
    Spec(
        metric="secure_pattern_rate",
        title="patterns and exceptions",
        rows={
            "designs": [
                design(),
                design(),
                design(uses_secure_pattern=False),
                excepted("approved", reviewed_on="2026-08-03"),
                excepted("unapproved", reviewed_on="2026-08-03"),
            ]
        },
        expected="2 / 5",
        value=0.4,
        says="An approved exception does not count as the pattern; the note counts it.",
        note="1 with an approved exception, 1 with an unapproved exception",
        parts={"approved_exception": 1, "unapproved_exception": 1},
    ),
    Spec(
        metric="secure_pattern_rate",
        title="nothing reviewed",
        rows={"designs": []},
        expected="nothing happened",
        value=None,
        says="Without a review in the quarter there is nothing to measure.",
    ),
    Spec(
        metric="design_exceptions_lapsed",
        title="the last day still holds",
        rows={
            "designs": [
                excepted("approved", "2026-09-29"),
                excepted("approved", "2026-09-30"),
                excepted("approved", "2026-10-01"),
                excepted("approved"),
                excepted("unapproved", "2026-01-01"),
                excepted("approved", "2026-10-05", reviewed_on="2026-10-01"),
                design(),
            ]
        },
        expected="1",
        value=1,
        says="An exception holds through its last day; endless and unapproved ones are noted.",
        note="1 more without an end date, 1 more never approved",
        parts={"unapproved": 1, "without_end": 1},
        lines={"designs": (1,)},
    ),
    Spec(
        metric="design_exceptions_lapsed",
        title="none",
        rows={"designs": []},
        expected="0",
        value=0,
        says="No design leaves no exception.",
    ),
    Spec(
        metric="systems_past_support",
        title="the last day of support",
        rows={
            "systems": [
                system("2026-09-29"),
                system("2026-09-30"),
                system(),
                system("2020-01-01", retired_on="2026-09-30"),
                system("2020-01-01", retired_on="2026-10-01"),
                system("2020-01-01", in_service_on="2026-10-01"),
            ]
        },
        expected="1 + 1",
        value=2,
        says="Support lasts through its last day; retired and future systems do not count.",
        note="1 without an announced end of support",
        lines={"systems": (1, 5)},
    ),
    Spec(
        metric="systems_past_support",
        title="none",
        rows={"systems": []},
        expected="0",
        value=0,
        says="No system is past support when there is none.",
    ),
    Spec(
        metric="past_support_share",
        title="over all in service",
        rows={"systems": [system("2026-01-01"), system("2027-01-01"), system(), system()]},
        expected="1 / 4",
        value=0.25,
        says="Systems without an announced end are in service and count as supported.",
        note="2 without an announced end of support",
        n=4,
    ),
    Spec(
        metric="past_support_share",
        title="nothing in service",
        rows={"systems": [system(retired_on="2026-01-01")]},
        expected="nothing happened",
        value=None,
        says="Without systems there is no share.",
    ),
    Spec(
        metric="zero_trust_at_target",
        title="assessed pillars only",
        rows={"zero_trust": PILLARS},
        expected="(1 + 1) / 4",
        value=0.5,
        says="Two of four assessed pillars reach their target; the fifth is not assessed.",
        note="1 not assessed",
        n=4,
        parts={"not_assessed": 1, "lowest_stage": 2},
        lines={"zero_trust": (1, 2, 3, 4)},
    ),
    Spec(
        metric="zero_trust_at_target",
        title="none assessed",
        rows={"zero_trust": [pillar("identity", None, 3), pillar("data", None, 3)]},
        expected="not measured",
        value=None,
        says="Pillars that nobody assessed are not measured, which is not stage one.",
        note="none of 2 pillars assessed",
    ),
    Spec(
        metric="zero_trust_at_target",
        title="no rows for the quarter",
        rows={"zero_trust": [pillar("data", 1, 3, "2026-Q2")]},
        expected="not measured",
        value=None,
        says="A quarter that nobody recorded is not measured.",
        note="no pillars were recorded for 2026-Q3",
    ),
    Spec(
        metric="zero_trust_stage",
        title="the lowest, never the mean",
        rows={"zero_trust": PILLARS},
        expected="2",
        value=2,
        says="The lowest of stages 3, 4, 2 and 2 counts; their mean, 2.75, does not.",
        note="lowest: applications and workloads, networks; 1 not assessed",
        n=4,
        parts={"highest_stage": 4, "not_assessed": 1},
        lines={"zero_trust": (1, 2, 3, 4, 5)},
    ),
    Spec(
        metric="zero_trust_stage",
        title="one pillar",
        rows={"zero_trust": [pillar("identity", 3, 4)]},
        expected="3",
        value=3,
        says="A single pillar stands where it stands.",
        note="",
    ),
    Spec(
        metric="zero_trust_stage",
        title="not assessed",
        rows={"zero_trust": [pillar("identity", None, 4)]},
        expected="not measured",
        value=None,
        says="A pillar that nobody assessed has no stage.",
        note="not assessed",
    ),
    Spec(
        metric="crown_jewels_zero_trust",
        title="in service and under zero trust by quarter end",
        rows={
            "systems": [
                jewel("2026-09-30"),
                jewel("2026-10-01"),
                jewel(),
                jewel("2025-01-01", retired_on="2026-09-01"),
                system(zero_trust_on="2025-01-01"),
            ]
        },
        expected="1 / 3",
        value=1 / 3,
        says="Only crown jewels in service count, and only what was done by quarter end.",
        n=3,
        lines={"systems": (1, 2, 3)},
    ),
    Spec(
        metric="crown_jewels_zero_trust",
        title="no crown jewel",
        rows={"systems": [system()]},
        expected="nothing happened",
        value=None,
        says="Without a crown jewel in service there is nothing to measure.",
    ),
)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_spec(spec):
    check(spec, METRICS)
