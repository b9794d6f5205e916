"""Signatures are appended, at each level, by keys that may sign, with timestamps that hold."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from board_report.archive.pades import KeyFile, Level, Seal, Trust, sign_pdf, unsigned_prefix
from board_report.archive.pades.faults import SigningError
from board_report.sources.secret import Secret
from tests.signing_authority import PASSWORD, SIGNED_AT, Authority, issue
from tests.unit.pades.conftest import Sign

LEVELS: tuple[Level, ...] = ("B-B", "B-T", "B-LTA")


@pytest.mark.parametrize("level", LEVELS)
def test_signed_file_begins_with_the_unsigned_bytes(
    signed: Sign, paper: bytes, level: Level
) -> None:
    assert signed(level)[: len(paper)] == paper
    assert len(signed(level)) > len(paper)
    assert unsigned_prefix(signed(level)) == paper


def test_prefix_is_the_same_when_a_second_signature_is_added(
    signed: Sign, paper: bytes, signer: KeyFile
) -> None:
    twice = sign_pdf(signed("B-LTA"), signer, level="B-B", at=SIGNED_AT)

    assert twice.startswith(signed("B-LTA"))
    assert unsigned_prefix(twice) == paper


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and no more", b"startxref\n99999\n%%EOF\n"])
def test_prefix_of_what_is_not_signed_is_refused(data: bytes, paper: bytes) -> None:
    for each in (data, paper):
        with pytest.raises(SigningError, match="no signature"):
            unsigned_prefix(each)


@pytest.mark.parametrize("level", LEVELS)
def test_metadata_stay_as_built(signed: Sign, paper: bytes, level: Level) -> None:
    before, after = (pypdf.PdfReader(BytesIO(each)) for each in (paper, signed(level)))

    assert after.xmp_metadata is not None
    assert before.xmp_metadata is not None
    assert after.xmp_metadata.stream.get_data() == before.xmp_metadata.stream.get_data()
    assert after.metadata == before.metadata


def test_time_is_the_one_handed_in(signed: Sign) -> None:
    fields = pypdf.PdfReader(BytesIO(signed("B-B"))).get_fields()
    assert fields is not None
    assert fields["Signature1"]["/V"]["/M"].startswith("D:20261014093000")


def test_a_file_without_a_last_line_end_is_still_the_beginning(
    paper: bytes, signer: KeyFile
) -> None:
    short = paper.rstrip(b"\n")

    assert sign_pdf(short, signer, level="B-B", at=SIGNED_AT).startswith(short)


def test_long_term_level_asks_for_proof_and_the_others_do_not(
    services: Authority, paper: bytes, signer: KeyFile, trust: Trust
) -> None:
    asked = {}
    for level in LEVELS:
        services.asked.clear()
        _sign(services, paper, signer, level=level, trust=trust)
        asked[level] = set(services.asked)

    assert asked["B-B"] == set()
    assert asked["B-T"] == {"/tsa"}
    assert asked["B-LTA"] == {"/tsa", "/ocsp", "/root.crl", "/intermediate.crl"}


def test_lists_given_as_files_stand_in_for_the_network(
    services: Authority, paper: bytes, signer: KeyFile
) -> None:
    for path in ("/ocsp", "/root.crl", "/intermediate.crl"):
        services.broken[path] = lambda _: (503, "text/plain", b"closed")
    lists = tuple(map(services.revocation_list, (services.root, services.intermediate)))

    with pytest.raises(SigningError, match="cannot be had"):
        _sign(services, paper, signer, level="B-LTA", trust=Trust((services.root.pem,)))
    made = _sign(services, paper, signer, level="B-LTA", trust=Trust((services.root.pem,), lists))

    assert made.startswith(paper)


def test_long_term_level_needs_roots_that_fit(
    services: Authority, paper: bytes, signer: KeyFile
) -> None:
    stranger = issue("Stranger", None, is_authority=True)

    with pytest.raises(SigningError, match="--trust"):
        _sign(services, paper, signer, level="B-LTA", trust=None)
    with pytest.raises(SigningError, match="cannot be had"):
        _sign(services, paper, signer, level="B-LTA", trust=Trust((stranger.pem,)))


def test_a_revoked_certificate_does_not_sign_for_the_long_term(
    services: Authority, paper: bytes, signer: KeyFile, trust: Trust
) -> None:
    services.revoked[services.signer.certificate.serial_number] = SIGNED_AT - timedelta(days=3)

    with pytest.raises(SigningError, match="revoked"):
        _sign(services, paper, signer, level="B-LTA", trust=trust)


def _sign(
    services: Authority, paper: bytes, signer: KeyFile, *, level: Level, trust: Trust | None
) -> bytes:
    url = f"{services.address}/tsa"
    return sign_pdf(paper, signer, level=level, at=SIGNED_AT, timestamp_url=url, trust=trust)


# --- keys ----------------------------------------------------------------------------------------


def test_wrong_password_is_said_without_showing_it(
    paper: bytes, signer: KeyFile, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = KeyFile(signer.path, Secret("not-the-password"))

    with pytest.raises(SigningError, match="password does not open") as caught:
        sign_pdf(paper, wrong, level="B-B", at=SIGNED_AT)

    assert "not-the-password" not in f"{caught.value!r} {caught.value.message} {caplog.text}"
    assert "not-the-password" not in repr(wrong)


@pytest.mark.parametrize("data", [b"", b"-----BEGIN PRIVATE KEY-----", b"\x30\x03\x02\x01\x03"])
def test_a_file_that_is_no_key_file_is_said(paper: bytes, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "key.p12").write_bytes(data)

    with pytest.raises(SigningError, match=r"PKCS#12|password"):
        sign_pdf(paper, KeyFile(tmp_path / "key.p12", Secret("")), level="B-B", at=SIGNED_AT)
    with pytest.raises(SigningError, match="cannot be read"):
        sign_pdf(paper, KeyFile(tmp_path / "none.p12", Secret("")), level="B-B", at=SIGNED_AT)


def test_a_key_file_without_a_key_is_said(
    authority: Authority, paper: bytes, tmp_path: Path
) -> None:
    data = pkcs12.serialize_key_and_certificates(
        b"none", None, authority.signer.certificate, None,
        serialization.BestAvailableEncryption(b"p"),
    )  # fmt: skip
    (tmp_path / "key.p12").write_bytes(data)

    with pytest.raises(SigningError, match="no private key"):
        sign_pdf(paper, KeyFile(tmp_path / "key.p12", Secret("p")), level="B-B", at=SIGNED_AT)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2029, 2, 1, tzinfo=UTC), r"expired on 31 December 2028"),
        (datetime(2025, 12, 31, tzinfo=UTC), r"not valid before 1 January 2026"),
    ],
)
def test_a_certificate_that_is_not_valid_does_not_sign(
    paper: bytes, signer: KeyFile, at: datetime, words: str
) -> None:
    with pytest.raises(SigningError, match=words):
        sign_pdf(paper, signer, level="B-B", at=at)


def test_a_certificate_for_something_else_does_not_sign(
    authority: Authority, paper: bytes, tmp_path: Path
) -> None:
    from tests.signing_authority import ISSUING

    path = authority.key_file(
        tmp_path / "ca.p12", authority.issue_signer("Wrong use", usage=ISSUING)
    )

    with pytest.raises(SigningError, match="not for signing documents"):
        sign_pdf(paper, KeyFile(path, Secret(PASSWORD)), level="B-B", at=SIGNED_AT)


def test_a_moment_needs_its_time_zone(paper: bytes, signer: KeyFile) -> None:
    with pytest.raises(ValueError, match="time zone"):
        sign_pdf(paper, signer, level="B-B", at=datetime(2026, 10, 14))  # noqa: DTZ001


# --- documents that may not be signed ------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a workbook", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_not_signed(signer: KeyFile, data: bytes) -> None:
    with pytest.raises(SigningError, match="cannot be read as a PDF"):
        sign_pdf(data, signer, level="B-B", at=SIGNED_AT)


def test_an_encrypted_pdf_is_not_signed(paper: bytes, signer: KeyFile) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(paper))
    writer.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)

    with pytest.raises(SigningError, match="encrypted"):
        sign_pdf(out.getvalue(), signer, level="B-B", at=SIGNED_AT)


def test_a_seal_does_not_go_onto_a_signed_document(signed: Sign, signer: KeyFile) -> None:
    with pytest.raises(SigningError, match="visible seal"):
        sign_pdf(signed("B-B"), signer, level="B-B", at=SIGNED_AT, visible=Seal("Jordan Avery"))


# --- timestamp services that misbehave -----------------------------------------------------------


def _granted_for_another(authority: Authority) -> Callable[[bytes], tuple[int, str, bytes]]:
    from asn1crypto import tsp

    def answer(body: bytes) -> tuple[int, str, bytes]:
        request = tsp.TimeStampReq.load(body)
        request["message_imprint"]["hashed_message"] = hashlib.sha256(b"another").digest()
        changed = authority.answer_timestamp(request.dump(force=True))
        return 200, "application/timestamp-reply", changed

    return answer


def _refused(_: bytes) -> tuple[int, str, bytes]:
    from asn1crypto import tsp

    status = tsp.PKIStatusInfo({"status": "rejection", "status_string": ["out of hours"]}).dump()
    return 200, "application/timestamp-reply", bytes([0x30, len(status)]) + status


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda _: (500, "text/plain", b""), "HTTP status 500"),
        (lambda _: (200, "text/html", b"<html>log in</html>"), "no timestamp"),
        (lambda _: (200, "application/timestamp-reply", b""), "no timestamp"),
        (lambda _: (200, "application/timestamp-reply", b"\x30\x00"), "no timestamp"),
        (lambda _: (200, "application/timestamp-reply", b"0" * 300_000), "more than any"),
        (_refused, "out of hours"),
        (_granted_for_another, "timestamp of something else"),
    ],
)
def test_a_bad_answer_of_the_timestamp_service_is_said(
    services: Authority, paper: bytes, signer: KeyFile, answer: Callable, words: str
) -> None:
    services.broken["/tsa"] = answer(services) if answer is _granted_for_another else answer

    with pytest.raises(SigningError, match=words) as caught:
        _sign(services, paper, signer, level="B-T", trust=None)

    assert services.address in caught.value.message


@pytest.mark.parametrize("url", ["", "ftp://host/", "https://user:secret@host/", "file:///etc"])
def test_an_address_that_is_none_is_refused(paper: bytes, signer: KeyFile, url: str) -> None:
    with pytest.raises(SigningError, match="timestamp service") as caught:
        sign_pdf(paper, signer, level="B-T", at=SIGNED_AT, timestamp_url=url)

    assert "secret" not in caught.value.message


# --- by the word of another program --------------------------------------------------------------


def test_openssl_accepts_signature_and_timestamp(
    signed: Sign, authority: Authority, tmp_path: Path
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl")
    data = signed("B-T")
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]", data)
    assert found is not None
    _, first, second, length = map(int, found.groups())
    container = bytes.fromhex(data[first + 1 : second - 1].decode())
    (tmp_path / "signature.der").write_bytes(container)
    (tmp_path / "content").write_bytes(data[:first] + data[second : second + length])
    authority.root_file(tmp_path / "root.pem")
    _openssl(tmp_path, "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature.der",
             "-content", "content", "-CAfile", "root.pem", "-purpose", "any",
             "-out", "verified")  # fmt: skip
    assert (tmp_path / "verified").read_bytes() == (tmp_path / "content").read_bytes()

    with pytest.raises(subprocess.CalledProcessError):
        (tmp_path / "content").write_bytes(data[:first] + data[second:] + b" ")
        _openssl(tmp_path, "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature.der",
                 "-content", "content", "-CAfile", "root.pem", "-purpose", "any",
                 "-out", "verified")  # fmt: skip


def _openssl(folder: Path, *arguments: str) -> None:
    moment = str(int(SIGNED_AT.timestamp()))
    subprocess.run(
        ["openssl", *arguments, "-attime", moment], cwd=folder, check=True, capture_output=True
    )
