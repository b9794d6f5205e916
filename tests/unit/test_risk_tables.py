"""Rows of risk inputs, correlations, initiatives and effects: what they may say, and together."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from board_report.tables.catalogue import TABLES
from board_report.tables.demands import Filled, When
from board_report.tables.engine.plans import PLANS
from board_report.tables.load import LoadedTables
from tests.projects import found, load, told

REGISTER = (
    "quarter,risk_id,title,short_title,owner_role,events_low,events_high,loss_low,loss_high,"
    "currency,treatment,reviewed_on"
)
RISKS = (
    "2026-Q3,R-1,Ransomware,Ransomware,CISO,0.1,0.4,1000,90000,,mitigate,2026-09-20",
    "2026-Q3,R-2,Outage,Outage,,,,,,EUR,mitigate,2026-09-20",
)
HEADERS = {
    "ciso/risk_register.csv": REGISTER,
    "ciso/risk_inputs.csv": (
        "quarter,risk_id,input,loss_form,part,shape,low,likely,high,weight,count,dispersion,cap,"
        "truncate_above,basis,reviewed_on"
    ),
    "ciso/risk_correlations.csv": "quarter,risk_id,other_risk_id,rank_correlation,basis",
    "governance/initiatives.csv": (
        "initiative_id,name,owner_role,leader,decision,annual_cost,one_off_cost,life_years,"
        "starts_on,requires,excludes,must_stay,technology_id"
    ),
    "governance/initiative_effects.csv": (
        "initiative_id,risk_id,metric_id,acts_on,low,high,effective_on,promised_on,basis"
    ),
}
GOOD: dict[str, tuple[dict[str, str], ...]] = {
    "risk_inputs": (
        {"input": "loss_event_frequency", "shape": "lognormal", "low": "0.1", "high": "0.4"},
        {
            "input": "threat_event_frequency",
            "shape": "pert",
            "low": "0",
            "likely": "2",
            "high": "9",
            "weight": "6",
            "count": "negative_binomial",
            "dispersion": "0.5",
        },
        {"input": "vulnerability", "shape": "beta", "low": "0.05", "high": "0.3"},
        {
            "input": "resistance_strength",
            "part": "backup",
            "shape": "pert",
            "low": "0",
            "likely": "0.5",
            "high": "1",
        },
        {"input": "resistance_strength", "part": "segments", "shape": "fixed", "likely": "1"},
        {
            "input": "primary_loss",
            "loss_form": "response",
            "shape": "lognormal",
            "low": "1000",
            "high": "90000",
            "cap": "200000",
            "truncate_above": "500000",
        },
        {"input": "primary_loss", "shape": "history", "low": "9", "high": "99", "weight": "3"},
        {"input": "secondary_loss_frequency", "shape": "fixed", "likely": "0"},
        {"input": "outage_hours", "shape": "lognormal", "low": "4", "high": "4"},
    ),
    "risk_correlations": ({"rank_correlation": "-1"}, {"other_risk_id": "R-1", "risk_id": "R-2"}),
    "initiatives": (
        {},
        {"initiative_id": "I-2", "requires": "I-1", "excludes": "I-3", "must_stay": "yes"},
        {"initiative_id": "I-3", "owner_role": "", "starts_on": "2027-02-01"},
    ),
    "initiative_effects": (
        {},
        {"low": "-0.2", "high": "1", "acts_on": "magnitude", "effective_on": "2027-02-01"},
        {"risk_id": "", "metric_id": "mttr", "acts_on": "kpi", "low": "-12", "high": "-6"},
    ),
}
USUAL = {
    "risk_inputs": {"quarter": "2026-Q3", "risk_id": "R-1", "basis": "workshop"},
    "risk_correlations": {
        "quarter": "2026-Q3",
        "risk_id": "R-1",
        "other_risk_id": "R-2",
        "rank_correlation": "0.3",
        "basis": "workshop",
    },
    "initiatives": {
        "initiative_id": "I-1",
        "name": "Backup",
        "owner_role": "CTO",
        "leader": "CTO",
        "decision": "proposed",
        "annual_cost": "100",
        "life_years": "5",
    },
    "initiative_effects": {
        "initiative_id": "I-1",
        "risk_id": "R-1",
        "acts_on": "frequency",
        "low": "0.2",
        "high": "0.5",
        "basis": "pilot",
    },
}
FILES = {file.split("/")[1].removesuffix(".csv"): file for file in HEADERS}


def line(table: str, cells: dict[str, str]) -> str:
    """One row of a table as a CSV line: the usual cells, with some changed."""
    names = HEADERS[FILES[table]].split(",")
    assert set(cells) <= set(names), cells
    whole = {**dict.fromkeys(names, ""), **USUAL[table], **cells}
    return ",".join(whole[name] for name in names)


def with_rows(folder: Path, table: str, *rows: dict[str, str]) -> LoadedTables:
    """The tiny project with two risks, good initiatives, and these rows of one table."""
    chosen = {name: rows if name == table else GOOD[name] for name in USUAL}
    files: dict[str, str | bytes] = {
        FILES[name]: "\n".join((HEADERS[FILES[name]], *(line(name, each) for each in some))) + "\n"
        for name, some in chosen.items()
    }
    files["ciso/risk_register.csv"] = "\n".join((REGISTER, *RISKS)) + "\n"
    return load(folder, files)[1]


def test_good_rows_are_used(tmp_path: Path) -> None:
    """Every shape, half-empty keys that differ, lists, days ahead: nothing is told of them."""
    loaded = with_rows(tmp_path, "risk_inputs", *GOOD["risk_inputs"])
    assert told(loaded) == set()
    for name, rows in GOOD.items():
        assert len(loaded.tables.frame(name)) == len(rows), name


def test_values_are_typed(tmp_path: Path) -> None:
    """An empty cell is missing, a list a tuple, a share a number."""
    loaded = with_rows(tmp_path, "risk_inputs", *GOOD["risk_inputs"])
    fixed = loaded.tables.frame("risk_inputs").iloc[4]
    assert (fixed["part"], fixed["likely"]) == ("segments", 1.0)
    assert pd.isna(fixed["low"])
    assert pd.isna(fixed["loss_form"])
    second = loaded.tables.frame("initiatives").iloc[1]
    assert (second["requires"], second["excludes"]) == (("I-1",), ("I-3",))
    assert bool(second["must_stay"])


def test_risk_without_owner_and_intervals_is_used(tmp_path: Path) -> None:
    """To drop it would understate the loss; its loss may be described elsewhere."""
    loaded = with_rows(tmp_path, "risk_inputs", *GOOD["risk_inputs"])
    second = loaded.tables.frame("risk_register").iloc[1]
    assert (second["risk_id"], second["currency"]) == ("R-2", "EUR")
    assert pd.isna(second["owner_role"])
    assert pd.isna(second["loss_high"])


LOSS = {"input": "primary_loss", "shape": "lognormal", "low": "1000", "high": "90000"}
RATE = {"input": "loss_event_frequency", "shape": "lognormal", "low": "0.1", "high": "0.4"}
SHARE = {"input": "vulnerability", "shape": "pert", "low": "0.1", "likely": "0.2", "high": "0.3"}
PERT = {"input": "primary_loss", "shape": "pert", "low": "10", "likely": "20", "high": "30"}
KPI = {"risk_id": "", "metric_id": "mttr", "acts_on": "kpi"}

FAULTS: dict[str, tuple[str, dict[str, str], str, str, str, str]] = {
    "interval upside down": (
        *("risk_inputs", RATE | {"low": "0.5"}, "part_above_whole", "low", "0.5"),
        "low 0.5 is above high 0.4",
    ),
    "likely below minimum": (
        *("risk_inputs", PERT | {"likely": "5"}, "part_above_whole", "low", "10"),
        "low 10 is above likely 5",
    ),
    "likely above maximum": (
        *("risk_inputs", PERT | {"likely": "35"}, "part_above_whole", "likely", "35"),
        "likely 35 is above high 30",
    ),
    "negative frequency": (
        *("risk_inputs", RATE | {"low": "-1"}, "below_minimum", "low", "-1"),
        "-1 is below 0",
    ),
    "lognormal from zero": (
        *("risk_inputs", RATE | {"low": "0"}, "outside_bounds", "low", "0"),
        "low 0 must be above 0 where shape is lognormal",
    ),
    "prior belief from zero": (
        *("risk_inputs", RATE | {"low": "0", "shape": "history"}, "outside_bounds", "low", "0"),
        "above 0 where shape is history",
    ),
    "share above one": (
        *("risk_inputs", SHARE | {"high": "1.3"}, "outside_bounds", "high", "1.3"),
        "high 1.3 must be from 0 to 1 where input is vulnerability",
    ),
    "strength above one": (
        "risk_inputs",
        {"input": "resistance_strength", "shape": "fixed", "likely": "85"},
        *("outside_bounds", "likely", "85", "where input is resistance_strength"),
    ),
    "beta from zero": (
        *("risk_inputs", SHARE | {"shape": "beta", "likely": "", "low": "0"}, "outside_bounds"),
        *("low", "0", "low 0 must be above 0 and below 1 where shape is beta"),
    ),
    "beta up to one": (
        *("risk_inputs", SHARE | {"shape": "beta", "likely": "", "high": "1"}, "outside_bounds"),
        *("high", "1", "above 0 and below 1"),
    ),
    "beta without a width": (
        *("risk_inputs", SHARE | {"shape": "beta", "likely": "", "high": "0.1"}, "not_below"),
        *("low", "0.1", "low 0.1 is not below high 0.1, and must be where shape is beta"),
    ),
    "beta of money": (
        *("risk_inputs", LOSS | {"shape": "beta", "low": "0.1", "high": "0.2"}, "values_clash"),
        *("input", "primary_loss", "does not go with a row where shape is beta"),
    ),
    "history of what nobody records": (
        *("risk_inputs", SHARE | {"shape": "history", "likely": ""}, "values_clash"),
        *("input", "vulnerability", "loss_event_frequency, primary_loss, outage_hours"),
    ),
    "pert without the likely value": (
        *("risk_inputs", PERT | {"likely": ""}, "value_needed", "likely", ""),
        "likely is empty, and is needed where shape is pert",
    ),
    "interval without its end": (
        *("risk_inputs", LOSS | {"high": ""}, "value_needed", "high", ""),
        "needed where shape is lognormal",
    ),
    "fixed at nothing": (
        *("risk_inputs", {"input": "vulnerability", "shape": "fixed"}, "value_needed", "likely"),
        *("", "needed where shape is fixed"),
    ),
    "fixed and a range": (
        "risk_inputs",
        {"input": "vulnerability", "shape": "fixed", "likely": "0.2", "low": "0.1"},
        *("value_out_of_place", "low", "0.1", "low is 0.1, and nothing reads it"),
    ),
    "interval with a likely value": (
        *("risk_inputs", LOSS | {"likely": "2000"}, "value_out_of_place", "likely", "2000"),
        "nothing reads it where shape is lognormal",
    ),
    "weight of an interval": (
        *("risk_inputs", LOSS | {"weight": "4"}, "value_out_of_place", "weight", "4"),
        "where shape is lognormal",
    ),
    "weight of nothing": (
        *("risk_inputs", PERT | {"weight": "0"}, "outside_bounds", "weight", "0"),
        "weight 0 must be above 0.",
    ),
    "form of a frequency": (
        *("risk_inputs", RATE | {"loss_form": "response"}, "value_out_of_place", "loss_form"),
        *("response", "where input is loss_event_frequency"),
    ),
    "cap on hours": (
        *("risk_inputs", LOSS | {"input": "outage_hours", "cap": "72"}, "value_out_of_place"),
        *("cap", "72", "where input is outage_hours"),
    ),
    "cut of a share": (
        *("risk_inputs", SHARE | {"truncate_above": "1"}, "value_out_of_place"),
        *("truncate_above", "1", "where input is vulnerability"),
    ),
    "cut below the interval": (
        *("risk_inputs", LOSS | {"truncate_above": "900"}, "part_above_whole", "low", "1000"),
        "above truncate_above 900",
    ),
    "cut below the likely value": (
        *("risk_inputs", PERT | {"truncate_above": "15"}, "part_above_whole", "likely", "20"),
        "above truncate_above 15",
    ),
    "cap of nothing": (
        *("risk_inputs", LOSS | {"cap": "0"}, "outside_bounds", "cap", "0", "must be above 0"),
    ),
    "count of a loss": (
        *("risk_inputs", LOSS | {"count": "poisson"}, "value_out_of_place", "count", "poisson"),
        "where input is primary_loss",
    ),
    "spread of a poisson": (
        "risk_inputs",
        RATE | {"count": "poisson", "dispersion": "1"},
        *("value_out_of_place", "dispersion", "1", "where count is poisson"),
    ),
    "spread of no count": (
        "risk_inputs",
        RATE | {"dispersion": "1"},
        *("value_out_of_place", "dispersion", "1", "where count is empty"),
    ),
    "no spread": (
        *("risk_inputs", RATE | {"count": "negative_binomial"}, "value_needed", "dispersion", ""),
        "needed where count is negative_binomial",
    ),
    "spread of nothing": (
        "risk_inputs",
        RATE | {"count": "negative_binomial", "dispersion": "0"},
        *("outside_bounds", "dispersion", "0", "must be above 0"),
    ),
    "unknown form": (
        *("risk_inputs", LOSS | {"loss_form": "fines"}, "unknown_category", "loss_form", "fines"),
        "fines_and_judgments",
    ),
    "risk with itself": (
        *("risk_correlations", {"other_risk_id": "R-1"}, "same_record_twice", "other_risk_id"),
        *("R-1", "R-1 stands in risk_id and in other_risk_id"),
    ),
    "correlation above one": (
        *("risk_correlations", {"rank_correlation": "1.2"}, "above_maximum", "rank_correlation"),
        *("1.2", "above 1"),
    ),
    "life of nothing": (
        *("initiatives", {"life_years": "0"}, "outside_bounds", "life_years", "0"),
        "life_years 0 must be above 0.",
    ),
    "initiative needs itself": (
        *("initiatives", {"requires": "I-9; I-1"}, "same_record_twice", "requires", "I-9; I-1"),
        "I-1 stands in initiative_id and in requires",
    ),
    "initiative excludes itself": (
        *("initiatives", {"excludes": "I-1"}, "same_record_twice", "excludes", "I-1"),
        "I-1 stands in initiative_id and in excludes",
    ),
    "needed and excluded": (
        "initiatives",
        {"requires": "I-8; I-9", "excludes": "I-9"},
        *("same_record_twice", "excludes", "I-9", "I-9 stands in requires and in excludes"),
    ),
    "reduction of all and more": (
        *("initiative_effects", {"high": "1.1"}, "outside_bounds", "high", "1.1"),
        "high 1.1 must be at most 1 where acts_on is frequency",
    ),
    "effect upside down": (
        *("initiative_effects", {"low": "0.6"}, "part_above_whole", "low", "0.6"),
        "low 0.6 is above high 0.5",
    ),
    "effect on no risk": (
        *("initiative_effects", {"risk_id": ""}, "value_needed", "risk_id", ""),
        "risk_id is empty, and is needed where acts_on is frequency",
    ),
    "effect on a risk and a figure": (
        *("initiative_effects", {"metric_id": "mttr"}, "value_out_of_place", "metric_id", "mttr"),
        "where acts_on is frequency",
    ),
    "effect on no figure": (
        *("initiative_effects", KPI | {"metric_id": ""}, "value_needed", "metric_id", ""),
        "needed where acts_on is kpi",
    ),
    "figure and a risk": (
        *("initiative_effects", KPI | {"risk_id": "R-1"}, "value_out_of_place", "risk_id", "R-1"),
        "where acts_on is kpi",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_sets_its_row_aside(name: str, tmp_path: Path) -> None:
    """With file, line, column, value, the reason and how to mend it; no other row is lost."""
    table, cells, code, column, value, reason = FAULTS[name]
    first = GOOD[table][-1] | ({"initiative_id": "I-7"} if table == "initiatives" else {})
    loaded = with_rows(tmp_path, table, first, cells)
    fault = found(loaded, code)
    assert (fault.file, fault.line, fault.table) == (FILES[table], 3, table)
    assert (fault.column, fault.value) == (column, value)
    assert reason in f"{fault.reason} {fault.mend}"
    assert fault.mend.endswith(".")
    assert len(loaded.tables.frame(table)) == 1
    [row] = loaded.rejected
    assert (row.line, len(row.reasons)) == (3, 1)
    assert row.reasons[0].endswith(fault.reason)


def test_half_an_interval_of_the_register(tmp_path: Path) -> None:
    """Its other half is missing, and nothing can be made of one."""
    half = RISKS[0].replace(",0.4,", ",,")
    files: dict[str, str | bytes] = {"ciso/risk_register.csv": f"{REGISTER}\n{half}\n"}
    fault = found(load(tmp_path, files)[1], "value_needed")
    assert (fault.line, fault.column) == (2, "events_high")
    assert "needed where events_low is given" in fault.reason


def test_cell_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    """It is not called missing as well."""
    loaded = with_rows(tmp_path, "risk_inputs", PERT | {"likely": "rarely"})
    assert told(loaded) == {"bad_number"}


def test_two_faults_of_a_row_are_both_told(tmp_path: Path) -> None:
    """In one pass, so that one look at the row mends both."""
    loaded = with_rows(tmp_path, "risk_inputs", {"input": "vulnerability", "shape": "pert"})
    missing = [each.column for each in loaded.findings if each.code == "value_needed"]
    assert sorted(missing) == ["high", "likely", "low"]
    [row] = loaded.rejected
    assert len(row.reasons) == 3


def test_same_input_twice_is_a_double_key(tmp_path: Path) -> None:
    """An empty form and an empty part are values of the key like any other."""
    loaded = with_rows(tmp_path, "risk_inputs", RATE, RATE | {"high": "0.9"})
    assert "R-1" in found(loaded, "duplicate_key").reason
    assert loaded.tables.frame("risk_inputs")["high"].tolist() == [0.4]


DEAD_LINKS = {
    "risk of an input": ("risk_inputs", RATE | {"risk_id": "R-9"}, "risk_id", "R-9"),
    "other risk": ("risk_correlations", {"other_risk_id": "R-9"}, "other_risk_id", "R-9"),
    "initiative": ("initiative_effects", {"initiative_id": "I-9"}, "initiative_id", "I-9"),
    "one of a list": ("initiatives", {"requires": "I-9"}, "requires", "I-9"),
}


@pytest.mark.parametrize("name", DEAD_LINKS)
def test_dead_link_is_warned_about(name: str, tmp_path: Path) -> None:
    """The row is used: of a list, the one that is not there is named alone."""
    table, cells, column, value = DEAD_LINKS[name]
    loaded = with_rows(tmp_path, table, cells, *GOOD[table][2:])
    dead = [each for each in loaded.findings if each.code == "unknown_reference"]
    assert [(each.line, each.column, each.value) for each in dead if each.table == table] == [
        (2, column, value)
    ]


def test_incident_names_its_risk(tmp_path: Path) -> None:
    """One that the register does not have is warned about."""
    files: dict[str, str | bytes] = {
        "ciso/risk_register.csv": "\n".join((REGISTER, *RISKS)) + "\n",
        "ciso/incidents.csv": (
            "incident_id,title,detected_at,cost,risk_id\n"
            "I-1,Phish,2026-07-01T10:00Z,12,R-1\nI-2,Phish,2026-07-01T10:00Z,12,R-7\n"
        ),
    }
    loaded = load(tmp_path, files)[1]
    assert loaded.tables.frame("incidents")["risk_id"].tolist() == ["R-1", "R-7"]
    assert found(loaded, "unknown_reference").value == "R-7"


def test_tables_with_demands_are_never_reduced() -> None:
    """The engine of big tables judges times and parts alone."""
    assert [name for name in PLANS if TABLES[name].demands] == []


def test_demands_name_columns_and_values_that_exist() -> None:
    """A misspelled one would hold for no row, and nobody would notice."""
    for spec in TABLES.values():
        for demand in spec.demands:
            when = getattr(demand, "when", None)
            names = [*getattr(demand, "columns", ())]
            names += [
                getattr(demand, name) for name in ("column", "other") if hasattr(demand, name)
            ]
            assert set(names) <= set(spec.column_names), demand
            if isinstance(when, When):
                assert set(when.values) <= {*spec.column(when.column).allowed, ""}, demand
    assert any(isinstance(each, Filled) for each in TABLES["risk_inputs"].demands)
