"""Look for changes in the parts of a signature that the signature itself does not cover.

A CMS container carries certificates and a timestamp beside the signed attributes. Verifiers use
what they need of them and pass over the rest, so that a changed byte there can go unseen. Here
the whole of it has to be sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from asn1crypto import cms, x509
from cryptography import x509 as pyca
from cryptography.exceptions import InvalidSignature

_CHANGED = "a certificate that it carries was changed"
_DAMAGED = "the signature's container is damaged"


def is_damage(fault: str) -> bool:
    """Whether a fault shows that bytes were changed; others may be how somebody signs."""
    return fault == _CHANGED or fault.startswith(_DAMAGED)


def container_faults(data: bytes, roots: Sequence[x509.Certificate]) -> tuple[str, ...]:
    """What is not sound in a container, in words; empty when all of it is.

    Args:
        data: the container, as DER.
        roots: what embedded certificates must lead to.
    """
    try:
        return tuple(dict.fromkeys(_faults(data, roots)))
    except Exception as error:  # noqa: BLE001  (a damaged container breaks the parser anywhere)
        return (f"{_DAMAGED} ({type(error).__name__})",)


def _faults(data: bytes, roots: Sequence[x509.Certificate]) -> Iterator[str]:
    message = cms.ContentInfo.load(data, strict=True)
    if message["content_type"].native != "signed_data":
        yield "the signature's container holds something else"
        return
    signed = message["content"]
    yield from _frame_faults(signed)
    yield from _certificate_faults(signed, roots)
    for token in _tokens(signed):
        yield from _faults(token, roots)


def _frame_faults(signed: Any) -> Iterator[str]:
    signers = signed["signer_infos"]
    if len(signers) != 1:
        yield "the signature's container has not exactly one signer"
        return
    signer = signers[0]
    said = signed["digest_algorithms"]
    if [each["algorithm"].native for each in said] != [
        signer["digest_algorithm"]["algorithm"].native
    ]:
        yield "the signature's container names another hash than its signer"
    if any(not _is_empty(each["parameters"]) for each in (*said, signer["digest_algorithm"])):
        yield "the signature's container gives its hash parameters"
    is_stamp = signed["encap_content_info"]["content_type"].native != "data"
    if signed["version"].native not in (("v3",) if is_stamp else ("v1", "v3")):
        yield "the signature's container is of an unknown version"
    if signer["version"].native != {"issuer_and_serial_number": "v1"}.get(signer["sid"].name, "v3"):
        yield "the signer's record is of an unknown version"
    if not _names_its_certificate(signer, signed["certificates"]):
        yield "the signer's record names no certificate that is with it"
    for attribute in _unsigned(signer):
        if not _is_stamp(attribute):
            yield "the signature's container has an attribute that is not known"
    if signed["crls"].native:
        yield "the signature's container has lists that nothing asks for"


def _names_its_certificate(signer: Any, certificates: Any) -> bool:
    """Whether it names one to the letter; verifiers compare names without regard to case."""
    said = signer["sid"].chosen
    if signer["sid"].name != "issuer_and_serial_number":
        return any(said.native == each.chosen.key_identifier for each in certificates)
    return any(
        said["issuer"].dump() == each.chosen.issuer.dump()
        and said["serial_number"].native == each.chosen.serial_number
        for each in certificates
    )


def _is_empty(parameters: Any) -> bool:
    return parameters.native is None


def _unsigned(signer: Any) -> list[Any]:
    found = signer["unsigned_attrs"]
    return [] if found.native is None else list(found)


def _is_stamp(attribute: Any) -> bool:
    return bool(attribute["type"].native == "signature_time_stamp_token")


def _tokens(signed: Any) -> Iterator[bytes]:
    for signer in signed["signer_infos"]:
        for attribute in _unsigned(signer):
            if _is_stamp(attribute):
                yield from (value.dump() for value in attribute["values"])


def _certificate_faults(signed: Any, roots: Sequence[x509.Certificate]) -> Iterator[str]:
    """Each certificate must be issued by another of them, or by a root given."""
    embedded = [
        pyca.load_der_x509_certificate(each.chosen.dump()) for each in signed["certificates"]
    ]
    known = [pyca.load_der_x509_certificate(each.dump()) for each in roots]
    for found in embedded:
        issuers = [each for each in (*known, *embedded) if each.subject == found.issuer]
        if any(_issued(found, by) for by in issuers):
            continue
        if any(_is_meant(found, by) for by in issuers):
            yield _CHANGED
        else:
            yield "it carries a certificate whose issuer is neither with it nor among the roots"


def _is_meant(found: pyca.Certificate, by: pyca.Certificate) -> bool:
    """Whether a certificate names this key as its issuer's, and not another of the same name."""
    try:
        named = found.extensions.get_extension_for_class(pyca.AuthorityKeyIdentifier).value
        key = by.extensions.get_extension_for_class(pyca.SubjectKeyIdentifier).value
    except (pyca.ExtensionNotFound, ValueError):
        return False
    return named.key_identifier == key.digest


def _issued(found: pyca.Certificate, by: pyca.Certificate) -> bool:
    try:
        found.verify_directly_issued_by(by)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
