"""Whether a signature may be given, and the record of one that may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from board_report.governance.roles import Holder, holders_at
from board_report.governance.rows import Row
from board_report.governance.sign_off_codes import SignOffCode, SignOffError
from board_report.governance.sign_off_files import SectionFiles, file_of
from board_report.governance.sign_offs import Mark, SignOff, Standing, Step, Validity


@dataclass(frozen=True)
class Request:
    """What somebody wants to sign."""

    section: str
    step: Step
    role: str
    on: datetime
    """With its offset from UTC."""
    note: str = ""
    incomplete: str = ""
    """Why the section cannot be approved as it is; empty when it can."""


def signature(
    request: Request,
    people: Iterable[Row],
    content: Mapping[str, str],
    stands: Standing,
    files: SectionFiles,
    folder: str,
) -> SignOff:
    """The record of a signature.

    Args:
        request: what is to be signed.
        people: rows of the table ``people``.
        content: what the section says.
        stands: where it stands.
        files: what is on file of it.
        folder: of its records, relative to the project.

    Raises:
        SignOffError: it may not be given; the message says why.
    """
    holder = _holder(request, people)
    _check_date(request, files)
    if request.step is Step.WITHDRAWN:
        _check_withdrawal(request, holder.role, files)
    else:
        _check_person(request, holder, stands)
        _check_order(request, stands)
        _check_new(request, holder.role, stands)
    return SignOff(
        section=request.section,
        step=request.step,
        role=holder.role,
        person=holder.person_name,
        on=request.on,
        note=request.note,
        content=content,
        content_sha256=stands.content_sha256,
        previous_sha256=files.last_sha256,
        number=files.next_number,
        file=file_of(folder, files.next_number, request.step, holder.role),
    )


def _holder(request: Request, people: Iterable[Row]) -> Holder:
    """Who holds the role on that day, however its name is written."""
    held = {role.casefold(): each for role, each in holders_at(people, request.on.date()).items()}
    wanted = request.role.strip().casefold()
    if wanted in held:
        return held[wanted]
    near = get_close_matches(wanted[:100], list(held), n=1, cutoff=0.5)
    raise SignOffError(
        SignOffCode.NOT_HELD,
        role=request.role,
        day=request.on.date(),
        near=f" Did you mean {held[near[0]].role}?" if near else "",
    )


def _check_date(request: Request, files: SectionFiles) -> None:
    if files.last_on is not None and request.on < files.last_on:
        raise SignOffError(
            SignOffCode.BEFORE_THE_LAST,
            section=request.section,
            last=_moment(files.last_on),
            day=_moment(request.on),
        )


def _moment(when: datetime) -> str:
    return when.isoformat(sep=" ", timespec="minutes")


def _check_withdrawal(request: Request, role: str, files: SectionFiles) -> None:
    own = [each for each in files.records if each.role == role]
    if not own or own[-1].step is Step.WITHDRAWN:
        raise SignOffError(
            SignOffCode.NOTHING, section=request.section, role=role, step=request.step
        )


def _check_person(request: Request, holder: Holder, stands: Standing) -> None:
    """The right role, and not the person who prepared it."""
    required = [each.role for each in stands.approved]
    if request.step is Step.APPROVED and holder.role not in required:
        raise SignOffError(
            SignOffCode.NOT_ASKED,
            section=request.section,
            roles=" and ".join(required),
            role=holder.role,
        )
    is_own = holder.person_name.casefold() in stands.preparers
    if is_own and request.step is not Step.PREPARED:
        raise SignOffError(
            SignOffCode.OWN_WORK,
            person=holder.person_name,
            section=request.section,
            step=request.step,
        )


def _check_order(request: Request, stands: Standing) -> None:
    before: dict[Step, tuple[Mark, ...]] = {
        Step.REVIEWED: (stands.prepared,),
        Step.APPROVED: (stands.prepared, stands.reviewed),
    }
    for mark in before.get(request.step, ()):
        if mark.validity is not Validity.VALID:
            raise SignOffError(
                SignOffCode.OUT_OF_ORDER,
                section=request.section,
                step=request.step,
                before=mark.step,
            )
    if request.step is Step.APPROVED and request.incomplete:
        raise SignOffError(SignOffCode.INCOMPLETE, detail=request.incomplete)


def _check_new(request: Request, role: str, stands: Standing) -> None:
    for mark in stands.marks:
        is_same = (mark.step, mark.role) == (request.step, role)
        if is_same and mark.validity is Validity.VALID and mark.record:
            raise SignOffError(
                SignOffCode.ALREADY,
                section=request.section,
                step=request.step,
                role=role,
                day=mark.record.day,
            )
