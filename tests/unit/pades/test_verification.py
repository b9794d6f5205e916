"""A signature is trusted by the roots given, at the moment given, and for the reason given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from board_report.archive.pades import (
    KeyFile,
    Level,
    SignatureReport,
    Trust,
    Verdict,
    sign_pdf,
    verify_pdf,
)
from board_report.archive.pades.faults import SigningError
from board_report.sources.secret import Secret
from tests.signing_authority import BEGIN, PASSWORD, SIGNED_AT, YEAR, Authority, issue
from tests.unit.pades.conftest import Sign

LEVELS: tuple[Level, ...] = ("B-B", "B-T", "B-LTA")
IN_2033 = datetime(2033, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("level", LEVELS)
def test_signature_is_valid_with_its_root(signed: Sign, trust: Trust, level: Level) -> None:
    report = verify_pdf(signed(level), trust_roots=trust.roots, at=SIGNED_AT)[0]

    assert report.verdict is Verdict.VALID
    assert report.level == level
    assert report.kind == "signature"
    assert report.signer == "Jordan Avery, Chief Information Security Officer, " + (
        "Corvane Trust Services"
    )
    assert report.issuer.startswith("Test Intermediate")
    assert report.claimed_at == SIGNED_AT
    assert report.is_intact
    assert report.faults == ()


@pytest.mark.parametrize("level", LEVELS)
def test_signature_is_not_trusted_without_its_root(
    signed: Sign, authority: Authority, level: Level
) -> None:
    stranger = issue("Test Root", None, is_authority=True)

    for roots, words in (((), "no roots were named"), ((stranger.der,), "none of the roots")):
        report = verify_pdf(signed(level), trust_roots=roots, at=SIGNED_AT)[0]
        assert report.verdict is Verdict.UNTRUSTED
        assert report.is_intact
        assert words in report.trust


def test_what_is_covered_and_what_came_later(signed: Sign, trust: Trust) -> None:
    simple = verify_pdf(signed("B-T"), trust_roots=trust, at=SIGNED_AT)
    signature, stamp = verify_pdf(signed("B-LTA"), trust_roots=trust, at=SIGNED_AT)

    assert [each.covers_whole_file for each in (*simple, signature, stamp)] == [True, False, True]
    assert simple[0].covered_bytes == simple[0].file_bytes == len(signed("B-T"))
    assert signed("B-LTA")[: signature.covered_bytes].endswith(b"%%EOF\n")
    assert signature.added_later[0] == "a document timestamp"
    assert signature.added_later[1].startswith("proof about certificates (")
    assert stamp.kind == "document timestamp"
    assert stamp.added_later == ()


def test_timestamps_say_when_and_by_whom(signed: Sign, trust: Trust) -> None:
    none = verify_pdf(signed("B-B"), trust_roots=trust, at=SIGNED_AT)[0]
    stamped = verify_pdf(signed("B-T"), trust_roots=trust, at=SIGNED_AT)[0]

    assert (none.timestamped_at, none.timestamped_by) == (None, "")
    assert stamped.timestamped_at == SIGNED_AT
    assert stamped.timestamped_by.startswith("Test Timestamp Service")


def test_proof_about_revocation_is_told(signed: Sign, trust: Trust) -> None:
    without, with_proof = (
        verify_pdf(signed(level), trust_roots=trust, at=SIGNED_AT)[0].revocation
        for level in ("B-T", "B-LTA")
    )

    assert without.startswith("no proof about revocation is in the file")
    assert "1 status answers, 2 lists" in with_proof
    assert "was not revoked" in with_proof


@pytest.mark.parametrize(
    ("level", "at", "verdict"),
    [
        ("B-B", datetime(2028, 12, 30, tzinfo=UTC), Verdict.VALID),
        ("B-B", datetime(2029, 1, 2, tzinfo=UTC), Verdict.UNTRUSTED),
        ("B-T", datetime(2028, 12, 30, tzinfo=UTC), Verdict.VALID),
        ("B-T", IN_2033, Verdict.UNTRUSTED),
        ("B-LTA", datetime(2027, 10, 1, tzinfo=UTC), Verdict.VALID),
        ("B-LTA", IN_2033, Verdict.VALID),
        ("B-LTA", datetime(2037, 12, 1, tzinfo=UTC), Verdict.VALID),
        ("B-LTA", datetime(2038, 1, 1, tzinfo=UTC), Verdict.UNTRUSTED),
        ("B-LTA", datetime(2025, 1, 1, tzinfo=UTC), Verdict.UNTRUSTED),
    ],
)
def test_how_long_each_level_lasts(
    signed: Sign, trust: Trust, level: Level, at: datetime, verdict: Verdict
) -> None:
    """The signer's certificate ends on 31 December 2028, the service's on 29 December 2037."""
    assert {each.verdict for each in verify_pdf(signed(level), trust_roots=trust, at=at)} == {
        verdict
    }


def test_an_old_file_is_trusted_on_after_it_is_signed_again(
    services: Authority, signed: Sign, trust: Trust, signer: KeyFile
) -> None:
    """The new timestamp covers the old one, whose certificate has ended when it is judged."""
    services.now = datetime(2028, 6, 1, tzinfo=UTC)
    young = issue(
        "Young Service",
        services.intermediate,
        years=2,
        begin=datetime(2027, 1, 1, tzinfo=UTC),
        usage=_stamping()[0],
        extensions=_stamping()[1],
        rsa_key=True,
    )
    services.broken["/tsa"] = lambda body: (
        200,
        "application/timestamp-reply",
        services.answer_timestamp(body, by=young),
    )
    lists = (
        services.revocation_list(services.root),
        services.revocation_list(services.intermediate),
    )
    made = sign_pdf(
        signed("B-LTA"),
        signer,
        level="B-LTA",
        at=services.now,
        timestamp_url=f"{services.address}/tsa",
        trust=Trust(trust.roots, lists),
    )

    then = verify_pdf(made, trust_roots=trust, at=datetime(2028, 12, 1, tzinfo=UTC))
    after = verify_pdf(made, trust_roots=trust, at=datetime(2029, 2, 1, tzinfo=UTC))

    assert [each.kind for each in then] == ["signature", "document timestamp"] * 2
    assert {each.verdict for each in then} == {Verdict.VALID}
    assert [each.verdict for each in after] == [
        Verdict.VALID,
        Verdict.VALID,
        Verdict.UNTRUSTED,
        Verdict.UNTRUSTED,
    ]


def _stamping() -> tuple:
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    from tests.signing_authority import _usage

    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _usage(digital_signature=True), [(purpose, True)]


# --- revocation ----------------------------------------------------------------------------------


def _list_of(services: Authority, moment: datetime) -> bytes:
    services.revoked[services.signer.certificate.serial_number] = moment
    return services.revocation_list(services.intermediate)


@pytest.mark.parametrize("level", ["B-B", "B-T"])
def test_a_list_of_today_speaks_against_a_signature_without_proof(
    services: Authority, signed: Sign, trust: Trust, level: Level
) -> None:
    known = Trust(trust.roots, (_list_of(services, SIGNED_AT - timedelta(days=1)),))

    report = verify_pdf(signed(level), trust_roots=known, at=SIGNED_AT)[0]

    assert report.verdict is Verdict.UNTRUSTED
    assert "revoked" in report.trust


@pytest.mark.parametrize(("days", "verdict"), [(30, Verdict.VALID), (-1, Verdict.UNTRUSTED)])
def test_a_later_list_counts_when_it_says_before_the_signature(
    services: Authority, signed: Sign, trust: Trust, days: int, verdict: Verdict
) -> None:
    """A certificate that was revoked afterwards takes nothing from a long-term signature."""
    services.now = SIGNED_AT + timedelta(days=60)
    known = Trust(trust.roots, (_list_of(services, SIGNED_AT + timedelta(days=days)),))

    report = verify_pdf(signed("B-LTA"), trust_roots=known, at=services.now)[0]

    assert report.verdict is verdict


def test_a_revoked_timestamp_service_is_not_trusted(
    services: Authority, signed: Sign, trust: Trust
) -> None:
    services.revoked[services.timestamper.certificate.serial_number] = BEGIN
    known = Trust(trust.roots, (services.revocation_list(services.intermediate),))

    reports = verify_pdf(signed("B-LTA"), trust_roots=known, at=SIGNED_AT)

    assert reports[1].verdict is Verdict.UNTRUSTED
    assert reports[0].verdict is Verdict.UNTRUSTED


def test_network_is_asked_only_when_allowed(
    services: Authority, signed: Sign, trust: Trust
) -> None:
    services.revoked[services.signer.certificate.serial_number] = SIGNED_AT - timedelta(days=1)
    data = signed("B-B")
    services.asked.clear()

    offline = verify_pdf(data, trust_roots=trust, at=SIGNED_AT)[0]
    asked_offline = list(services.asked)
    online = verify_pdf(data, trust_roots=trust, at=SIGNED_AT, allow_network=True)[0]

    assert asked_offline == []
    assert offline.verdict is Verdict.VALID
    assert "were not asked" in offline.revocation
    assert "/ocsp" in services.asked
    assert online.verdict is Verdict.UNTRUSTED
    assert "revoked" in online.trust


def test_authorities_that_do_not_answer_leave_it_open(
    services: Authority, signed: Sign, trust: Trust
) -> None:
    for path in ("/ocsp", "/intermediate.crl", "/root.crl"):
        services.broken[path] = lambda _: (503, "text/plain", b"closed")

    report = verify_pdf(signed("B-B"), trust_roots=trust, at=SIGNED_AT, allow_network=True)[0]

    assert report.verdict is Verdict.UNTRUSTED
    assert report.is_intact


# --- time ----------------------------------------------------------------------------------------


def test_a_timestamp_from_outside_of_the_certificates_time_speaks_against_it(
    services: Authority, paper: bytes, signer: KeyFile, trust: Trust
) -> None:
    """As when a key is used again after its certificate ended, with the claimed time put back."""
    services.now = BEGIN + 3.1 * YEAR
    made = sign_pdf(
        paper, signer, level="B-T", at=SIGNED_AT, timestamp_url=f"{services.address}/tsa"
    )

    report = verify_pdf(made, trust_roots=trust, at=SIGNED_AT)[0]

    assert report.verdict is Verdict.UNTRUSTED
    assert "not valid when it was signed" in report.trust


# --- several signers -----------------------------------------------------------------------------


def test_two_sign_one_after_the_other(
    authority: Authority, signed: Sign, trust: Trust, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = authority.key_file(
        tmp_path_factory.mktemp("second") / "cto.p12", authority.issue_signer("Robin Vale, CTO")
    )
    twice = sign_pdf(signed("B-LTA"), KeyFile(path, Secret(PASSWORD)), level="B-B", at=SIGNED_AT)

    first, stamp, second = verify_pdf(twice, trust_roots=trust, at=SIGNED_AT)

    assert {each.verdict for each in (first, stamp, second)} == {Verdict.VALID}
    assert "another signature" in first.added_later
    assert second.signer.startswith("Robin Vale")
    assert second.covers_whole_file


# --- what is no signature ------------------------------------------------------------------------


def test_an_unsigned_file_has_no_reports(paper: bytes, trust: Trust) -> None:
    assert verify_pdf(paper, trust_roots=trust, at=SIGNED_AT) == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\nstartxref\n0\n%%EOF"])
def test_what_is_no_pdf_is_said(data: bytes) -> None:
    with pytest.raises(SigningError, match="cannot be read as a PDF"):
        verify_pdf(data, at=SIGNED_AT)


@pytest.mark.parametrize("blob", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAA==\n"])
def test_roots_that_are_none_are_said(signed: Sign, blob: bytes) -> None:
    with pytest.raises(SigningError, match="should hold a certificate"):
        verify_pdf(signed("B-B"), trust_roots=[blob], at=SIGNED_AT)


# --- words ---------------------------------------------------------------------------------------


def test_sentences_say_it_all(signed: Sign, trust: Trust) -> None:
    said = verify_pdf(signed("B-LTA"), trust_roots=trust, at=SIGNED_AT)[0].sentences

    assert said[0].startswith("VALID:")
    assert "Signed by Jordan Avery" in said[1]
    assert "14 October 2026, 09:30:00 UTC" in said[2]
    assert any(each.startswith("It covers the first ") for each in said)
    assert any("added only: a document timestamp" in each for each in said)
    assert any("leads to the root Test Root" in each for each in said)


def test_sentences_of_each_verdict_begin_with_it() -> None:
    heads = {
        verdict: SignatureReport("f", "signature", "B-B", verdict, faults=("why",)).sentences
        for verdict in Verdict
    }

    assert [heads[each][0].split(":")[0] for each in Verdict] == [
        "VALID",
        "NOT TRUSTED",
        "CHANGED",
        "INVALID",
    ]
    assert all(each[-1] == "Against it: why." for each in heads.values())
