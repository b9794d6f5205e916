"""What a signature is judged by: the roots given, and the proof that the file holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn1crypto import crl, ocsp
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from board_report.archive.pades.keys import (
    SIGNING_USES,
    read_certificates,
    read_revocation_lists,
)
from board_report.archive.pades.records import Trust

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

_TOO_OLD = (
    "the certificate is not valid at that moment, and nothing proves that the signature is from "
    "a time when it was"
)
_REASONS: dict[Any, str] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "the certificate leads to none of the roots",
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: (
        "the chain of certificates does not hold"
    ),
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "the certificate is not for signing documents",
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: _TOO_OLD,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: _TOO_OLD,
    AdESIndeterminate.NO_POE: _TOO_OLD,
    AdESIndeterminate.EXPIRED: "the certificate had expired when it was signed",
    AdESIndeterminate.NOT_YET_VALID: "the certificate was not valid yet when it was signed",
    AdESFailure.NOT_YET_VALID: "the certificate was not valid yet when it was signed",
    AdESIndeterminate.REVOKED_NO_POE: (
        "the certificate was revoked, and nothing proves that the signature is older"
    ),
    AdESFailure.REVOKED: "the certificate was revoked before it was signed",
    AdESIndeterminate.REVOKED_CA_NO_POE: (
        "a certificate of the chain was revoked, and nothing proves that the signature is older"
    ),
    AdESIndeterminate.TRY_LATER: "nothing proves that the certificate was not revoked",
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: (
        "the proof that the certificate was not revoked does not reach to the signature"
    ),
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "its algorithms are too weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "its algorithms are too weak",
    AdESIndeterminate.NO_SIGNING_CERTIFICATE_FOUND: "the signer's certificate is not with it",
}


def reason(subindication: Any) -> str:
    """Why the roots do not vouch, in words and with the standard's own name for it."""
    said = _REASONS.get(subindication, "the roots do not vouch for it")
    return f"{said} ({subindication.standard_name})"


@dataclass(frozen=True)
class Store:
    """The proof about certificates that a file holds (its DSS)."""

    answers: tuple[Any, ...] = ()
    lists: tuple[Any, ...] = ()
    certificates: tuple[Any, ...] = ()

    @classmethod
    def of(cls, reader: PdfFileReader, revision: int) -> Store:
        """The store as a revision of the file left it; empty when it has none."""
        try:
            found = DocumentSecurityStore.read_dss(reader.get_historical_resolver(revision))
        except NoDSSFoundError:
            return cls()
        return cls(
            tuple(
                container
                for each in found.ocsps
                for container in OCSPContainer.load_multi(
                    ocsp.OCSPResponse.load(each.get_object().data)
                )
            ),
            tuple(
                CRLContainer(crl.CertificateList.load(each.get_object().data))
                for each in found.crls
            ),
            tuple(found.load_certs()),
        )

    @property
    def has_proof(self) -> bool:
        """Whether anything in it speaks about revocation."""
        return bool(self.answers or self.lists)

    def words(self, *, allow_network: bool, settled: bool) -> str:
        """What is known about revocation, for the report."""
        asked = "the authorities were asked" if allow_network else "the authorities were not asked"
        if not self.has_proof:
            return f"no proof about revocation is in the file; {asked}"
        counts = f"{len(self.answers)} status answers, {len(self.lists)} lists"
        if settled:
            return f"proof in the file ({counts}) shows that the certificate was not revoked"
        return (
            f"proof about revocation is in the file ({counts}), but it does not reach to the "
            f"moment of this check; {asked}"
        )


def specification(
    trust: Trust, store: Store, *, allow_network: bool = False, needs_proof: bool
) -> SignatureValidationSpec:
    """The rules of a judgement.

    Args:
        trust: roots, and lists of revoked certificates.
        store: proof that the file holds.
        allow_network: whether lists may be fetched; then what a certificate names must answer.
        needs_proof: whether it must be proven that no certificate was revoked. Without it the
            store's proof is passed over, because it grows old: what is left is what the trusted
            lists say, and the authorities where they may be asked.
    """
    mode = "require" if needs_proof else "hard-fail" if allow_network else "soft-fail"
    roots = SimpleTrustManager.build(trust_roots=read_certificates(trust.roots))

    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=roots,
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy(mode)),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            online_fetching_rule=RevinfoOnlineFetchingRule.NO_HISTORICAL_FETCH
            if allow_network
            else RevinfoOnlineFetchingRule.LOCAL_ONLY,
            # The address of a certificate would be the choice of whoever made the file.
            certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
        ),
        local_knowledge=LocalKnowledge(
            known_ocsps=list(store.answers) if needs_proof else [],
            known_crls=[
                *(store.lists if needs_proof else ()),
                *map(CRLContainer, read_revocation_lists(trust.revocation_lists)),
            ],
            known_certs=list(store.certificates),
        ),
        key_usage_settings=KeyUsageConstraints(key_usage=set(SIGNING_USES)),
    )
