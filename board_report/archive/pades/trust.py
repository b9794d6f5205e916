"""Ask whether the roots given vouch for a signature, at the moment at which it is judged.

Time is walked backwards through the document timestamps, newest first. The newest is judged at
the moment of the check; each older one, and each signature, at the moment of the next document
timestamp after it, by the proof that this one covers. That a certificate has expired or was
revoked since is then no matter, and neither is what this machine's clock says. It is the chain of
timestamps of PAdES (ETSI EN 319 142-1), and each single judgement is the basic validation of
ETSI EN 319 102-1 as pyHanko implements it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed
from pyhanko.sign.validation.ades import ades_basic_validation, ades_timestamp_validation
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    message_imprint_checker,
)
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from board_report.archive.pades.evidence import Store, reason, specification
from board_report.archive.pades.keys import subject_of
from board_report.archive.pades.records import Trust

if TYPE_CHECKING:
    from asn1crypto import x509
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature


@dataclass(frozen=True)
class Moment:
    """A time at which something is judged, and the proof that is at hand for it."""

    at: datetime
    store: Store
    is_now: bool
    """Whether it is the moment of the check; else it is that of a trusted document timestamp."""


@dataclass(frozen=True)
class Judgement:
    """What is known of one signature apart from what was appended after it."""

    is_intact: bool
    is_trusted: bool
    words: str
    revocation: str
    has_proof: bool
    timestamped_at: datetime | None = None
    timestamped_by: str = ""


_NO_PROOF = frozenset(
    {AdESIndeterminate.TRY_LATER, AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE}
)
"""Results that say no more than that proof about revocation is missing."""


@dataclass(frozen=True)
class _Results:
    """Results of the standard's validation, for a signature and for its own timestamp."""

    result: Any
    stamped: Any = None

    @property
    def passed(self) -> bool:
        return _passed(self.result) and _passed(self.stamped)

    @property
    def worst(self) -> Any:
        return self.result if not _passed(self.result) or self.passed else self.stamped

    @property
    def failure(self) -> Any:
        return self.worst.ades_subindic


