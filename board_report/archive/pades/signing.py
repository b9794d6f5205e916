"""Append a PAdES signature to a PDF with pyHanko."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.general import SigningError as PyhankoSigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import read_certification_data
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError
from pyhanko_certvalidator.errors import ValidationError as CertificateError

from board_report.archive.pades.faults import SigningError, not_a_pdf
from board_report.archive.pades.keys import (
    check_certificate,
    opened,
    read_certificates,
    read_revocation_lists,
    subject_of,
    uses_of,
)
from board_report.archive.pades.reading import open_pdf
from board_report.archive.pades.records import Level, Seal, SignerSource, Trust
from board_report.archive.pades.stamping import TimestampService

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.signers import Signer
    from pyhanko.sign.signers.pdf_signer import PreSignValidationStatus


def sign(
    data: bytes,
    signer: SignerSource,
    *,
    level: Level,
    at: datetime,
    timestamp_url: str,
    trust: Trust | None,
    visible: Seal | None,
    reason: str,
) -> bytes:
    """See :func:`board_report.archive.pades.sign_pdf`."""
    reader = open_pdf(data)
    _check_signable(reader, visible)
    service = _service(level, timestamp_url)
    if level == "B-LTA" and not (trust and trust.roots):
        raise SigningError(
            "level B-LTA needs the root certificates that the signer's and the timestamp "
            "service's lead to.",
            mend="Name them with --trust FILE.",
        )
    with opened(signer) as key:
        check_certificate(key.signing_cert, at)
        metadata = _metadata(reader, key.signing_cert, level, at, trust, reason)
        signed = asyncio.run(_signed(data, key, metadata, service, at, visible))
    if not signed.startswith(data):
        raise AssertionError("a signature changed the document that it was to be appended to")
    return signed


def _check_signable(reader: PdfFileReader, visible: Seal | None) -> None:
    if reader.encrypted:
        raise SigningError(
            "the PDF is encrypted, and an archival document must not be.",
            mend="Sign the document as `board-report build` wrote it.",
        )
    certified = read_certification_data(reader)
    if certified and certified.permission == MDPPerm.NO_CHANGES:
        raise SigningError(
            "the PDF is certified, and its author allowed no changes: not even a signature.",
            mend="Sign the document before it is certified.",
        )
    if visible and reader.embedded_signatures:
        raise SigningError(
            "a visible seal would change a document that is signed already.",
            mend="Let whoever signs first have the seal; sign without it.",
        )


def _service(level: Level, url: str) -> TimestampService | None:
    if level == "B-B":
        return None
    if not url:
        raise SigningError(
            f"level {level} needs a timestamp service.",
            mend="Name it with --timestamp-url URL, or sign at level B-B.",
        )
    return TimestampService(url)


def _metadata(
    reader: PdfFileReader,
    certificate: x509.Certificate,
    level: Level,
    at: datetime,
    trust: Trust | None,
    reason: str,
) -> PdfSignatureMetadata:
    names = {found.field_name for found in reader.embedded_signatures}
    plain = PdfSignatureMetadata(
        field_name=_free_name("Signature", names),
        md_algorithm="sha256",
        reason=reason or None,
        name=subject_of(certificate),
        subfilter=SigSeedSubFilter.PADES,
        signer_key_usage=uses_of(certificate),
    )
    if level != "B-LTA" or trust is None:
        return plain
    return replace(
        plain,
        embed_validation_info=True,
        use_pades_lta=True,
        timestamp_field_name=_free_name("Timestamp", names),
        validation_context=ValidationContext(
            trust_roots=read_certificates(trust.roots),
            crls=read_revocation_lists(trust.revocation_lists),
            allow_fetching=True,
            revocation_mode="require",
            moment=at,
        ),
    )


def _free_name(stem: str, taken: set[str]) -> str:
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


async def _signed(
    data: bytes,
    key: Signer,
    metadata: PdfSignatureMetadata,
    service: TimestampService | None,
    at: datetime,
    visible: Seal | None,
) -> bytes:
    whole = data if data.endswith((b"\n", b"\r")) else data + b"\n"
    writer = _Appender(BytesIO(whole))
    style = _add_field(writer, metadata.field_name, at, visible)
    signer = PdfSigner(metadata, key, timestamper=service, stamp_style=style)
    try:
        return await _perform(signer, writer, at)
    except TimestampRequestError as error:
        raise (service.refuse("gives no answer that holds") if service else error) from error
    except (PathBuildingError, PathValidationError, CertificateError) as error:
        raise _no_proof(error) from error
    except PyhankoSigningError as error:
        if isinstance(error.__cause__, PathBuildingError | PathValidationError):
            raise _no_proof(error.__cause__) from error
        raise SigningError(
            f"it cannot be signed: {_first_line(error)}.",
            mend="Check the key, its certificate and the PDF.",
        ) from error
    except PdfError as error:
        raise not_a_pdf(_first_line(error)) from error
    finally:
        if metadata.validation_context is not None:
            await metadata.validation_context.aclose()


def _add_field(
    writer: IncrementalPdfFileWriter, name: str | None, at: datetime, visible: Seal | None
) -> Any:
    if visible is not None:
        from board_report.archive.pades.seal import add_sealed_field

        return add_sealed_field(writer, str(name), visible, at)
    append_signature_field(writer, SigFieldSpec(str(name), readable_field_name="Signature"))
    return None


async def _perform(signer: PdfSigner, writer: IncrementalPdfFileWriter, at: datetime) -> bytes:
    """The steps of ``PdfSigner.async_sign_pdf``, with the time handed in and no clock read."""
    session = signer.init_signing_session(writer)
    session.system_time = at
    known = await session.perform_presign_validation(writer)
    room = await session.estimate_signature_container_size(known, tight=False)
    document = session.prepare_tbs_document(validation_info=known, bytes_reserved=room)
    output = BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    await document.perform_signature(
        document_digest=prepared.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
    )
    if known is not None:
        await _add_proof(output, known, signer)
    return output.getvalue()


async def _add_proof(output: BytesIO, known: PreSignValidationStatus, signer: PdfSigner) -> None:
    """One more revision, which holds the proof about certificates and a timestamp over it all.

    An index of the proof by signature would need a third one, and no reader asks for it.
    """
    metadata = signer.signature_meta
    writer = _Appender(output)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        sig_contents=None,
        paths=known.validation_paths,
        ocsps=known.ocsps_to_embed,
        crls=known.crls_to_embed,
        validation_context=metadata.validation_context,
    )
    assert signer.default_timestamper is not None, "B-LTA has a timestamp service"
    stamper = PdfTimeStamper(signer.default_timestamper, metadata.timestamp_field_name)
    await stamper.async_timestamp_pdf(writer, metadata.md_algorithm, in_place=True)


class _Appender(IncrementalPdfFileWriter):
    """Appends what it is told to and leaves the document's own metadata as it was built.

    pyHanko would put the clock's time and its own name into it, so that a signed report would
    no longer say when it was made and by what.
    """

    def _update_meta(self) -> None:
        return


def _no_proof(error: BaseException) -> SigningError:
    return SigningError(
        f"what proves that the certificates were good cannot be had: {_first_line(error)}.",
        mend="Check that --trust names the roots of the signer and of the timestamp service, and "
        "that the addresses in their certificates can be reached (or give --crl FILE).",
    )


def _first_line(error: BaseException) -> str:
    said = getattr(error, "failure_message", "") or str(error) or type(error).__name__
    return " ".join(str(said).split()).rstrip(".")[:300]
