"""What tools and people call the columns and values of our tables, in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

HEADERS: Mapping[str, tuple[str, ...]] = {
    "acknowledged_at": (
        "acknowledged",
        "assigned at",
        "taken on",
        "first response",
        "work started",
    ),
    "actual_cost": ("actual cost", "actuals", "spent", "booked", "ist kosten"),
    "actual_or_projected_cost": ("projected actual cost", "actual cost", "forecast cost"),
    "annual_cost": ("cost per year", "annual cost", "licence cost", "yearly cost"),
    "annual_spend": ("annual spend", "annual expense", "spend", "contract value"),
    "approved_on": ("approved", "approval date", "date approved"),
    "asset_id": (
        "host",
        "hostname",
        "asset",
        "ip",
        "ip address",
        "server",
        "device",
        "instance id",
    ),
    "asset_name": ("asset name", "dns", "fqdn", "netbios", "host name", "computer name"),
    "asset_tier": ("tier", "criticality", "asset criticality", "asset class"),
    "assigned_on": ("assigned", "enrolled", "enrollment date", "assignment date", "invited"),
    "budget": ("budget", "total budget", "approved budget", "lifecycle cost", "funding"),
    "business_unit": (
        *("business unit", "bu", "unit", "division", "department", "company", "segment"),
        *("bereich", "abteilung", "entité", "group", "organisation", "location"),
    ),
    "category": (
        *("category", "type", "kind", "incident type", "classification", "kategorie", "art"),
    ),
    "clicked": ("clicked", "clicks", "clicked count", "failed"),
    "closed_at": ("closed", "closed on", "date closed", "geschlossen", "closing time"),
    "closed_on": (
        *("closed", "date closed", "resolved", "fixed", "last fixed", "remediated", "closed at"),
        *("date fixed", "completed", "geschlossen", "remediation actual date"),
    ),
    "completed_on": ("completed", "completion date", "finished", "date completed", "passed on"),
    "contained_at": ("contained", "containment time", "contained on", "eingedämmt"),
    "cost": (
        *("cost", "direct cost", "loss", "total cost", "kosten", "coût", "amount", "schaden"),
        *("schadenshöhe", "damage"),
    ),
    "course": ("course", "module", "training", "module name", "course name", "kurs"),
    "created_at": ("created", "time", "timestamp", "alert time", "raised", "date", "created at"),
    "cve": ("cve", "cves", "cve id", "vulnerability id"),
    "delivered": ("delivered", "sent", "recipients", "emails delivered", "targeted"),
    "detected_at": (
        *("detected", "opened", "opened at", "created", "created at", "reported", "start date"),
        *("detection time", "discovered", "open time", "erkannt", "eröffnet", "date opened"),
        *("gemeldet", "entdeckt", "signalé"),
    ),
    "detected_by": (
        *("detected by", "source", "reported by", "detection source", "channel"),
        *("entdeckt durch", "gemeldet von", "gemeldet durch", "erkannt durch"),
    ),
    "due_on": ("due", "due date", "due at", "deadline", "target date", "fällig", "sla date"),
    "events_high": ("lef max", "frequency high", "frequency max", "max frequency"),
    "events_low": ("lef min", "frequency low", "frequency min", "min frequency"),
    "exposure": ("exposure", "internet facing", "zone", "network zone", "external"),
    "finding_id": ("finding id", "id", "issue id", "plugin id", "qid", "result id", "finding"),
    "first_seen_on": (
        *("first seen", "first found", "first detected", "first discovered", "discovered"),
        *("created at", "detected", "found on", "date found", "published on", "submitted at"),
    ),
    "high": ("max", "maximum", "p95", "upper", "95th percentile"),
    "incident_id": (
        *("number", "incident", "ticket", "case", "id", "key", "issue key", "ticket id"),
        *("reference", "ref", "case number", "incident number", "nummer", "fall"),
        *("nr", "lfd nr", "no", "numéro"),
    ),
    "initiative_id": ("id", "initiative", "project id", "programme id"),
    "life_years": ("life", "useful life", "lifetime", "years of life"),
    "likely": ("most likely", "mode", "ml"),
    "loss_form": ("form of loss", "loss type", "loss category"),
    "loss_high": ("lm max", "magnitude high", "magnitude max", "loss max"),
    "loss_low": ("lm min", "magnitude low", "magnitude min", "loss min"),
    "low": ("min", "minimum", "p5", "lower", "5th percentile"),
    "name": ("name", "title", "project name", "initiative", "technology", "application", "system"),
    "occurred_at": ("occurred", "began", "start", "incident date", "occurred on", "start time"),
    "one_off_cost": ("one off cost", "capex", "implementation cost", "setup cost"),
    "owner_role": ("owner", "responsible", "lead", "accountable", "verantwortlich"),
    "planned_cost": ("planned cost", "plan cost", "budgeted cost", "plan"),
    "project_id": ("project id", "unique id", "id", "project number"),
    "raised_on": ("raised", "date raised", "identified", "reported", "original detection date"),
    "rank_correlation": ("correlation", "rho", "spearman"),
    "rating": ("score", "rating", "security score", "grade"),
    "records_affected": ("records affected", "individuals affected", "records", "data total"),
    "recovered_at": (
        *("recovered", "resolved", "resolved at", "restored", "end date", "resolution time"),
        *("behoben", "gelöst", "date resolved"),
    ),
    "reopened_count": ("reopen count", "reopened", "times reopened", "times resurfaced"),
    "reported": ("reported", "reports", "reported count"),
    "result": ("result", "status", "outcome", "state", "compliance status"),
    "risk_id": ("risk id", "risk number", "risk no", "risk reference", "scenario id"),
    "sent_on": ("sent", "started at", "campaign date", "launch date", "date sent"),
    "service": ("service", "application", "project", "repository", "component", "environment"),
    "severity": (
        *("severity", "priority", "risk", "urgency", "level", "criticality", "sev", "impact"),
        *("schweregrad", "priorität", "dringlichkeit", "gravité", "priorité", "severidad"),
    ),
    "shape": ("distribution",),
    "stage": ("stage", "ring", "status", "phase", "lifecycle"),
    "technology_id": ("id", "technology id", "initiative id", "uniqueid", "application id"),
    "title": (
        *("title", "summary", "short description", "subject", "description", "name", "titel"),
        *("weakness name", "betreff", "kurzbeschreibung", "résumé", "beschreibung"),
    ),
    "triaged_at": ("triaged", "triage time", "review time", "closed at", "verdict time"),
    "vendor_id": ("vendor id", "vendor", "supplier id", "domain", "third party id"),
    "vendor_name": ("vendor name", "vendor", "supplier", "third party", "company", "lieferant"),
    "verdict": ("verdict", "disposition", "classification", "conclusion", "disposition label"),
}
"""Canonical column to the headers that are often seen for it."""

VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "severity": {
        "critical": (
            *("crit", "p1", "sev1", "sev 1", "s1", "1 critical", "blocker", "highest", "severe"),
            *("very high", "emergency", "kritisch", "critique", "critico", "crítico"),
        ),
        "high": (
            *("p2", "sev2", "sev 2", "s2", "2 high", "major", "important", "hoch", "haut"),
            *("haute", "élevé", "élevée", "alto", "alta"),
        ),
        "medium": (
            *("p3", "sev3", "sev 3", "s3", "3 moderate", "3 medium", "moderate", "normal", "med"),
            *("mittel", "moyen", "moyenne", "medio", "media"),
        ),
        "low": (
            *("p4", "sev4", "sev 4", "s4", "4 low", "minor", "lowest", "trivial", "gering"),
            *("niedrig", "faible", "bas", "basse", "bajo", "baja", "p5"),
        ),
    },
    "verdict": {
        "true_positive": ("tp", "true", "malicious", "confirmed", "suspicious activity"),
        "false_positive": ("fp", "false", "not malicious", "incorrect analytic logic"),
        "benign": ("benign positive", "expected", "authorized", "testing"),
        "undetermined": ("unknown", "indeterminate", "inconclusive"),
    },
    "stage": {
        "assess": ("evaluate", "proposed", "idea", "planning", "discovery"),
        "trial": ("pilot", "poc", "proof of concept", "test"),
        "adopt": ("adopted", "in production", "live", "production", "invest", "in use"),
        "retire": ("retired", "sunset", "decommissioned", "eliminate", "phase out"),
    },
    "exposure": {
        "internet": ("external", "internet facing", "public", "dmz", "yes", "true"),
        "internal": ("private", "lan", "no", "false", "intranet"),
    },
    "asset_tier": {
        "crown_jewel": ("tier 0", "tier 1", "mission critical", "critical", "kronjuwel"),
        "production": ("tier 2", "prod", "server", "business critical"),
        "workplace": ("tier 3", "workstation", "endpoint", "client", "laptop", "desktop"),
    },
    "detected_by": {
        "own_monitoring": (
            "monitoring",
            "siem",
            "edr",
            "soc",
            "event",
            "internal",
            "alert",
            "überwachung",
        ),
        "employee": ("user", "self service", "staff", "phone", "email", "mitarbeiter"),
        "third_party": ("vendor", "partner", "supplier", "external"),
    },
    "result": {
        "met": ("compliant", "pass", "passed", "yes", "implemented", "satisfied", "erfüllt"),
        "partly_met": ("partial", "partially", "partially implemented", "teilweise"),
        "not_met": ("non compliant", "fail", "failed", "no", "not satisfied", "nicht erfüllt"),
        "not_applicable": ("na", "n a", "not relevant"),
        "passed": ("pass", "ok", "success", "compliant"),
        "failed": ("fail", "alarm", "non compliant"),
    },
    "category": {
        "phishing": ("phish", "spear phishing", "social engineering"),
        "malware": ("virus", "trojan", "malicious code", "schadsoftware"),
        "unauthorized_access": ("intrusion", "hacking", "account compromise", "access"),
        "data_exposure": ("data leak", "data breach", "leak", "data loss"),
        "denial_of_service": ("dos", "ddos", "availability"),
        "insider": ("misuse", "insider threat"),
        "third_party": ("supply chain", "vendor"),
        "lost_device": ("theft", "loss", "lost or stolen", "stolen", "diebstahl", "verlust"),
        "other": ("sonstiges", "sonstige", "misc", "miscellaneous", "autre", "andere"),
    },
}
"""Column to canonical value to the words that are often seen for it."""

TABLES: Mapping[str, tuple[str, ...]] = {
    "incidents": ("incident", "breach", "case", "ticket", "vorfall", "vorfälle", "störung"),
    "detections": ("alert", "notable", "detection", "alarm", "alerts"),
    "vulnerability_findings": ("vuln", "scan", "vulnerabilities", "schwachstelle"),
    "audit_findings": ("audit", "pentest", "poam", "findings"),
    "training_enrollments": ("training", "awareness", "enrollment", "schulung"),
    "phishing_campaigns": ("phish", "phishing", "campaign"),
    "third_parties": ("vendor", "supplier", "third", "lieferant", "lieferanten"),
    "technology_portfolio": ("portfolio", "radar", "technology", "applications"),
    "deployments": ("deploy", "deployment", "release", "releases"),
    "investments": ("invest", "investment", "budget", "spend", "investition"),
    "it_projects": ("project", "projects", "projekte"),
    "cloud_costs": ("cloud", "focus", "billing", "cost"),
    "systems": ("cmdb", "systems", "asset", "assets", "inventory"),
    "risk_register": ("risk", "risks", "risiko", "risiken"),
    "risk_inputs": ("fair", "factors"),
    "risk_correlations": ("correlation", "correlations"),
    "initiatives": ("initiative", "initiatives"),
    "initiative_effects": ("effect", "effects"),
    "policies": ("policy", "policies", "richtlinien"),
    "compliance_assessments": ("compliance", "assessment", "controls"),
}
"""Table to words of file names that often hold it."""

TRUE = ("true", "yes", "y", "1", "x", "ja", "oui", "si", "sí", "wahr", "vrai", "on", "enabled")
FALSE = ("false", "no", "n", "0", "nein", "non", "falsch", "faux", "off", "disabled")
MISSING = ("n/a", "na", "-", "--", "'-", "?", "null", "none", "nil", "#n/a", "(blank)", "tbd")
"""Texts that often mean "no value"."""


@cache
def known_headers(table: str) -> Mapping[str, tuple[str, ...]]:
    """Column of a table to headers that readers of tools' exports know for it."""
    from board_report.sources.readers import readers_by_id

    found: dict[str, list[str]] = {}
    for reader in readers_by_id().values():
        if reader.table != table:
            continue
        for column, header in reader.preset.columns.items():
            found.setdefault(column, []).append(header)
        for column, rule in reader.preset.rules.items():
            if rule.how == "first" or len(rule.headers) == 1:
                found.setdefault(column, []).extend(rule.headers)
    return {column: tuple(dict.fromkeys(headers)) for column, headers in found.items()}
