"""Signatures: what they hold for, what voids them, which are refused, and which files count."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from board_report.archive.manifest import files_read, inputs_fingerprint
from board_report.archive.sign_off_record import add_record
from board_report.errors import DocumentError
from board_report.governance.sign_off_codes import SIGN_OFF_FAULTS, SignOffCode, SignOffError
from board_report.governance.sign_off_differences import Difference, differences
from board_report.governance.sign_off_files import (
    file_of,
    read_section,
    record_text,
    section_folder,
    signed_files,
)
from board_report.governance.sign_offs import (
    SignOff,
    Standing,
    Step,
    Validity,
    content_sha256,
    standing,
)
from board_report.governance.signing import Request, signature
from board_report.period import Quarter
from tests.governance_data import project

QUARTER = Quarter(2026, 3)
SECTION = "security"
NOW = {"figure mttd": "19 h", "incidents / title": "Two major incidents", "exposure / body": "6"}
START = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)

PEOPLE = [
    {"role": role, "role_title": role, "person_name": name, "since": date(2024, 1, 1)}
    for role, name in (
        ("CISO", "Ann Able"),
        ("CTO", "Ben Bold"),
        ("CFO", "Cy Clear"),
        ("COO", "Di Dawn"),
        ("PMO", "ann able"),
    )
] + [
    {"role": "CIO", "role_title": "", "person_name": "Ed Ebb", "since": date(2026, 10, 13)},
]


def slower(hours: str = "20 h") -> dict[str, str]:
    """What the section says once a figure changed."""
    return {**NOW, "figure mttd": hours}


class Book:
    """Signs in a folder as the program does, a day after the last."""

    def __init__(self, folder: Path, required: tuple[str, ...] = ("CISO",)) -> None:
        self.folder, self.required, self.day = folder, required, START

    @property
    def place(self) -> Path:
        return self.folder / section_folder(QUARTER, SECTION)

    def standing(self, now: Mapping[str, str] = NOW) -> Standing:
        files = read_section(self.folder, QUARTER, SECTION)
        return standing(SECTION, now, files.records, self.required)

    def sign(self, step: str, role: str, now: Mapping[str, str] = NOW, **request: Any) -> SignOff:
        self.day += timedelta(days=1)
        asked = Request(SECTION, Step(step), role, **{"on": self.day, **request})
        record = signature(
            asked,
            PEOPLE,
            now,
            self.standing(now),
            read_section(self.folder, QUARTER, SECTION),
            section_folder(QUARTER, SECTION),
        )
        add_record(self.folder / record.file, record_text(record))
        return record

    def refused(self, step: str, role: str, **request: Any) -> SignOffCode:
        """The code with which a signature is refused; nothing may be written then."""
        before = sorted(self.folder.rglob("*"))
        with pytest.raises(SignOffError) as error:
            self.sign(step, role, **request)
        assert sorted(self.folder.rglob("*")) == before
        return error.value.code

    def approve(self, now: Mapping[str, str] = NOW) -> None:
        self.sign("prepared", "COO", now)
        self.sign("reviewed", "CTO", now)
        for role in self.required:
            self.sign("approved", role, now)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


# What a signature holds for


def test_hash_is_of_every_entry_and_not_of_their_order() -> None:
    sha256 = content_sha256(NOW)

    assert content_sha256(dict(reversed(NOW.items()))) == sha256
    for path in NOW:
        assert content_sha256({**NOW, path: f"{NOW[path]} "}) != sha256
        assert content_sha256({key: NOW[key] for key in NOW if key != path}) != sha256
    assert content_sha256({**NOW, "people / title": ""}) != sha256


def test_nothing_signed_is_missing(book: Book) -> None:
    found = book.standing()

    assert found.missing == ("prepared", "reviewed", "approved by CISO")
    assert not found.is_approved
    assert found.approved_on is None


def test_section_is_approved_by_every_role_that_must(tmp_path: Path) -> None:
    book = Book(tmp_path, ("CISO", "CFO"))
    book.sign("prepared", "COO")
    book.sign("reviewed", "CTO")
    book.sign("approved", "CISO")
    assert book.standing().missing == ("approved by CFO",)

    book.sign("approved", "CFO")

    assert book.standing().is_approved
    assert book.standing().approved_on == date(2026, 10, 16)


def test_changed_figure_voids_every_signature_and_is_named_first(book: Book) -> None:
    book.approve()

    found = book.standing(
        {
            "exposure / body": "7",
            "incidents / title": "Three major incidents",
            "figure mttd": "20 h",
        }
    )

    assert not found.is_approved
    assert [each.validity for each in found.marks] == [Validity.VOID] * 3
    assert found.approved[0].changes == (
        "figure mttd: was 19 h, is 20 h",
        "incidents / title: was Two major incidents, is Three major incidents",
        "exposure / body: was 6, is 7",
    )


def test_change_taken_back_is_approved_again(book: Book) -> None:
    book.approve()

    assert not book.standing(slower("20 h")).is_approved
    assert book.standing(slower("19 h")).is_approved


def test_five_changes_are_named_and_the_others_counted() -> None:
    was = {f"exposure / {at}": "1" for at in range(8)}
    found = differences(was, dict.fromkeys(was, "2") | {"exposure / new": "3"})

    assert len(found) == 9
    mark = replace(standing(SECTION, NOW, (), ("CISO",)).prepared, differences=found)
    assert (len(mark.changes), mark.more) == (5, 4)


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        (None, "19 h", "figure mttd: is new: 19 h"),
        ("19 h", None, "figure mttd: was 19 h, is gone"),
        ("", "19 h", "figure mttd: was empty, is 19 h"),
        (
            f"{'All is as it was, and so on. ' * 4}It cost $3.1M.",
            f"{'All is as it was, and so on. ' * 4}It cost $3.2M.",
            "figure mttd: was ...on. It cost $3.1M., is ...on. It cost $3.2M.",
        ),
    ],
)
def test_change_in_words(was: str | None, now: str | None, sentence: str) -> None:
    assert Difference("figure mttd", was, now).sentence == sentence


# Order and own work


def test_steps_follow_one_another(book: Book) -> None:
    assert book.refused("reviewed", "CTO") is SignOffCode.OUT_OF_ORDER
    assert book.refused("approved", "CISO") is SignOffCode.OUT_OF_ORDER
    book.sign("prepared", "COO")
    assert book.refused("approved", "CISO") is SignOffCode.OUT_OF_ORDER
    book.sign("reviewed", "CTO")
    book.sign("approved", "CISO")

    assert book.standing().is_approved


def test_steps_are_of_the_same_content(book: Book) -> None:
    book.sign("prepared", "COO", slower("18 h"))
    assert book.refused("reviewed", "CTO") is SignOffCode.OUT_OF_ORDER
    book.sign("prepared", "COO")
    book.sign("reviewed", "CTO")
    assert book.refused("approved", "CISO", now=slower("18 h"))


def test_nobody_signs_off_own_work_in_any_role(book: Book) -> None:
    """Ann holds two roles, and one of them is written in small letters."""
    book.sign("prepared", "PMO")
    assert book.refused("reviewed", "CISO") is SignOffCode.OWN_WORK
    book.sign("reviewed", "CTO")
    assert book.refused("approved", "CISO") is SignOffCode.OWN_WORK

    again = Book(book.folder / "again")
    again.approve()
    assert again.standing().is_approved


def test_preparing_what_one_approved_voids_the_approval(book: Book) -> None:
    book.approve()
    book.sign("prepared", "CISO")

    found = book.standing()

    assert not found.is_approved
    assert found.approved[0].validity is Validity.VOID
    assert "own work" in found.approved[0].reason


@pytest.mark.parametrize(("role", "code"), [("CISSO", "NOT_HELD"), ("CFO", "NOT_ASKED")])
def test_role_must_be_held_and_asked(book: Book, role: str, code: str) -> None:
    book.sign("prepared", "COO")
    book.sign("reviewed", "CTO")

    assert book.refused("approved", role) is SignOffCode[code]


def test_role_must_be_held_on_that_day(book: Book) -> None:
    """The CIO came on 13 October; a role's name may be written in small letters."""
    assert book.refused("prepared", "CIO", on=START) is SignOffCode.NOT_HELD
    assert book.sign("prepared", "cio").person == "Ed Ebb"


