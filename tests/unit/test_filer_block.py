"""``[filer]`` is read as it is written; a value that cannot be is refused with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.errors import ProjectError
from board_report.model import Filer, ListedSecurity
from board_report.project import load_project
from board_report.project.edgar_codes import (
    ADDRESS,
    COUNTRY,
    EXCHANGE,
    INCORPORATION,
    edgar_codes,
)
from board_report.resources import sample_folder
from tests.projects import make_project

WHOLE = """
[filer]
registrant_name = "Larkfield Freight, Inc."
file_number = "001-12345"
incorporated_in = "DE"
ein = "12-3456789"
address = { lines = ["1 Quay Street", "Floor 2"], city = "Duluth", state = "MN", postal_code = "55802" }
phone = { area_code = "218", number = "555-0142" }
emerging_growth_company = false
file_prefix = "lkf"
namespace = "http://www.larkfield.example"
form_8k = { soliciting_material = true }

[[filer.security]]
title = "Common Stock"
symbol = "LKF"
exchange = "NYSE"

[[filer.security]]
title = "Notes due 2030"
exchange = "NASDAQ"
"""  # noqa: E501 - a table in braces stands on one line


def filer(folder: Path, block: str, cik: str = "") -> Filer | None:
    make_project(folder, report=block)
    path = folder / "report.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[company]", f'[company]\ncik = "{cik}"', 1), encoding="utf-8")
    return load_project(folder).filer


def test_every_key_is_read(tmp_path: Path) -> None:
    assert filer(tmp_path, WHOLE, "1234567") == Filer(
        registrant_name="Larkfield Freight, Inc.",
        cik="0001234567",
        file_number="001-12345",
        incorporated_in="DE",
        ein="12-3456789",
        address_lines=("1 Quay Street", "Floor 2"),
        city="Duluth",
        state="MN",
        postal_code="55802",
        area_code="218",
        phone="555-0142",
        securities=(
            ListedSecurity("Common Stock", "LKF", "NYSE"),
            ListedSecurity("Notes due 2030", "", "NASDAQ"),
        ),
        is_emerging_growth=False,
        file_prefix="lkf",
        namespace="http://www.larkfield.example",
        soliciting_material=True,
    )


def test_without_the_block_nothing_is_known(tmp_path: Path) -> None:
    assert filer(tmp_path, "") is None


def test_what_is_not_given_is_empty_and_not_made_up(tmp_path: Path) -> None:
    """But the name, which is the company's, and the boxes, which are not ticked."""
    found = filer(tmp_path, '[filer]\nein = "12-3456789"\n')
    assert found is not None
    assert found == Filer(registrant_name=found.registrant_name, cik="", ein="12-3456789")
    assert found.registrant_name
    assert found.is_emerging_growth is None


@pytest.mark.parametrize(
    ("given", "cik"), [("", ""), ("0", ""), ("0000000000", ""), ("12", "0" * 8 + "12")]
)
def test_ten_zeros_are_no_cik(tmp_path: Path, given: str, cik: str) -> None:
    found = filer(tmp_path, WHOLE, given)
    assert found is not None
    assert found.cik == cik


@pytest.mark.parametrize(
    ("words", "instead", "message"),
    [
        ('"001-12345"', '"12345"', "'12345' is not a Commission file number. Write it as"),
        ('"12-3456789"', '"123456789"', "'123456789' is not an EIN. Write nine digits"),
        ('incorporated_in = "DE"', 'incorporated_in = "Delaware"', 'Did you mean "DE"?'),
        ('incorporated_in = "DE"', 'incorporated_in = "Q9"', "is not a code of EDGAR's list"),
        ('state = "MN"', 'state = "mn"', 'Did you mean "MN"?'),
        ('exchange = "NYSE"', 'exchange = "New York Stock Exchange"', 'Did you mean "NYSE"?'),
        ('exchange = "NYSE"', 'exchange = ""', "exchange: it is missing."),
        ('area_code = "218"', 'area_code = "(218)"', "is not an area code"),
        ('number = "555-0142"', 'number = "call us"', "is not a telephone number"),
        ('file_prefix = "lkf"', 'file_prefix = "LKF.N"', "names of files may begin with"),
        ('"http://www.larkfield.example"', '"larkfield"', "is not a web address"),
        ('lines = ["1 Quay Street", "Floor 2"]', 'lines = ["1", "2", "3", "4"]', "one to three"),
        ('"Larkfield Freight, Inc."', '"(Larkfield)"', "is not a registrant's name"),
        ('title = "Common Stock"', f'title = "{"x" * 151}"', "longer than 150"),
        ("soliciting_material = true", "solicting_material = true", "Did you mean soliciting_m"),
        ("ein =", "eni =", "Did you mean ein?"),
        ("emerging_growth_company = false", 'emerging_growth_company = "no"', "true or false"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(tmp_path: Path, words: str, instead: str, message: str) -> None:
    assert words in WHOLE
    with pytest.raises(ProjectError) as refused:
        filer(tmp_path, WHOLE.replace(words, instead))
    assert message in refused.value.message
    assert refused.value.where.startswith("report.toml, line ")
    assert "filer" in refused.value.where


def test_a_cik_of_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="'12AB' is not a CIK"):
        filer(tmp_path, WHOLE, "12AB")


def test_the_sample_company_has_a_cover_page_and_no_cik() -> None:
    found = load_project(sample_folder()).filer
    assert found is not None
    assert found.cik == ""
    assert found.file_prefix == "corvane"
    assert found.namespace.endswith(".example")


@pytest.mark.parametrize(
    ("kind", "code", "name"),
    [
        (INCORPORATION, "DE", "Delaware"),
        (INCORPORATION, "E9", "Cayman Islands"),
        (ADDRESS, "ON", "Ontario"),
        (EXCHANGE, "NYSE", "New York Stock Exchange"),
        (COUNTRY, "IE", ""),
    ],
)
def test_codes_have_their_names(kind: str, code: str, name: str) -> None:
    assert edgar_codes(kind)[code] == name