@dataclass(frozen=True)
class Judge:
    """Whom to trust, and whether to ask the authorities."""

    trust: Trust
    allow_network: bool

    async def judge_signature(
        self, signature: EmbeddedPdfSignature, now: Moment, sealed: Moment | None
    ) -> Judgement:
        """Judge a signature with the timestamp that is attached to it, where there is one.

        Args:
            signature: the signature.
            now: the moment of the check.
            sealed: that of the first trusted document timestamp after it; None without one.
        """
        stamp = next(extract_tst_data_iter(signature.signer_info, signed=False), None)
        current = await self._both(signature, stamp, now)
        status = current.result.api_status
        intact = status is not None and bool(status.intact and status.valid)
        best, settled = current, False
        if intact and now.store.has_proof:
            past = sealed or await self._moment_of(signature, stamp, now)
            proven = await self._both(signature, stamp, past)
            if _revoked_before(current.result, stamp, past):
                proven = current
            settled = proven.passed
            if settled or not current.passed or proven.failure not in _NO_PROOF:
                best = proven
        fault = _time_fault(signature.signer_cert, stamp) if best.passed else ""
        trusted = intact and best.passed and not fault
        return Judgement(
            is_intact=intact,
            is_trusted=trusted,
            words=fault or self._words(best.worst, intact=intact, trusted=trusted),
            revocation=now.store.words(
                allow_network=self.allow_network, settled=settled and trusted
            ),
            has_proof=now.store.has_proof,
            timestamped_at=None if stamp is None else _time_of(stamp),
            timestamped_by="" if stamp is None else _service_of(stamp),
        )

    async def judge_stamp(
        self, signature: EmbeddedPdfSignature, now: Moment, sealed: Moment | None
    ) -> Judgement:
        """Judge a document timestamp.

        Whether the certificate of the newest has been revoked since cannot be known from the
        file; it is good unless something known says otherwise.

        Args:
            signature: the timestamp.
            now: the moment of the check.
            sealed: that of the next trusted document timestamp; None for the newest.
        """
        token = signature.signed_data
        made = Moment(_time_of(token), now.store, is_now=False)
        digest = signature.compute_digest()
        result = await self._stamp(token, sealed or now, lambda _: digest)
        status = result.api_status
        intact = status is not None and bool(status.intact and status.valid)
        settled = _passed(result) and now.store.has_proof
        if settled and sealed is None:
            proven = await self._stamp(token, made, lambda _: digest)
            settled = _passed(proven)
            if proven.ades_subindic not in _NO_PROOF:
                result = proven
        trusted = intact and _passed(result)
        return Judgement(
            is_intact=intact,
            is_trusted=trusted,
            words=self._words(result, intact=intact, trusted=trusted),
            revocation=now.store.words(
                allow_network=self.allow_network, settled=settled and trusted
            ),
            has_proof=now.store.has_proof,
            timestamped_at=_time_of(token),
            timestamped_by=subject_of(signature.signer_cert),
        )

    async def _both(self, signature: EmbeddedPdfSignature, stamp: Any, moment: Moment) -> _Results:
        """The results for a signature and for its timestamp at a moment."""
        result = await ades_basic_validation(
            signature.signed_data,
            self._specification(moment),
            timing_info=_timing(moment),
            raw_digest=signature.compute_digest(),
        )
        if stamp is None:
            return _Results(result)
        expected = message_imprint_checker(signature.signer_info)
        return _Results(result, await self._stamp(stamp, moment, expected))

    async def _stamp(self, token: Any, moment: Moment, expected: Any) -> Any:
        return await ades_timestamp_validation(
            token,
            self._specification(moment),
            expected_tst_imprint=expected,
            timing_info=_timing(moment),
        )

    async def _moment_of(self, signature: EmbeddedPdfSignature, stamp: Any, now: Moment) -> Moment:
        """That of a signature's own timestamp when it is trusted now; else that of the check."""
        if stamp is not None:
            expected = message_imprint_checker(signature.signer_info)
            if _passed(await self._stamp(stamp, now, expected)):
                return Moment(_time_of(stamp), now.store, is_now=False)
        return replace(now, is_now=False)

    def _specification(self, moment: Moment) -> Any:
        return specification(
            self.trust,
            moment.store,
            allow_network=self.allow_network and moment.is_now,
            needs_proof=not moment.is_now,
        )

    def _words(self, result: Any, *, intact: bool, trusted: bool) -> str:
        if trusted:
            path = getattr(result.api_status, "validation_path", None)
            root = getattr(getattr(path, "trust_anchor", None), "certificate", None)
            return f"the certificate leads to the root {subject_of(root)}" if root else "trusted"
        if not self.trust.roots:
            return "no roots were named, so that nobody vouches for who signed"
        if not intact:
            return "a signature that does not hold leads to nobody"
        return reason(result.ades_subindic)


def _timing(moment: Moment) -> ValidationTimingInfo:
    return ValidationTimingInfo(moment.at, moment.at, point_in_time_validation=not moment.is_now)


def _passed(result: Any) -> bool:
    """Whether a result is good; a timestamp that is not there is no fault."""
    return result is None or result.ades_subindic == AdESPassed.OK


def _revoked_before(result: Any, stamp: Any, past: Moment) -> bool:
    """Whether what is known now says that the certificate was revoked before it was signed.

    A list that was made later than the proof in the file can say so.
    """
    if result.ades_subindic not in (
        AdESIndeterminate.REVOKED_NO_POE,
        AdESIndeterminate.REVOKED_CA_NO_POE,
    ):
        return False
    details = getattr(result.api_status, "revocation_details", None)
    signed_at = past.at if stamp is None else min(past.at, _time_of(stamp))
    return details is None or details.revocation_date <= signed_at


def _time_fault(certificate: x509.Certificate, stamp: Any) -> str:
    """Why a timestamp speaks against a signature, which the standard leaves to the caller."""
    if stamp is None:
        return ""
    if certificate.not_valid_before <= _time_of(stamp) <= certificate.not_valid_after:
        return ""
    return "the certificate was not valid when it was signed, as the timestamp says"


def _time_of(token: Any) -> datetime:
    found: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return found


def _service_of(token: Any) -> str:
    return subject_of(extract_certs_for_validation(token).signer_cert)
