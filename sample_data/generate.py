"""Make the sample company's event data again: ``python sample_data/generate.py [FOLDER]``.

The seed is fixed, so the same files come out on every run. What people keep by hand (governance
but for incidents' records, policies, the technology portfolio, the catalogue extract, commentary)
is read, never written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator.adoption import write_adoption
from generator.architecture import write_designs, write_systems, write_zero_trust
from generator.compliance import write_compliance
from generator.controls import write_coverage, write_csf
from generator.delivery import write_deployments
from generator.detections import write_detections
from generator.exposure import write_findings
from generator.incident_records import write_incident_records
from generator.incidents import write_incidents
from generator.initiatives import write_initiatives
from generator.investments import write_investments
from generator.people import write_phishing, write_training
from generator.risk_inputs import write_risk_inputs
from generator.risks import write_risks
from generator.third_parties import write_third_parties


def generate(folder: Path) -> None:
    """Write every generated file into a project folder that holds the hand-kept ones."""
    write_detections(folder, write_incidents(folder))
    for write in (
        write_findings,
        write_coverage,
        write_csf,
        write_compliance,
        write_training,
        write_phishing,
        write_third_parties,
        write_risks,
        write_risk_inputs,
        write_adoption,
        write_deployments,
        write_designs,
        write_zero_trust,
        write_systems,
        write_investments,
        write_initiatives,
        write_incident_records,
    ):
        write(folder)


if __name__ == "__main__":
    generate(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent).resolve())
