"""``board-report sign`` and ``verify-signature`` as a user runs them."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from board_report.documents.pdf import write_pdf
from board_report.resources import templates_folder
from tests.conftest import CallCli
from tests.signing_authority import PASSWORD, Authority, running

NOW = datetime.now(UTC).replace(microsecond=0)
"""These tests sign at the clock's time, as users do."""
SECRETS = (PASSWORD, "wr0ng-secret")


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with running() as found:
        found.now = NOW
        yield found


@pytest.fixture
def desk(authority: Authority, tmp_path: Path) -> Path:
    """A folder with a paper, a key, its password and a root."""
    paper = write_pdf(
        '<html lang="en"><title>Paper</title><link rel="stylesheet" href="css/fonts.css">'
        '<style>body { font-family: "Board Sans" } @page { size: 612pt 792pt }</style>'
        "<h1>Paper</h1></html>",
        base=templates_folder(),
        allowed=[templates_folder()],
        generated_at=datetime(2026, 10, 12, tzinfo=UTC),
    )
    (tmp_path / "paper.pdf").write_bytes(paper.data)
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    authority.key_file(tmp_path / "signer.p12", _signer(authority))
    authority.root_file(tmp_path / "root.pem")
    authority.broken.clear()
    return tmp_path


def _signer(authority: Authority, **differing: object) -> object:
    return authority.issue_signer("Jordan Avery, CISO", begin=NOW - timedelta(days=9), **differing)


def sign(call_cli: CallCli, desk: Path, *more: object, password: str | None = "password"):
    given = ["--password-from", desk / password] if password else []
    outcome = call_cli("sign", desk / "paper.pdf", "--key", desk / "signer.p12", *given, *more)
    for secret in SECRETS:
        assert secret not in outcome.stdout + outcome.stderr
    return outcome


def test_sign_and_verify(call_cli: CallCli, desk: Path) -> None:
    outcome = sign(call_cli, desk)
    assert outcome.exit_code == 0, outcome.stderr
    assert outcome.stdout == f"{desk / 'paper-signed.pdf'}: signed, level B-B\n"

    verified = call_cli("verify-signature", desk / "paper-signed.pdf", "--trust", desk / "root.pem")

    assert verified.exit_code == 0, verified.stdout
    first, second, *_ = verified.stdout.splitlines()
    assert first.endswith(
        "paper-signed.pdf: signature B-B: VALID: it is whole, unchanged, and the roots given "
        "vouch for who signed."
    )
    assert second.startswith("  Signed by Jordan Avery, CISO")
    assert {each.name for each in desk.iterdir()} == {
        *("paper.pdf", "password", "signer.p12", "root.pem", "paper-signed.pdf"),
    }


def test_results_as_json(call_cli: CallCli, desk: Path, authority: Authority) -> None:
    url = f"{authority.address}/tsa"
    outcome = sign(call_cli, desk, "--level", "B-T", "--timestamp-url", url, "--json")
    made = json.loads(outcome.stdout)[0]
    signed = (desk / "paper-signed.pdf").read_bytes()
    paper = (desk / "paper.pdf").read_bytes()

    assert made["level"] == "B-T"
    assert made["sha256"] == hashlib.sha256(signed).hexdigest()
    assert made["unsigned_sha256"] == hashlib.sha256(paper).hexdigest()
    assert made["bytes"] == len(signed)

    verified = call_cli("verify-signature", made["output"], "--trust", desk / "root.pem", "--json")
    record = json.loads(verified.stdout)[0]
    assert record["verdict"] == "valid"
    assert record["signatures"][0]["level"] == "B-T"
    assert record["signatures"][0]["timestamped_at"].startswith(f"{NOW:%Y-%m-%dT}")
    assert record["signatures"][0]["sentences"][0].startswith("VALID")


