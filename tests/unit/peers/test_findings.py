"""A SIC code that no filer has is told, with what is taken instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board_report.governance.peers.findings import sic_findings
from board_report.model import Company, Severity
from board_report.project import load_project
from board_report.resources import sample_folder


def company(sic: str) -> Company:
    return replace(load_project(sample_folder()).company, sic=sic)


@pytest.mark.parametrize("sic", ["", "5047", "7372"])
def test_code_that_filers_have_and_none_at_all_are_in_order(sic: str) -> None:
    assert sic_findings(company(sic)) == ()


@pytest.mark.parametrize(
    ("sic", "code", "instead"),
    [
        ("5048", "peers_sic_without_filers", "in wholesale trade"),
        ("9999", "peers_sic_unknown", "all filers of its form"),
    ],
)
def test_code_that_no_filer_has_is_told(sic: str, code: str, instead: str) -> None:
    (found,) = sic_findings(company(sic))

    assert (found.code, found.severity, found.value) == (code, Severity.WARNING, sic)
    assert (found.file, found.column) == ("report.toml", "company.sic")
    assert f"SIC {sic}" in found.reason
    assert instead in found.reason
