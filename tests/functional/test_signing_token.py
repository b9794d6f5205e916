"""A key in a token signs like one in a file; SoftHSM stands in for the device."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from board_report.archive.pades import Token, Trust, Verdict, sign_pdf, verify_pdf
from board_report.archive.pades.faults import SigningError
from board_report.documents.pdf import write_pdf
from board_report.resources import templates_folder
from board_report.sources.secret import Secret
from tests.signing_authority import SIGNED_AT, Authority, running

PIN = "493817"
MODULES = (
    os.environ.get("SOFTHSM2_MODULE", ""),
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


@pytest.fixture(scope="module")
def authority() -> Iterator[Authority]:
    with running() as found:
        yield found


@pytest.fixture(scope="module")
def module(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A module with a token that holds the signer's key and certificate."""
    found = next((Path(each) for each in MODULES if each and Path(each).is_file()), None)
    if found is None or shutil.which("softhsm2-util") is None:
        pytest.skip("there is no SoftHSM (try: apt-get install softhsm2)")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n"
        "log.level = ERROR\n",
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        subprocess.run(
            ["softhsm2-util", "--module", str(found), "--init-token", "--free", "--label",
             "board", "--so-pin", "1234", "--pin", PIN],
            check=True, capture_output=True,
        )  # fmt: skip
        _fill(found, authority)
        yield found


def _fill(module: Path, authority: Authority) -> None:
    import pkcs11
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    holder = authority.signer
    key = holder.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    token = pkcs11.lib(str(module)).get_token(token_label="board")
    with token.open(rw=True, user_pin=PIN) as session:
        for name, der in (("ciso", holder.der), ("chain", authority.intermediate.der)):
            session.create_object(
                {
                    **decode_x509_certificate(der),
                    pkcs11.Attribute.LABEL: name,
                    pkcs11.Attribute.TOKEN: True,
                }
            )
        session.create_object(
            {
                **decode_ec_private_key(key),
                pkcs11.Attribute.LABEL: "ciso",
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.SIGN: True,
            }
        )


@pytest.fixture(scope="module")
def paper() -> bytes:
    return write_pdf(
        '<html lang="en"><title>Paper</title><link rel="stylesheet" href="css/fonts.css">'
        '<style>body { font-family: "Board Sans" }</style><h1>Paper</h1></html>',
        base=templates_folder(),
        allowed=[templates_folder()],
        generated_at=SIGNED_AT,
    ).data


def test_a_token_signs(module: Path, authority: Authority, paper: bytes) -> None:
    token = Token(module, "board", "ciso", Secret(PIN))

    signed = sign_pdf(paper, token, level="B-B", at=SIGNED_AT)

    report = verify_pdf(signed, trust_roots=Trust((authority.root.pem,)), at=SIGNED_AT)[0]
    assert report.verdict is Verdict.VALID
    assert report.signer.startswith("Jordan Avery")


@pytest.mark.parametrize(
    ("label", "certificate", "pin", "words"),
    [
        ("board", "ciso", "000000", "the PIN does not open the token board"),
        ("other", "ciso", PIN, "the token other cannot be opened"),
        ("board", "cto", PIN, "no certificate named cto"),
    ],
)
def test_what_does_not_fit_is_said(
    module: Path, paper: bytes, label: str, certificate: str, pin: str, words: str
) -> None:
    with pytest.raises(SigningError, match=words) as caught:
        sign_pdf(paper, Token(module, label, certificate, Secret(pin)), level="B-B", at=SIGNED_AT)

    assert pin not in caught.value.message


def test_a_module_that_is_none_is_said(paper: bytes, tmp_path: Path) -> None:
    (tmp_path / "module.so").write_bytes(b"no library")
    for name in ("module.so", "none.so"):
        with pytest.raises(SigningError, match="cannot be opened"):
            sign_pdf(
                paper,
                Token(tmp_path / name, "board", "ciso", Secret(PIN)),
                level="B-B",
                at=SIGNED_AT,
            )
