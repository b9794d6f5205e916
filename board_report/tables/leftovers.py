"""Notice what is still the sample company's in the project of another."""

from __future__ import annotations

from collections.abc import Mapping

from board_report.model import Finding
from board_report.project import Project
from board_report.tables.codes import Code, finding


def sample_leftovers(
    project: Project, sample: Project, files: Mapping[str, str], sample_files: Mapping[str, str]
) -> tuple[Finding, ...]:
    """A warning for each file that is the sample's word for word, and one for its settings.

    Args:
        project: what ``report.toml`` says.
        sample: what the sample's says; it is another company's.
        files: path of each file of the project to its sha256.
        sample_files: the same of the sample.
    """
    found = [
        finding(
            Code.SAMPLE_LEFT,
            {"what": "it is a file", "more": " and its [[source]] block, where it has one"},
            file=file,
        )
        for file, sha256 in sorted(files.items())
        if sample_files.get(file) == sha256
    ]
    risk, theirs = project.risk, sample.risk
    if risk.appetite and (risk.appetite, risk.set_on) == (theirs.appetite, theirs.set_on):
        facts: dict[str, object] = {"what": "[risk] has the appetite", "more": ""}
        found.append(finding(Code.SAMPLE_LEFT, facts, column="risk.appetite"))
    return tuple(found)
