"""Judge every signature of a PDF: its bytes, what came after it, and whom it leads to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pyhanko.sign.fields import MDPPerm

from board_report.archive.pades.container import container_faults, is_damage
from board_report.archive.pades.coverage import CoverageError, measure
from board_report.archive.pades.evidence import Store
from board_report.archive.pades.faults import not_a_pdf
from board_report.archive.pades.history import History, HistoryError
from board_report.archive.pades.keys import issuer_of, read_certificates, subject_of
from board_report.archive.pades.prefix import revision_ends
from board_report.archive.pades.reading import open_pdf
from board_report.archive.pades.records import SignatureReport, Trust, Verdict
from board_report.archive.pades.trust import Judge, Judgement, Moment
from board_report.archive.pades.updates import SIGNATURE, Update

if TYPE_CHECKING:
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature


def verify(
    data: bytes, *, trust: Trust, at: datetime, allow_network: bool
) -> tuple[SignatureReport, ...]:
    """See :func:`board_report.archive.pades.verify_pdf`."""
    roots = read_certificates(trust.roots)
    reader = open_pdf(data)
    if reader.encrypted:
        raise not_a_pdf("it is encrypted")
    later = _Later(data, History(reader))
    judge = Judge(trust, allow_network)
    now = Moment(at, _store(reader, reader.total_revisions - 1), is_now=True)
    found: list[SignatureReport] = []
    sealed: Moment | None = None
    # Newest first, because each is judged by the document timestamps after it.
    for signature in reversed(reader.embedded_signatures):
        report = _Case(data, signature, roots).report(later, judge, now, sealed)
        if report.kind == "document timestamp" and report.verdict is Verdict.VALID:
            store = _store(reader, signature.signed_revision)
            sealed = Moment(report.timestamped_at or at, store, is_now=False)
        has_stamp = any(
            each.kind == "document timestamp" and each.verdict is not Verdict.INVALID
            for each in found
        )
        if report.level == "B-LT" and has_stamp:
            report = replace(report, level="B-LTA")
        found.append(report)
    return tuple(reversed(found))


def _store(reader: PdfFileReader, revision: int) -> Store:
    """The proof that the file holds; none where it is damaged."""
    try:
        return Store.of(reader, revision)
    except Exception:  # noqa: BLE001  (damaged proof breaks the parser anywhere, and proves nothing)
        return Store()


class _Later:
    """What each revision added to the one before, explained once for all signatures."""

    def __init__(self, data: bytes, history: History) -> None:
        self._ends = revision_ends(data)
        self._size = len(data)
        self._history = history
        self._known: dict[int, tuple[tuple[str, ...], str]] = {}

    def after(self, revision: int) -> tuple[tuple[str, ...], str]:
        """What was added after a revision, and why not all of it can be accepted, if so."""
        if len(self._ends) != self._history.count or self._ends[-1] != self._size:
            return (), "the file does not consist of revisions that follow one another"
        added: list[str] = []
        for later in range(revision + 1, self._history.count):
            words, fault = self._of(later)
            added += words
            if fault:
                return tuple(added), fault
        return tuple(added), ""

    def _of(self, revision: int) -> tuple[tuple[str, ...], str]:
        if revision not in self._known:
            span = (self._ends[revision - 1], self._ends[revision])
            try:
                self._known[revision] = Update(self._history, revision, span).explain(), ""
            except HistoryError as error:
                self._known[revision] = (), str(error)
            except Exception as error:  # noqa: BLE001  (what cannot be read is not accepted)
                self._known[revision] = (), f"it cannot be read ({type(error).__name__})"
        return self._known[revision]


@dataclass(frozen=True)
class _Case:
    """One signature of a file."""

    data: bytes
    signature: EmbeddedPdfSignature
    roots: Sequence[x509.Certificate]

    @property
    def _kind(self) -> Literal["signature", "document timestamp"]:
        is_stamp = self.signature.sig_object.get("/Type", "/Sig") == "/DocTimeStamp"
        return "document timestamp" if is_stamp else "signature"

    def report(
        self, later: _Later, judge: Judge, now: Moment, sealed: Moment | None
    ) -> SignatureReport:
        """Judge it, whatever state it is in."""
        try:
            return self._report(later, judge, now, sealed)
        except CoverageError as error:
            return self._unreadable(str(error))
        except Exception as error:  # noqa: BLE001  (a damaged one breaks the parser anywhere)
            return self._unreadable(f"it is damaged ({type(error).__name__})")

    def _report(
        self, later: _Later, judge: Judge, now: Moment, sealed: Moment | None
    ) -> SignatureReport:
        signature = self.signature
        coverage = measure(self.data, signature.byte_range, signature.signed_revision)
        added, changed = later.after(signature.signed_revision)
        if signature.docmdp_level == MDPPerm.NO_CHANGES and SIGNATURE in added:
            changed = changed or "it was certified with no changes allowed, and signed again"
        certificate = signature.signer_cert
        is_stamp = self._kind == "document timestamp"
        judging = judge.judge_stamp if is_stamp else judge.judge_signature
        judgement = asyncio.run(judging(signature, now, sealed))
        container = container_faults(coverage.container, self.roots)
        return SignatureReport(
            field=str(signature.field_name),
            kind=self._kind,
            level="" if is_stamp else _level(judgement),
            verdict=_verdict(judgement, changed, container),
            signer=subject_of(certificate),
            issuer=issuer_of(certificate),
            serial_number=f"{certificate.serial_number:x}",
            claimed_at=None if is_stamp else signature.self_reported_timestamp,
            timestamped_at=judgement.timestamped_at,
            timestamped_by=judgement.timestamped_by,
            covered_bytes=coverage.end,
            file_bytes=len(self.data),
            covers_whole_file=coverage.is_whole_file,
            is_intact=judgement.is_intact,
            added_later=added,
            is_trusted=judgement.is_trusted,
            trust=judgement.words,
            revocation=judgement.revocation,
            faults=_faults(judgement, changed, container),
        )

    def _unreadable(self, why: str) -> SignatureReport:
        """The report on a signature of which nothing can be said but that it does not hold."""
        return SignatureReport(
            field=str(self.signature.field_name),
            kind=self._kind,
            level="",
            verdict=Verdict.INVALID,
            file_bytes=len(self.data),
            faults=(why,),
        )


def _level(judgement: Judgement) -> str:
    if not judgement.timestamped_at:
        return "B-B"
    if not judgement.has_proof:
        return "B-T"
    return "B-LT"


def _verdict(judgement: Judgement, changed: str, container: Sequence[str]) -> Verdict:
    if not judgement.is_intact or any(map(is_damage, container)):
        return Verdict.INVALID
    if changed:
        return Verdict.CHANGED
    if container or not judgement.is_trusted:
        return Verdict.UNTRUSTED
    return Verdict.VALID


def _faults(judgement: Judgement, changed: str, container: Sequence[str]) -> tuple[str, ...]:
    found = []
    if not judgement.is_intact:
        found.append("the signed bytes, or the signature, were changed after signing")
    if changed:
        found.append(f"what was appended after signing is more than signatures: {changed}")
    found += container
    if not judgement.is_trusted:
        found.append(judgement.words)
    return tuple(found)
