"""Cloud bills in FOCUS, the FinOps Foundation's open specification of cost and usage."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Header, Reader, Records

_HAS = ("ChargePeriodStart", "EffectiveCost", "BilledCost", "BillingCurrency", "ChargeCategory")
_AMOUNT = r"^(\S+ \S+)$"
"""A currency and an amount; a cost that is missing leaves the currency alone."""


def _cost(header: str) -> ColumnRule:
    """The cost with its currency in front, which is held against the report's."""
    return ColumnRule(("BillingCurrency", header), between=" ", match=_AMOUNT)


def _day(header: str) -> ColumnRule:
    """The day as the provider bills it, in UTC, whatever the company's zone."""
    return ColumnRule((header,), match=r"^(\d{4}-\d{2}-\d{2})")


READERS = (
    Reader(
        id="focus",
        tool="FOCUS",
        export="cloud cost and usage of any provider, as CSV or Parquet",
        preset=SourceSpec(
            table="cloud_costs",
            file="",
            columns={
                "provider": "ProviderName",
                "service_category": "ServiceCategory",
                "service": "ServiceName",
                "charge_category": "ChargeCategory",
            },
            rules={
                "charge_period_start": _day("ChargePeriodStart"),
                "charge_period_end": _day("ChargePeriodEnd"),
                "sub_account": ColumnRule(("SubAccountName", "SubAccountId"), how="first"),
                "billed_cost": _cost("BilledCost"),
                "effective_cost": _cost("EffectiveCost"),
                "list_cost": _cost("ListCost"),
            },
            missing=("NULL",),
        ),
        signatures=(Header(has=_HAS), Records(has=_HAS)),
        evidence=Evidence.SAMPLE,
        reference="FinOps Foundation, FOCUS 1.0 sample data (CC BY 4.0)",
        traps=(
            "FOCUS numbers no charge, so that each line is a charge of its own; a period that is "
            "exported twice counts twice.",
            "Periods are in UTC, as providers bill; a charge belongs to the day, and the quarter, "
            "in which its period begins.",
            "Costs have many decimals, and none is rounded before they are summed.",
            "A charge in another currency than the report's is set aside; nothing is converted.",
            "The text NULL means that there is no value.",
        ),
    ),
)
