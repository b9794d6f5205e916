"""Every metric of the first seven stages, by id, in the order of the catalogue's chapters."""

from __future__ import annotations

from importlib import import_module

from board_report.metrics.declare import MetricSpec

MODULES = (
    "ciso.incidents",
    "ciso.detections",
    "ciso.exposure",
    "ciso.controls",
    "ciso.configuration",
    "ciso.compliance",
    "ciso.audit",
    "ciso.people",
    "ciso.third_parties",
    "ciso.outside_findings",
    "ciso.governance",
    "ciso.hunting",
    "cto.adoption",
    "cto.delivery",
    "cto.architecture",
    "cto.artificial_intelligence",
    "cto.repositories",
    "cto.investment",
    "cto.projects",
    "cto.cloud",
    "joint.collaboration",
    "joint.incident_work",
    "joint.vendors",
    "joint.intelligence",
    "joint.debt",
    "joint.oversight",
)


def metric_catalogue() -> dict[str, MetricSpec]:
    """All declarations, by id.

    Raises:
        ValueError: two metrics have the same id.
    """
    found: dict[str, MetricSpec] = {}
    for name in MODULES:
        for spec in import_module(f"board_report.metrics.{name}").METRICS:
            if spec.id in found:
                raise ValueError(f"two metrics are called {spec.id}")
            found[spec.id] = spec
    return found