def test_same_signature_is_refused_and_another_is_not(book: Book) -> None:
    book.sign("prepared", "COO")
    assert book.refused("prepared", "COO") is SignOffCode.ALREADY
    book.sign("prepared", "COO", slower("20 h"))


def test_signature_is_not_dated_before_the_last(book: Book) -> None:
    book.sign("prepared", "COO")
    assert book.refused("reviewed", "CTO", on=START) is SignOffCode.BEFORE_THE_LAST


def test_incomplete_section_is_reviewed_and_not_approved(book: Book) -> None:
    book.sign("prepared", "COO", incomplete="1 gap.")
    book.sign("reviewed", "CTO", incomplete="1 gap.")
    assert book.refused("approved", "CISO", incomplete="1 gap.") is SignOffCode.INCOMPLETE
    book.sign("approved", "CISO")


def test_withdrawing_takes_back_the_role_and_what_rests_on_it(book: Book) -> None:
    book.approve()
    book.sign("withdrawn", "CTO")

    found = book.standing()

    assert found.prepared.validity is Validity.VALID
    assert found.reviewed.validity is Validity.MISSING
    assert found.approved[0].validity is Validity.VOID
    assert "withdrawn" in found.approved[0].reason
    assert book.refused("withdrawn", "CTO") is SignOffCode.NOTHING
    assert book.refused("withdrawn", "CFO") is SignOffCode.NOTHING
    book.sign("reviewed", "CTO")
    book.sign("approved", "CISO")
    assert book.standing().is_approved


# Files


def edit(path: Path, **changes: object) -> None:
    """Change a record as somebody with an editor would."""
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def codes(book: Book) -> list[str]:
    return [each.code for each in read_section(book.folder, QUARTER, SECTION).findings]


