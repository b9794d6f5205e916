"""What can be wrong with a signature on file, and why one is refused."""

from __future__ import annotations

from enum import StrEnum

from board_report.errors import BoardReportError
from board_report.model import Severity
from board_report.sources.faults import Explanation


class SignOffCode(StrEnum):
    """Faults of signatures on file, and reasons for refusing one."""

    DAMAGED = "sign_off_damaged"
    CHAIN_BROKEN = "sign_off_chain_broken"
    VOID = "sign_off_void"
    OWN_WORK = "sign_off_own_work"
    NOT_HELD = "sign_off_role_not_held"
    NOT_ASKED = "sign_off_role_not_asked"
    OUT_OF_ORDER = "sign_off_out_of_order"
    ALREADY = "sign_off_already_there"
    BEFORE_THE_LAST = "sign_off_before_the_last"
    INCOMPLETE = "sign_off_incomplete"
    NOTHING = "sign_off_nothing_to_sign"


def _refusal(meaning: str, reason: str, mend: str) -> Explanation:
    return Explanation(Severity.ERROR, meaning, reason, mend)


SIGN_OFF_FAULTS: dict[SignOffCode, Explanation] = {
    SignOffCode.DAMAGED: Explanation(
        Severity.WARNING,
        "A signature on file cannot be read, or was changed after it was written; it counts "
        "as no approval.",
        "the signature cannot be relied on: {detail}.",
        "Put back the file as it was, or sign the section again.",
    ),
    SignOffCode.CHAIN_BROKEN: Explanation(
        Severity.WARNING,
        "The signature before this one was changed or removed; this one counts as no approval.",
        "the signature before it is not the one that it followed.",
        "Put back the files as they were, or sign the section again.",
    ),
    SignOffCode.VOID: Explanation(
        Severity.WARNING,
        "Something that was signed has changed since; the signature no longer holds.",
        "{section} is no longer {signed}: {changes}.",
        "Read the section again and sign it, or take the change back.",
    ),
    SignOffCode.OWN_WORK: _refusal(
        "Nobody reviews or approves what the same person prepared, also not in another role.",
        "{person} prepared {section}, and cannot have it {step} too.",
        "Somebody else must do that; or somebody else prepares it.",
    ),
    SignOffCode.NOT_HELD: _refusal(
        "A role that signs is held by nobody on record on that day.",
        "nobody on record holds the role {role} on {day}.{near}",
        "Write in governance/people.csv who holds it since when.",
    ),
    SignOffCode.NOT_ASKED: _refusal(
        "A role approves a section that it is not asked to approve.",
        "{section} is approved by {roles}, not by {role}.",
        "To change that, add {section} = [...] to [approvers] in report.toml.",
    ),
    SignOffCode.OUT_OF_ORDER: _refusal(
        "A step is signed before the one it follows.",
        "{section} as it is now cannot be {step}, because it is not {before} yet.",
        "First: board-report sign-off {section} --step {before} --role ROLE.",
    ),
    SignOffCode.ALREADY: _refusal(
        "The same signature is there already, for the same content.",
        "{section} as it is now was {step} by {role} on {day}.",
        "Nothing needs doing.",
    ),
    SignOffCode.BEFORE_THE_LAST: _refusal(
        "A signature is dated before the one that it follows.",
        "the last signature of {section} is of {last}, after {day}.",
        "Give the date on which it is signed with --on.",
    ),
    SignOffCode.INCOMPLETE: _refusal(
        "A disclosure with gaps or disagreements cannot be approved.",
        "the disclosure cannot be approved as it is: {detail}",
        "Close what is open in governance/attestations.csv and governance/item_106_facts.csv.",
    ),
    SignOffCode.NOTHING: _refusal(
        "There is nothing to sign, or nothing to withdraw.",
        "there is nothing of {section} for {role} to have {step}.",
        "`board-report status` shows what there is.",
    ),
}


class SignOffError(BoardReportError):
    """A signature is refused; nothing was recorded."""

    def __init__(self, code: SignOffCode, **facts: object) -> None:
        self.code = code
        why = SIGN_OFF_FAULTS[code]
        super().__init__(
            why.reason.format(**facts), where="sign-off", mend=why.mend.format(**facts)
        )
