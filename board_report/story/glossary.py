"""What abbreviations and terms mean, in plain words: the company's own first, then ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from board_report.story import sentences


@dataclass(frozen=True)
class Term:
    """One entry: what a director may look up."""

    term: str
    stands_for: str
    """The words of an abbreviation; empty for a term that is none."""
    meaning: str
    """A clause without a full stop; empty where the words say enough."""

    @property
    def words(self) -> str:
        """What is printed: ``Endpoint detection and response: software that ...``."""
        parts = [each for each in (self.stands_for, self.meaning) if each]
        return f"{sentences.capital(': '.join(parts))}."


BUILT_IN: tuple[tuple[str, str, str], ...] = (
    ("ADR", "American depositary receipt", "a share of a foreign company as traded in the US"),
    ("AI", "artificial intelligence", "programs that learn from examples what to answer"),
    ("ALE", "annualized loss expectancy", "the mean loss of a year over very many years"),
    ("API", "application programming interface", "the door through which programs talk"),
    ("CA", "certificate authority", "issues the certificates by which systems know one another"),
    ("CAE", "chief audit executive", "leads internal audit"),
    ("CEO", "chief executive officer", "leads the company"),
    ("CFO", "chief financial officer", "answers for money and for what is filed"),
    ("CIO", "chief information officer", "runs the company’s information systems"),
    ("CIRCIA", "Cyber Incident Reporting for Critical Infrastructure Act",
     "the US law on reporting incidents to CISA"),
    ("CISA", "Cybersecurity and Infrastructure Security Agency", "the US agency for cyber defense"),
    ("CISO", "chief information security officer", "answers for information security"),
    ("COO", "chief operating officer", "answers for daily operations"),
    ("CRO", "chief risk officer", "answers for how risk is measured and kept in bounds"),
    ("CSF", "Cybersecurity Framework", "NIST’s list of outcomes that a security program brings"),
    ("CSO", "chief security officer", "answers for security, often beyond information"),
    ("CTO", "chief technology officer", "answers for technology: what is built and run"),
    ("CVE", "Common Vulnerabilities and Exposures", "the public number of one known flaw"),
    ("DORA", "DevOps Research and Assessment",
     "four measures of how fast and safely software is changed (not the EU regulation)"),
    ("DPO", "data protection officer", "watches over personal data where the law asks for it"),
    ("EBITDA", "earnings before interest, taxes, depreciation and amortization",
     "a measure of profit"),
    ("EDR", "endpoint detection and response",
     "software on computers that sees an attack and can stop it"),
    ("ERP", "enterprise resource planning", "the system for orders, stock and accounts"),
    ("EU", "European Union", ""),
    ("GC", "general counsel", "leads the legal department"),
    ("GDPR", "General Data Protection Regulation", "the European law on personal data"),
    ("HIPAA", "Health Insurance Portability and Accountability Act",
     "the US law on health information"),
    ("HR", "human resources", ""),
    ("IAM", "identity and access management", "who may sign in, and to what"),
    ("ID", "identifier", ""),
    ("IRR", "internal rate of return", "the yearly rate at which an investment just breaks even"),
    ("ISO", "International Organization for Standardization", ""),
    ("ISO 27001", "", "the international standard for managing information security"),
    ("IT", "information technology", ""),
    ("KEV", "Known Exploited Vulnerabilities",
     "CISA’s list of flaws that attackers are known to use"),
    ("KPI", "key performance indicator", "a measure that a target is set for"),
    ("LLM", "large language model", "an AI that reads and writes text"),
    ("MFA", "multi-factor authentication", "signing in with more than a password"),
    ("MTTA", "mean time to acknowledge",
     "from detection until somebody takes a case up; we print the median"),
    ("MTTC", "mean time to contain",
     "from detection until an attack can spread no further; we print the median"),
    ("MTTD", "mean time to detect", "from start of an incident to detection; we print the median"),
    ("MTTR", "mean time to recover", "from detection to recovery; we print the median"),
    ("NIST", "National Institute of Standards and Technology", "the US agency for standards"),
    ("NPV", "net present value", "what an investment is worth today, later money counted less"),
    ("OWASP", "Open Worldwide Application Security Project",
     "publishes lists of the commonest flaws in software"),
    ("PAM", "privileged access management", "control of the accounts that may change anything"),
    ("PCI DSS", "Payment Card Industry Data Security Standard",
     "the rules for those who handle card data"),
    ("PDF", "Portable Document Format", ""),
    ("RACI", "responsible, accountable, consulted, informed",
     "who does what in a decision; one person is accountable"),
    ("ROI", "return on investment", "benefit less cost, over cost"),
    ("SBOM", "software bill of materials", "the list of parts that a program is made of"),
    ("SEC", "Securities and Exchange Commission", "the US authority for listed companies"),
    ("SIEM", "security information and event management",
     "where the records of all systems are collected and searched for attacks"),
    ("SLA", "service-level agreement", "a time that was agreed for something to be done"),
    ("SOC", "security operations center", "the people who watch for attacks"),
    ("SOC 2", "", "an auditor’s report on a service provider’s controls"),
    ("TLS", "Transport Layer Security", "encryption of data on its way"),
    ("US", "United States", ""),
    ("USD", "US dollars", ""),
    ("UTC", "Coordinated Universal Time", ""),
    ("VPN", "virtual private network", "an encrypted way into the company’s network"),
    ("VaR", "value at risk", "the loss that is passed only with a given chance"),
    ("appetite", "", "the loss that the board is willing to bear for what the company gains"),
    ("bypass", "", "a release that went round a security gate"),
    ("canary", "", "a release to a few users first, to see whether it fails"),
    ("clean room", "", "a separate place to restore systems that no attacker has touched"),
    ("crown jewel", "", "a system whose loss would hurt the company most"),
    ("dwell time", "", "how long an attacker was in before being shut out"),
    ("immutable backup", "", "a copy that nobody can change or delete, an attacker included"),
    ("materiality", "", "whether a reasonable investor would want to know; people determine it"),
    ("median", "", "the middle case: half took less, half took more"),
    ("penetration test", "", "hired testers attack, to find weaknesses first"),
    ("phishing", "", "messages that trick people into giving away access"),
    ("residual risk", "", "the risk that is left with today’s controls at work"),
    ("secure by design", "", "security built in from the first draft, not added afterwards"),
    ("threat model", "", "a list, made before building, of how a design could be attacked"),
    ("tier 1", "", "a vendor without which the company cannot work"),
    ("tolerance", "", "the loss beyond which the board wants to decide anew"),
    ("zero trust", "", "nothing is trusted for being inside the network; each access is checked"),
)  # fmt: skip


def glossary(own: Mapping[str, str]) -> tuple[Term, ...]:
    """All entries in alphabetical order.

    Args:
        own: the company's terms (``[glossary]`` of report.toml); they win over ours.
    """
    found = {term: Term(term, stands_for, meaning) for term, stands_for, meaning in BUILT_IN}
    found |= {term: Term(term, "", meaning.strip().rstrip(".")) for term, meaning in own.items()}
    return tuple(sorted(found.values(), key=_alphabet))


def terms_in(texts: Iterable[str], terms: Iterable[Term]) -> tuple[Term, ...]:
    """The entries that occur in some texts: abbreviations as written, words in any case.

    Plurals count: ``KPIs``, ``crown jewels``. A long term is also looked for over a line's end.
    """
    whole = " ".join(text.replace("\u00a0", " ") for text in texts)
    found = []
    # The longest first, each taken out where it stands: ``SOC 2`` is no use of ``SOC``.
    for each in sorted(terms, key=lambda one: -len(one.term)):
        whole, count = _pattern(each.term).subn(" ", whole)
        if count:
            found.append(each)
    return tuple(sorted(found, key=_alphabet))


def _alphabet(term: Term) -> tuple[str, str]:
    return term.term.casefold(), term.term


def _pattern(term: str) -> re.Pattern[str]:
    words = r"[\s-]+".join(re.escape(word) for word in term.split())
    flags = re.IGNORECASE if term == term.lower() else re.NOFLAG
    return re.compile(rf"(?<![\w]){words}(?:s|es)?(?![\w])", flags)
