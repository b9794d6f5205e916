"""What a check of an archive finds: which thing, what is wrong with it, and how bad that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """A fault speaks against what was sealed; a notice does not."""

    FAULT = "fault"
    NOTICE = "notice"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is not as it should be."""

    severity: Severity
    code: str
    """Of the list in docs/archive.md; the verifier inside an archive uses the same."""
    where: str
    """The file of the archive."""
    what: str

    def record(self) -> dict[str, str]:
        """For JSON."""
        return {
            "severity": str(self.severity), "code": self.code, "where": self.where,
            "what": self.what,
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.where}: {self.severity} {self.code}: {self.what}."


def fault(code: str, where: str, what: str) -> Fault:
    """Something that speaks against what was sealed."""
    return Fault(Severity.FAULT, code, where, what)


def notice(code: str, where: str, what: str) -> Fault:
    """Something that does not belong, and touches nothing that was sealed."""
    return Fault(Severity.NOTICE, code, where, what)
