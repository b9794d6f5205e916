"""Columns and value lists that several canonical tables share."""

from board_report.tables.schema import Audience, Column, Kind

SEVERITIES = ("critical", "high", "medium", "low")
ASSET_TIERS = ("crown_jewel", "production", "workplace")
UNKNOWN_UNTIL_SAID = "; empty while unknown."
"""How the meaning of a column ends that the tool which fills its table may not know."""


def business_unit(*, required: bool = True) -> Column:
    """The business unit, as named in ``report.toml``."""
    return Column(
        "business_unit",
        Kind.TEXT,
        "Business unit, as listed under company.business_units"
        + ("." if required else UNKNOWN_UNTIL_SAID),
        required=required,
    )


def severity(*, required: bool = True) -> Column:
    """Severity on the four-step scale."""
    meaning = "Severity" + ("." if required else UNKNOWN_UNTIL_SAID)
    return Column("severity", Kind.CATEGORY, meaning, required=required, allowed=SEVERITIES)


def asset_tier(*, required: bool = True) -> Column:
    """How much depends on the asset."""
    return Column(
        "asset_tier",
        Kind.CATEGORY,
        "Crown jewel (its loss stops the business), other production, or workplace device"
        + ("." if required else UNKNOWN_UNTIL_SAID),
        required=required,
        allowed=ASSET_TIERS,
    )


def quarter() -> Column:
    """The quarter that a snapshot row belongs to."""
    return Column("quarter", Kind.QUARTER, "Fiscal quarter at whose end this was recorded.")


def day(name: str, meaning: str, *, required: bool = True) -> Column:
    """A calendar date."""
    return Column(name, Kind.DATE, meaning, unit="date", required=required)


def instant(name: str, meaning: str, *, required: bool = True) -> Column:
    """A point in time."""
    return Column(name, Kind.DATETIME, meaning, unit="UTC", required=required)


def identifier(name: str, meaning: str) -> Column:
    """The key of a row."""
    return Column(name, Kind.ID, meaning)


def text(name: str, meaning: str, *, required: bool = True) -> Column:
    """Free text of at most 300 characters on a page."""
    return Column(name, Kind.TEXT, meaning, required=required)


def role(name: str, meaning: str, *, required: bool = True) -> Column:
    """A role such as CISO; people hold roles in governance/people.csv."""
    return Column(name, Kind.ROLE, meaning, required=required)


def one_of(name: str, meaning: str, *allowed: str, required: bool = True) -> Column:
    """One of a closed list of values."""
    return Column(name, Kind.CATEGORY, meaning, allowed=allowed, required=required)


def flag(name: str, meaning: str, *, required: bool = True) -> Column:
    """True or false."""
    return Column(name, Kind.BOOLEAN, meaning, required=required)


def count(name: str, meaning: str, *, required: bool = True) -> Column:
    """A whole number, zero or more."""
    return Column(name, Kind.INTEGER, meaning, unit="count", required=required, minimum=0)


def money(name: str, meaning: str, *, required: bool = True, signed: bool = False) -> Column:
    """An amount in the reporting currency."""
    return Column(
        name,
        Kind.MONEY,
        meaning,
        unit="currency",
        required=required,
        minimum=None if signed else 0,
    )


def items(name: str, meaning: str) -> Column:
    """Several values in one cell, separated by semicolons."""
    return Column(name, Kind.LIST, meaning, required=False)


def public(name: str, kind: Kind, meaning: str, *, required: bool = True) -> Column:
    """A column of any kind that a document for the public may show."""
    return Column(name, kind, meaning, required=required, audience=Audience.PUBLIC)
