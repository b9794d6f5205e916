"""Make the sample company's event data again: ``python sample_data/generate.py [FOLDER]``.

The seed is fixed, so the same files come out on every run. What people keep by hand (governance,
policies, the technology portfolio, the catalogue extract, commentary) is read, never written.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generator.adoption import write_adoption  # noqa: E402
from generator.architecture import write_designs, write_systems, write_zero_trust  # noqa: E402
from generator.compliance import write_compliance  # noqa: E402
from generator.controls import write_coverage, write_csf  # noqa: E402
from generator.delivery import write_deployments  # noqa: E402
from generator.detections import write_detections  # noqa: E402
from generator.exposure import write_findings  # noqa: E402
from generator.incidents import write_incidents  # noqa: E402
from generator.investments import write_investments  # noqa: E402
from generator.people import write_phishing, write_training  # noqa: E402
from generator.risks import write_risks  # noqa: E402
from generator.third_parties import write_third_parties  # noqa: E402


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
        write_adoption,
        write_deployments,
        write_designs,
        write_zero_trust,
        write_systems,
        write_investments,
    ):
        write(folder)


if __name__ == "__main__":
    generate(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent).resolve())
