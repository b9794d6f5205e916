"""The categories of the NIST Cybersecurity Framework 2.0, with their functions.

Source: NIST CSWP 29, "The NIST Cybersecurity Framework (CSF) 2.0", 26 February 2024, appendix A;
a work of the United States government and in the public domain. ``label`` shortens a name for a
chart and is not NIST's.
"""

from __future__ import annotations

from dataclasses import dataclass

FUNCTIONS = {
    "GV": "Govern",
    "ID": "Identify",
    "PR": "Protect",
    "DE": "Detect",
    "RS": "Respond",
    "RC": "Recover",
}
"""Names of the six functions by the letters that a category begins with."""


@dataclass(frozen=True)
class Category:
    """One category of outcomes."""

    id: str
    """``GV.SC``."""
    name: str
    """As the framework has it."""
    label: str
    """At most 29 characters."""

    @property
    def function(self) -> str:
        """``Govern``."""
        return FUNCTIONS[self.id[:2]]


CATEGORIES = (
    Category("GV.OC", "Organizational Context", "Organizational context"),
    Category("GV.RM", "Risk Management Strategy", "Risk management strategy"),
    Category("GV.RR", "Roles, Responsibilities, and Authorities", "Roles and responsibilities"),
    Category("GV.PO", "Policy", "Policy"),
    Category("GV.OV", "Oversight", "Oversight"),
    Category("GV.SC", "Cybersecurity Supply Chain Risk Management", "Supply chain risk"),
    Category("ID.AM", "Asset Management", "Asset management"),
    Category("ID.RA", "Risk Assessment", "Risk assessment"),
    Category("ID.IM", "Improvement", "Improvement"),
    Category(
        "PR.AA",
        "Identity Management, Authentication, and Access Control",
        "Identity and access",
    ),
    Category("PR.AT", "Awareness and Training", "Awareness and training"),
    Category("PR.DS", "Data Security", "Data security"),
    Category("PR.PS", "Platform Security", "Platform security"),
    Category("PR.IR", "Technology Infrastructure Resilience", "Infrastructure resilience"),
    Category("DE.CM", "Continuous Monitoring", "Continuous monitoring"),
    Category("DE.AE", "Adverse Event Analysis", "Adverse event analysis"),
    Category("RS.MA", "Incident Management", "Incident management"),
    Category("RS.AN", "Incident Analysis", "Incident analysis"),
    Category(
        "RS.CO",
        "Incident Response Reporting and Communication",
        "Reporting and communication",
    ),
    Category("RS.MI", "Incident Mitigation", "Incident mitigation"),
    Category("RC.RP", "Incident Recovery Plan Execution", "Recovery plan execution"),
    Category("RC.CO", "Incident Recovery Communication", "Recovery communication"),
)
"""All 22, in the framework's order."""