@pytest.mark.parametrize("arguments", [[], ["--at", "2060-01-01", "--trust", "root.pem"]])
def test_what_is_not_valid_ends_with_two(
    call_cli: CallCli, desk: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    sign(call_cli, desk)

    outcome = call_cli("verify-signature", "paper-signed.pdf", *arguments)

    assert outcome.exit_code == 2
    assert "NOT TRUSTED" in outcome.stdout


def test_each_file_gets_its_word(call_cli: CallCli, desk: Path) -> None:
    sign(call_cli, desk)
    (desk / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")

    outcome = call_cli(
        "verify-signature",
        *(desk / name for name in ("paper-signed.pdf", "paper.pdf", "broken.pdf", "none.pdf")),
        *("--trust", desk / "root.pem"),
    )

    lines = [line for line in outcome.stdout.splitlines() if not line.startswith(" ")]
    assert outcome.exit_code == 2
    assert [line.split(": ")[1].split(":")[0] for line in lines] == [
        *("signature B-B", "NOT SIGNED", "NOT READ", "NOT READ"),
    ]
    assert "Traceback" not in outcome.stderr


def test_nothing_is_overwritten_unasked(call_cli: CallCli, desk: Path) -> None:
    (desk / "paper-signed.pdf").write_bytes(b"mine")

    refused = sign(call_cli, desk)
    assert refused.exit_code == 2
    assert "there is such a file already" in refused.stderr
    assert (desk / "paper-signed.pdf").read_bytes() == b"mine"

    assert sign(call_cli, desk, "--overwrite").exit_code == 0
    assert (desk / "paper-signed.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_is_never_its_own_signed_copy(call_cli: CallCli, desk: Path) -> None:
    before = (desk / "paper.pdf").read_bytes()

    outcome = sign(call_cli, desk, "--output", desk / "paper.pdf", "--overwrite")

    assert outcome.exit_code == 2
    assert (desk / "paper.pdf").read_bytes() == before


def test_several_files_are_signed_or_none(call_cli: CallCli, desk: Path) -> None:
    (desk / "second.pdf").write_bytes((desk / "paper.pdf").read_bytes())
    (desk / "third.pdf").write_bytes(b"no paper")
    (desk / "out").mkdir()

    outcome = sign(
        call_cli, desk, desk / "second.pdf", desk / "third.pdf", "--output", desk / "out"
    )
    assert outcome.exit_code == 2
    assert "third.pdf" in outcome.stderr
    assert list((desk / "out").iterdir()) == []

    assert sign(call_cli, desk, desk / "second.pdf", "--output", desk / "out").exit_code == 0
    assert {each.name for each in (desk / "out").iterdir()} == {
        *("paper-signed.pdf", "second-signed.pdf"),
    }


# --- what a user can mend ------------------------------------------------------------------------


def test_wrong_password(call_cli: CallCli, desk: Path) -> None:
    (desk / "wrong").write_text("wr0ng-secret", encoding="utf-8")

    outcome = sign(call_cli, desk, password="wrong")

    assert outcome.exit_code == 2
    assert "the password does not open the key file" in outcome.stderr
    assert not (desk / "paper-signed.pdf").exists()


def test_expired_certificate(call_cli: CallCli, desk: Path, authority: Authority) -> None:
    old = authority.issue_signer("Old", begin=NOW - timedelta(days=40), years=0.1)
    authority.key_file(desk / "signer.p12", old)

    outcome = sign(call_cli, desk)

    assert outcome.exit_code == 2
    assert "expired on" in outcome.stderr


def test_not_a_pdf(call_cli: CallCli, desk: Path) -> None:
    (desk / "paper.pdf").write_text("name,value\n", encoding="utf-8")

    outcome = sign(call_cli, desk)

    assert outcome.exit_code == 2
    assert "paper.pdf: this cannot be read as a PDF" in outcome.stderr


def test_certified_with_no_changes_allowed(call_cli: CallCli, desk: Path) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

    key = SimpleSigner.load_pkcs12_data(
        (desk / "signer.p12").read_bytes(), (), passphrase=PASSWORD.encode()
    )
    certified = sign_pdf(
        IncrementalPdfFileWriter(BytesIO((desk / "paper.pdf").read_bytes())),
        PdfSignatureMetadata("Author", certify=True, docmdp_permissions=MDPPerm.NO_CHANGES),
        key,
    )
    (desk / "paper.pdf").write_bytes(certified.getvalue())

    outcome = sign(call_cli, desk)

    assert outcome.exit_code == 2
    assert "is certified, and its author allowed no changes" in outcome.stderr


def test_timestamp_service_unreachable(call_cli: CallCli, desk: Path) -> None:
    outcome = sign(call_cli, desk, "--level", "B-T", "--timestamp-url", "http://127.0.0.1:9/")

    assert outcome.exit_code == 2
    assert "cannot be reached" in outcome.stderr
    assert not (desk / "paper-signed.pdf").exists()


@pytest.mark.parametrize("command", ["sign", "verify-signature"])
def test_without_pyhanko(
    call_cli: CallCli, desk: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [*sys.modules]:
        ours = name.startswith("board_report.archive.pades.") and name.endswith(
            (".signing", ".verification", ".stamping", ".keys", ".reading", ".trust", ".evidence")
        )
        if ours or name.split(".")[0] == "pyhanko":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)

    outcome = (
        sign(call_cli, desk)
        if command == "sign"
        else call_cli("verify-signature", desk / "paper.pdf")
    )

    assert outcome.exit_code == 2
    assert 'pip install "board-report[sign]"' in outcome.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name the key with --key"),
        (["--key", "a.p12", "--token", "b.so"], "Name the key with --key"),
        (["--token", "b.so"], "--token-label"),
        (["--key", "a.p12", "--seal-at", "1,2,3,4"], "need --seal"),
        (["--key", "a.p12", "--seal", "A", "--seal-at", "1,2"], "four numbers"),
        (["--key", "a.p12", "--level", "B-T", "--password-from", "env:NO"], "holds no password"),
        (["--key", "a.p12", "--password-from", "no-such-file"], "cannot be read"),
        (["--key", "a.p12"], "--password-from"),
    ],
)
def test_usage_that_cannot_be(
    call_cli: CallCli, desk: Path, arguments: list[str], words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.delenv("NO", raising=False)
    monkeypatch.setattr(sys, "stdin", BytesIO())

    outcome = call_cli("sign", desk / "paper.pdf", *arguments)

    assert outcome.exit_code == 2
    assert words in outcome.stderr


# --- passwords -----------------------------------------------------------------------------------


def test_password_from_the_environment(
    call_cli: CallCli, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNER_PASSWORD", PASSWORD)

    assert (
        sign(call_cli, desk, "--password-from", "env:SIGNER_PASSWORD", password=None).exit_code == 0
    )


def test_password_from_the_keyring(
    call_cli: CallCli, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.get_password", lambda service, name: f"{PASSWORD}")

    found = sign(call_cli, desk, "--password-from", "keyring:board/ciso", password=None)
    assert found.exit_code == 0

    monkeypatch.setattr("keyring.get_password", lambda service, name: None)
    missing = sign(
        call_cli, desk, "--password-from", "keyring:board/ciso", "--overwrite", password=None
    )
    assert missing.exit_code == 2
    assert "keyring set board ciso" in missing.stderr


def test_password_is_asked_for_without_showing_it(
    call_cli: CallCli, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        "click.termui.hidden_prompt_func", lambda text: (asked.append(text), PASSWORD)[1]
    )

    assert sign(call_cli, desk, password=None).exit_code == 0
    assert asked
    assert "signer.p12" in asked[0]


@pytest.mark.parametrize("content", [b"", b"one\ntwo\n", b"\xff\xfe", b"x" * 5000])
def test_a_password_file_that_is_none(call_cli: CallCli, desk: Path, content: bytes) -> None:
    (desk / "password").write_bytes(content)

    outcome = sign(call_cli, desk)

    assert outcome.exit_code == 2
    assert "does not hold one line of text" in outcome.stderr