def test_record_says_all_and_is_named_by_number_step_and_role(book: Book) -> None:
    book.approve()

    names = [path.name for path in sorted(book.place.iterdir())]
    assert names == ["001-prepared-COO.json", "002-reviewed-CTO.json", "003-approved-CISO.json"]
    third = json.loads((book.place / names[2]).read_text("utf-8"))
    assert third["person"] == "Ann Able"
    assert third["on"] == "2026-10-15T09:00:00+00:00"
    assert third["content"] == NOW
    data = (book.place / names[1]).read_bytes()
    assert third["previous_sha256"] == hashlib.sha256(data).hexdigest()
    assert signed_files(book.folder, QUARTER) == tuple(
        f"sign_off/2026-Q3/security/{name}" for name in names
    )


def test_role_cannot_lead_out_of_the_folder() -> None:
    name = file_of("sign_off/2026-Q3/security", 4, Step.APPROVED, "../../x y/Chief")
    assert name == "sign_off/2026-Q3/security/004-approved-x-y-Chief.json"
    assert file_of("f", 1, Step.PREPARED, "//") == "f/001-prepared-role.json"


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "Cy Clear"},
        {"role": "CFO"},
        {"on": "2026-10-16T09:00:00+00:00"},
        {"content": {**NOW, "figure mttd": "20 h"}},
        {"format": "something else"},
        {"format_version": 2},
    ],
)
def test_edited_record_counts_as_no_approval(book: Book, changes: dict[str, object]) -> None:
    book.approve()
    edit(book.place / "003-approved-CISO.json", **changes)

    assert codes(book) == [SignOffCode.DAMAGED]
    assert book.standing().missing == ("approved by CISO",)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_unreadable_record_counts_as_no_approval(book: Book, data: bytes) -> None:
    book.approve()
    (book.place / "003-approved-CISO.json").write_bytes(data)

    assert codes(book) == [SignOffCode.DAMAGED]
    assert not book.standing().is_approved


def test_edit_of_an_earlier_record_breaks_the_chain(book: Book) -> None:
    """Also one that is sound by itself, which only the file after it can tell."""
    book.approve()
    first = book.place / "001-prepared-COO.json"
    other = Book(book.folder / "other")
    other.sign("prepared", "CFO")
    first.write_bytes((other.place / "001-prepared-CFO.json").read_bytes())

    assert codes(book) == [SignOffCode.CHAIN_BROKEN]
    assert book.standing().missing == ("reviewed", "approved by CISO")


def test_removed_record_breaks_the_chain(book: Book) -> None:
    book.approve()
    (book.place / "002-reviewed-CTO.json").unlink()

    assert codes(book) == [SignOffCode.CHAIN_BROKEN]
    assert not book.standing().is_approved


def test_section_can_be_signed_again_after_damage(book: Book) -> None:
    book.approve()
    (book.place / "002-reviewed-CTO.json").write_bytes(b"{")
    book.sign("reviewed", "CTO")
    book.sign("approved", "CISO")

    assert codes(book) == [SignOffCode.DAMAGED, SignOffCode.CHAIN_BROKEN]
    assert book.standing().is_approved
    assert (book.place / "005-approved-CISO.json").is_file()


def test_line_ends_that_version_control_changed_break_nothing(book: Book) -> None:
    book.approve()
    for path in book.place.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert codes(book) == []
    assert book.standing().is_approved


def test_other_files_are_left_alone(book: Book) -> None:
    book.approve()
    (book.place / "notes.json").write_text("mine")
    (book.place / ".004-approved-CFO.json.new").write_text("left by a crash")

    assert codes(book) == []
    assert book.standing().is_approved


def test_record_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "sign_off" / "001-prepared-COO.json"
    add_record(path, "one")

    with pytest.raises(DocumentError, match="at the same time"):
        add_record(path, "two")

    assert path.read_text() == "one"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "sign_off").write_text("a file")

    with pytest.raises(DocumentError, match="cannot be recorded"):
        add_record(tmp_path / "sign_off" / "001-prepared-COO.json", "one")


def test_changed_sentence_or_signature_changes_the_fingerprint(tmp_path: Path) -> None:
    """So that a document of before is not taken for one of now."""
    book = Book(tmp_path)
    book.sign("prepared", "COO")
    (tmp_path / "commentary").mkdir()
    page = tmp_path / "commentary" / "people.md"
    page.write_text("We train.")

    def fingerprint() -> str:
        names = (*signed_files(tmp_path, QUARTER), "commentary/people.md")
        return inputs_fingerprint(project(), files_read(tmp_path, names))

    found = [fingerprint()]
    page.write_text("We trained.")
    found.append(fingerprint())
    book.sign("reviewed", "CTO")
    found.append(fingerprint())
    assert len(set(found)) == 3
    assert fingerprint() == found[-1]


def test_every_code_is_explained() -> None:
    assert set(SIGN_OFF_FAULTS) == set(SignOffCode)
    assert all(each.value.startswith("sign_off_") for each in SignOffCode)
