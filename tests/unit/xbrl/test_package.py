"""The rebuilt taxonomy: its elements, its label, and that it is the same each time."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from board_report.documents.xbrl.elements import cyd_elements, dei_types
from board_report.documents.xbrl.names import YEARS
from board_report.documents.xbrl.package import package_files, taxonomy_package
from board_report.governance.rules import load_rules

XS = "{http://www.w3.org/2001/XMLSchema}"
LINK = "{http://www.xbrl.org/2003/linkbase}"
XLINK = "{http://www.w3.org/1999/xlink}"
VARIABLE = "BOARD_REPORT_SHARED_DATA"

Files = dict[str, bytes]


def declared(schema: bytes) -> set[tuple[str, ...]]:
    """Name, type, group and abstractness of every element."""
    return {
        tuple(each.get(key, "false") for key in ("name", "type", "substitutionGroup", "abstract"))
        for each in ElementTree.fromstring(schema).iter(f"{XS}element")
        if each.get("name")
    }


def arcs(schema: bytes) -> set[tuple[str, ...]]:
    """From, to, arcrole and place of every arc of a network."""
    return {
        (
            each.get(f"{XLINK}from", ""),
            each.get(f"{XLINK}to", ""),
            each.get(f"{XLINK}arcrole", ""),
            each.get("order", ""),
        )
        for kind in ("presentationArc", "definitionArc")
        for each in ElementTree.fromstring(schema).iter(f"{LINK}{kind}")
    }


def labels(schema: bytes) -> dict[str, str]:
    return {
        each.get(f"{XLINK}label", ""): each.text or ""
        for each in ElementTree.fromstring(schema).iter(f"{LINK}label")
    }


def names(year: int) -> dict[str, str]:
    return {
        "cyd": f"xbrl.sec.gov/cyd/{year}/cyd-{year}.xsd",
        "af": f"xbrl.sec.gov/cyd/{year}/cyd-af-sub-{year}.xsd",
        "8k": f"xbrl.sec.gov/cyd/{year}/cyd-8k-sub-{year}.xsd",
        "dei": f"xbrl.sec.gov/dei/{year}/dei-{year}.xsd",
    }


def test_the_package_is_the_same_each_time() -> None:
    assert taxonomy_package() == taxonomy_package()
    entries = ZipFile(BytesIO(taxonomy_package())).infolist()
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [each.filename for each in entries] == sorted(each.filename for each in entries)
    assert {each.filename.split("/")[0] for each in entries} == {"cyd-reconstructed"}


def test_every_made_file_says_that_it_is_reconstructed() -> None:
    """But dei of 2024, which is genuine, and the catalog, which is only a table of addresses."""
    silent = {
        name for name, data in package_files().items() if b"reconstructed" not in data.lower()
    }
    assert silent == {"META-INF/catalog.xml", "xbrl.sec.gov/dei/2024/dei-2024.xsd"}


def test_elements_answer_the_sub_items_of_the_rule() -> None:
    """Each flag of the rule data is an element, under the same sub-item."""
    flags = {each.flag: each.id for each in load_rules().sub_items if each.flag}
    assert {
        each.name.removeprefix("CybersecurityRisk"): each.sub_item
        for each in cyd_elements().values()
        if each.is_flag
    } == flags
    ids = {each.id for each in load_rules().sub_items}
    annual = {each.sub_item for each in cyd_elements().values() if each.network == "af"}
    assert ids - annual == set()


def test_scope_has_the_label_of_timing_in_2024_alone() -> None:
    scope = "lab_MaterialCybersecurityIncidentScopeTextBlock"
    files = package_files()
    assert {year: labels(files[names(year)["8k"]])[scope].split()[3] for year in YEARS} == {
        2024: "Timing",
        2025: "Scope",
        2026: "Scope",
    }


def test_dei_types_are_those_of_the_schema() -> None:
    assert dei_types()["AmendmentFlag"] == "xbrli:booleanItemType"
    assert dei_types()["EntityCentralIndexKey"] == "dei:centralIndexKeyItemType"
    assert "CoverAbstract" not in dei_types()


@pytest.fixture(scope="module")
def shared() -> Files:
    """The package that was rebuilt independently, where the shared folder is there."""
    folder = Path(os.environ.get(VARIABLE, "/nowhere"))
    path = folder.parent / "sec" / "sec-cyd-reconstructed.zip"
    if not path.is_file():
        assert not (os.environ.get("CI") == "true" and VARIABLE in os.environ), path
        pytest.skip(f"{VARIABLE} names no folder with the package")
    with ZipFile(path) as archive:
        return {each.partition("/")[2]: archive.read(each) for each in archive.namelist()}


@pytest.mark.parametrize("year", YEARS)
def test_same_elements_networks_and_labels_as_the_other_reconstruction(
    shared: Files, year: int
) -> None:
    ours = package_files()
    assert declared(ours[names(year)["cyd"]]) == declared(shared[names(year)["cyd"]])
    assert declared(ours[names(year)["dei"]]) == declared(shared[names(year)["dei"]])
    for entry in ("af", "8k"):
        assert arcs(ours[names(year)[entry]]) == arcs(shared[names(year)[entry]])
        theirs = labels(shared[names(year)[entry]])
        # Heads have no label in public data; the other made one up.
        seen = {name: text for name, text in theirs.items() if not name.endswith("Abstract")}
        assert labels(ours[names(year)[entry]]) == seen
