"""The codes that cover pages use for places and exchanges, as the dei schema lists them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

INCORPORATION = "incorporation"
"""States and countries of incorporation, by EDGAR's own code."""
ADDRESS = "address"
"""States and provinces of an address, by postal code."""
COUNTRY = "country"
"""Countries of an address, by ISO 3166."""
EXCHANGE = "exchange"
"""Exchanges on which a class is registered."""


@cache
def edgar_codes(kind: str) -> Mapping[str, str]:
    """Code to name, for one of the lists above; the name is empty where only the code is known."""
    path = Path(__file__).with_name("edgar_codes.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return MappingProxyType({row["code"]: row["name"] for row in rows if row["list"] == kind})
