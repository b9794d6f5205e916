"""A certificate authority and a timestamp service of the tests' own, made anew in each run.

The certificates, lists and answers are made with ``cryptography``, timestamps by pyHanko's test
service; a small server on this machine hands them out over HTTP, as a real authority does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
)

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
SIGNED_AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
"""When the tests sign."""
YEAR = timedelta(days=365)
PASSWORD = "correct horse"

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Holder:
    """A key with its certificate."""

    key: Key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Corvane Trust Services"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(**said: bool) -> x509.KeyUsage:
    names = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: said.get(name, False) for name in names})


SIGNING = _usage(digital_signature=True, content_commitment=True)
ISSUING = _usage(key_cert_sign=True, crl_sign=True)


def issue(
    common: str,
    issuer: Holder | None,
    *,
    years: float = 3,
    begin: datetime = BEGIN,
    usage: x509.KeyUsage = SIGNING,
    is_authority: bool = False,
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
    rsa_key: bool = False,
) -> Holder:
    """A new key with a certificate by ``issuer``; by itself when there is none."""
    key: Key = (
        rsa.generate_private_key(65537, 2048)
        if rsa_key
        else ec.generate_private_key(ec.SECP256R1())
    )
    signer = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(issuer.certificate.subject if issuer else _name(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + years * YEAR)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False
        )
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return Holder(key, builder.sign(signer, hashes.SHA256()))


@dataclass
class Authority:
    """Root, intermediate, signer, timestamp service and OCSP responder, with their services.

    Args:
        address: where the server of :func:`running` listens, as ``http://127.0.0.1:4711``.
    """

    address: str
    now: datetime = SIGNED_AT
    """What the services take for the time."""
    revoked: dict[int, datetime] = field(default_factory=dict)
    """Serial number to when it was revoked."""
    asked: list[str] = field(default_factory=list)
    """Paths that the server was asked for."""
    broken: dict[str, Callable[[bytes], tuple[int, str, bytes]]] = field(default_factory=dict)
    """Paths that answer as a test wants: body to status, media type and answer."""

    @cached_property
    def root(self) -> Holder:
        return issue("Test Root", None, years=30, usage=ISSUING, is_authority=True)

    @cached_property
    def intermediate(self) -> Holder:
        return issue(
            "Test Intermediate",
            self.root,
            years=20,
            usage=ISSUING,
            is_authority=True,
            extensions=[(self._list_at("root.crl"), False)],
        )

    @cached_property
    def signer(self) -> Holder:
        return self.issue_signer("Jordan Avery, Chief Information Security Officer")

    @cached_property
    def timestamper(self) -> Holder:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        return issue(
            "Test Timestamp Service",
            self.intermediate,
            years=12,
            usage=_usage(digital_signature=True),
            extensions=[(purpose, True), (self._list_at("intermediate.crl"), False)],
            rsa_key=True,  # pyHanko's test service signs with no other
        )

    @cached_property
    def responder(self) -> Holder:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        return issue(
            "Test OCSP Responder",
            self.intermediate,
            usage=_usage(digital_signature=True),
            extensions=[(purpose, False), (x509.OCSPNoCheck(), False)],
        )

    def issue_signer(self, common: str, **differing: object) -> Holder:
        """Another signer, whose certificate names the OCSP service and the list."""
        where = x509.AuthorityInformationAccess(
            [
                x509.AccessDescription(
                    AuthorityInformationAccessOID.OCSP,
                    x509.UniformResourceIdentifier(f"{self.address}/ocsp"),
                )
            ]
        )
        given: dict = {
            "extensions": [(where, False), (self._list_at("intermediate.crl"), False)],
            **differing,
        }
        return issue(common, self.intermediate, **given)

    def _list_at(self, name: str) -> x509.CRLDistributionPoints:
        where = x509.UniformResourceIdentifier(f"{self.address}/{name}")
        return x509.CRLDistributionPoints([x509.DistributionPoint([where], None, None, None)])

    def revocation_list(self, issuer: Holder) -> bytes:
        """DER of the list of one authority, as of ``now``."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(self.now - timedelta(hours=1))
            .next_update(self.now + timedelta(days=7))
            .add_extension(x509.CRLNumber(7), False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False
            )
        )
        for serial, moment in self.revoked.items():
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(serial)
                .revocation_date(moment)
                .build()
            )
        signed = builder.sign(issuer.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)

    def answer_status(self, body: bytes) -> bytes:
        """DER of an OCSP answer about one certificate of the intermediate authority."""
        request = ocsp.load_der_ocsp_request(body)
        moment = self.revoked.get(request.serial_number)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=request.issuer_name_hash,
            issuer_key_hash=request.issuer_key_hash,
            serial_number=request.serial_number,
            algorithm=request.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if moment else ocsp.OCSPCertStatus.GOOD,
            this_update=self.now - timedelta(minutes=1),
            next_update=self.now + timedelta(days=7),
            revocation_time=moment,
            revocation_reason=None,
        )
        builder = builder.responder_id(
            ocsp.OCSPResponderEncoding.HASH, self.responder.certificate
        ).certificates([self.responder.certificate])
        for extension in request.extensions:
            builder = builder.add_extension(extension.value, extension.critical)
        signed = builder.sign(self.responder.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)

    def answer_timestamp(self, body: bytes, *, by: Holder | None = None) -> bytes:
        """DER of the answer to an RFC 3161 request, at ``now``."""
        from pyhanko.sign.timestamps import DummyTimeStamper
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        holder = by or self.timestamper
        store = SimpleCertificateStore()
        store.register(_asn1(holder))
        store.register(_asn1(self.intermediate))
        service = DummyTimeStamper(_asn1(holder), _asn1_key(holder), store, fixed_dt=self.now)
        answer: bytes = service.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
        return answer

    def answer(self, path: str, body: bytes) -> tuple[int, str, bytes]:
        """Status, media type and body for a request."""
        self.asked.append(path)
        if path in self.broken:
            return self.broken[path](body)
        if path == "/tsa":
            return 200, "application/timestamp-reply", self.answer_timestamp(body)
        if path == "/ocsp":
            return 200, "application/ocsp-response", self.answer_status(body)
        if path == "/root.crl":
            return 200, "application/pkix-crl", self.revocation_list(self.root)
        if path == "/intermediate.crl":
            return 200, "application/pkix-crl", self.revocation_list(self.intermediate)
        return 404, "text/plain", b"not here"

    def key_file(self, path: Path, holder: Holder | None = None, password: str = PASSWORD) -> Path:
        """A PKCS#12 file of a signer, with the chain up to the root."""
        holder = holder or self.signer
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"signer",
                holder.key,
                holder.certificate,
                [self.intermediate.certificate, self.root.certificate],
                serialization.BestAvailableEncryption(password.encode()),
            )
        )
        return path

    def root_file(self, path: Path) -> Path:
        """The root's certificate as PEM."""
        path.write_bytes(self.root.pem)
        return path


def _asn1(holder: Holder) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(holder.der)


def _asn1_key(holder: Holder) -> asn1_keys.PrivateKeyInfo:
    der = holder.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return asn1_keys.PrivateKeyInfo.load(der)


@contextmanager
def running() -> Iterator[Authority]:
    """An authority with its server, on a free port of this machine."""
    found: list[Authority] = []

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, kind, data = found[0].answer(self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _answer

        def log_message(self, *_: object) -> None:
            """Nothing: pytest shows what a test prints."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.append(Authority(f"http://127.0.0.1:{server.server_port}"))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield found[0]
        finally:
            server.shutdown()
            thread.join()
