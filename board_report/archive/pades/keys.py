"""Open the signer's key for as long as it is used, and say plainly why it cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from asn1crypto import crl, pem, pkcs12, x509
from pyhanko.sign.signers import SimpleSigner

from board_report.archive.pades.faults import SigningError
from board_report.archive.pades.records import KeyFile, SignerSource, Token

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

SIGNING_USES = ("non_repudiation", "digital_signature")
"""Uses that a certificate may name, of which a signer's must name one, if it names any."""


@contextmanager
def opened(source: SignerSource) -> Iterator[Signer]:
    """The signer, with the key for as long as the block lasts.

    Raises:
        SigningError: the file, the token, the password or the key is not what it should be.
    """
    if isinstance(source, KeyFile):
        yield _from_file(source)
        return
    with _token_session(source) as session:
        yield _from_token(source, session)


def _from_file(source: KeyFile) -> SimpleSigner:
    where = str(source.path)
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise SigningError(
            f"the key file cannot be read: {(error.strerror or 'it is no file').lower()}.",
            where=where,
            mend="Name the signer's PKCS#12 file (.p12 or .pfx).",
        ) from error
    if not _is_key_file(data):
        raise SigningError(
            "this is no PKCS#12 file.",
            where=where,
            mend="Export key and certificate with their chain as .p12 or .pfx; a .pem can be "
            "turned into one with `openssl pkcs12 -export`.",
        )
    try:
        found: SimpleSigner = SimpleSigner.load_pkcs12_data(
            data, other_certs=(), passphrase=source.password.reveal().encode()
        )
    except ValueError as error:
        raise SigningError(
            "the password does not open the key file.",
            where=where,
            mend="Give the password that the file was exported with.",
        ) from error
    except (AttributeError, TypeError) as error:
        raise SigningError(
            "the key file holds no private key with its certificate.",
            where=where,
            mend="Export it again, with the private key.",
        ) from error
    return found


def _is_key_file(data: bytes) -> bool:
    try:
        return bool(pkcs12.Pfx.load(data, strict=True)["version"].native == "v3")
    except (ValueError, TypeError):
        return False


@contextmanager
def _token_session(source: Token) -> Iterator[Any]:
    try:
        import pkcs11
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import open_pkcs11_session
    except ImportError as error:
        raise SigningError(
            "tokens need the package python-pkcs11, which is not installed.",
            mend='Install it: pip install "board-report[sign]"',
        ) from error
    where = str(source.module)
    try:
        session = open_pkcs11_session(
            where,
            token_criteria=TokenCriteria(label=source.label),
            user_pin=source.pin.reveal(),
        )
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
        raise SigningError(
            f"the PIN does not open the token {source.label}.",
            where=where,
            mend="Give the user's PIN; tokens lock themselves after a few wrong ones.",
        ) from error
    except pkcs11.PKCS11Error as error:
        raise SigningError(
            f"the token {source.label} cannot be opened ({type(error).__name__}).",
            where=where,
            mend="Check that it is plugged in, and the name of the module and of the token.",
        ) from error
    try:
        with session:
            yield session
    except pkcs11.PKCS11Error as error:
        raise SigningError(
            f"the token {source.label} does not sign ({type(error).__name__}).",
            where=where,
            mend="Check that it holds the key of that certificate, and that the key may sign.",
        ) from error


def _from_token(source: Token, session: Any) -> Signer:
    import pkcs11
    from pyhanko.sign.pkcs11 import PKCS11Signer

    def signer(*, is_raw: bool) -> PKCS11Signer:
        return PKCS11Signer(
            session,
            cert_label=source.certificate,
            key_label=source.key or source.certificate,
            other_certs_to_pull=None,
            use_raw_mechanism=is_raw,
        )

    try:
        found = signer(is_raw=False).signing_cert
    except pkcs11.PKCS11Error:
        found = None
    if found is None:
        raise SigningError(
            f"the token {source.label} has no certificate named {source.certificate}.",
            where=str(source.module),
            mend="Name it as `pkcs11-tool --list-objects` shows it.",
        )
    # Many tokens sign a hash with an elliptic curve, but do not hash themselves.
    return signer(is_raw=found.public_key.algorithm == "ec")


def check_certificate(found: x509.Certificate, at: datetime) -> None:
    """Refuse a certificate that may not sign at this moment.

    Raises:
        SigningError: it has expired, is not valid yet, or is for something else.
    """
    name = subject_of(found)
    if at > found.not_valid_after:
        raise SigningError(
            f"the certificate of {name} expired on {day(found.not_valid_after)}.",
            mend="Sign with a certificate that is valid today.",
        )
    if at < found.not_valid_before:
        raise SigningError(
            f"the certificate of {name} is not valid before {day(found.not_valid_before)}.",
            mend="Wait until then, or check the machine's clock.",
        )
    if not uses_of(found):
        raise SigningError(
            f"the certificate of {name} is not for signing documents.",
            mend="Ask for one whose key usage is non-repudiation or digital signature.",
        )


def day(moment: datetime) -> str:
    """A day in words, as 14 October 2026."""
    return f"{moment.day} {moment:%B %Y}"


def uses_of(found: x509.Certificate) -> set[str]:
    """Uses for which a signer's certificate is good; empty when it is for something else."""
    said = found.key_usage_value
    if said is None:
        return set(SIGNING_USES)
    named: set[str] = said.native
    for use in SIGNING_USES:
        if use in named:
            return {use}
    return set()


def subject_of(found: x509.Certificate) -> str:
    """The name in a certificate as a reader knows it: common name, and organization."""
    said = found.subject.native
    parts = (said.get("common_name"), said.get("organization_name"))
    words = [", ".join(part) if isinstance(part, list) else part for part in parts if part]
    return ", ".join(words) or str(found.subject.human_friendly)


def issuer_of(found: x509.Certificate) -> str:
    """The issuer's name in a certificate."""
    said = found.issuer.native
    parts = (said.get("common_name"), said.get("organization_name"))
    words = [", ".join(part) if isinstance(part, list) else part for part in parts if part]
    return ", ".join(words) or str(found.issuer.human_friendly)


def read_certificates(blobs: Sequence[bytes]) -> list[x509.Certificate]:
    """Certificates out of DER or PEM files.

    Raises:
        SigningError: one of them holds none.
    """
    return list(_each(blobs, x509.Certificate, "certificate"))


def read_revocation_lists(blobs: Sequence[bytes]) -> list[crl.CertificateList]:
    """Certificate revocation lists out of DER or PEM files.

    Raises:
        SigningError: one of them holds none.
    """
    return list(_each(blobs, crl.CertificateList, "list of revoked certificates"))


def _each(blobs: Sequence[bytes], kind: type[Any], name: str) -> Iterator[Any]:
    for blob in blobs:
        try:
            for data in _unarmoured(blob):
                found = kind.load(data, strict=True)
                _ = found.native  # parsed to the end, so that a broken one is noticed here
                yield found
        except (ValueError, TypeError) as error:
            raise SigningError(
                f"a file that should hold a {name} holds none.",
                mend="Give it as PEM or DER.",
            ) from error


def _unarmoured(blob: bytes) -> Iterable[bytes]:
    if not pem.detect(blob):
        return [blob]
    return [data for _, _, data in pem.unarmor(blob, multiple=True)]
