"""Whatever a file holds, its cells come out as values or findings, and its rows all add up."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from board_report.project import load_project
from board_report.tables.catalogue import TABLES
from board_report.tables.cells import parser_of
from board_report.tables.codes import EXPLANATIONS, Code
from board_report.tables.load import load_tables
from board_report.tables.outcome import CellRules, Fault, Parsed
from board_report.tables.schema import Column, Kind
from tests.projects import INCIDENT_HEADER, incident, make_project

COLUMNS = tuple(column for spec in TABLES.values() for column in spec.columns)
MONEY = Column("cost", Kind.MONEY, "Cost.")
WRITTEN = (
    *("$1,234.50", "(12)", "1.2M", "EUR 5", "03/04/2026", "2026-03-08 02:30", "#REF!", "46207"),
    *("1e308", "1e-308", "-", "+", ".", ",", "1,", "e5", "-.e5", "9999-12-31", "0000-00-00", "%"),
    *("2026-07-01T10:00:00+99:99", "99999999999999", "1783209600", "2026-Q9", "=1+1", "<b>"),
)
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(WRITTEN),
    st.text(alphabet="0123456789.,-+()$€% eE:/TZ", max_size=25),
)
rules = st.builds(
    CellRules,
    zone=st.sampled_from([ZoneInfo("UTC"), ZoneInfo("America/Chicago")]),
    date_formats=st.sampled_from([(), ("%d/%m/%Y",), ("epoch_seconds",), ("%m/%d/%Y %H:%M",)]),
    decimal_comma=st.booleans(),
    ratio_as=st.sampled_from(["fraction", "percent"]),
    business_units=st.just(("Retail", "Europe")),
)
cents = st.decimals(
    min_value=Decimal("-9999999999.99"), max_value=Decimal("9999999999.99"), places=2
)
styles = st.sampled_from(["{0:,}", "{0}", "${0:,}", "USD {0:,}", "{0:,} USD", "US$ {0:,}"])


@settings(max_examples=400)
@given(st.sampled_from(COLUMNS), texts, rules)
def test_no_text_raises(column: Column, text: str, how: CellRules) -> None:
    """A cell is a value or a fault that is explained."""
    outcome = parser_of(column, how)(text)
    if isinstance(outcome, Fault):
        assert isinstance(EXPLANATIONS[outcome.code].meaning, str)
    else:
        assert isinstance(outcome, Parsed)
        assert outcome.value is not None
        assert all(isinstance(each, Code) for each in outcome.remarks)


@given(cents, styles)
def test_money_comes_back_as_it_was_written(amount: Decimal, style: str) -> None:
    """To the cent, whichever way it is written."""
    outcome = parser_of(MONEY, CellRules())(style.format(amount))
    assert outcome == Parsed(float(amount))


@given(cents)
def test_money_with_a_decimal_comma_comes_back(amount: Decimal) -> None:
    """The same amount with the marks exchanged."""
    text = f"{amount:,}".translate(str.maketrans(",.", ".,")) + " €"
    parse = parser_of(MONEY, CellRules(decimal_comma=True, currency="EUR"))
    assert parse(text) == Parsed(float(amount))


@given(cents.filter(lambda amount: amount > 0))
def test_brackets_are_a_minus(amount: Decimal) -> None:
    """As accounting writes it."""
    parse = parser_of(MONEY, CellRules())
    assert parse(f"({amount:,})") == parse(f"-{amount}") == parse(f"{amount}-")


@given(st.datetimes(datetime(1901, 1, 1), datetime(2198, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_times_come_back_as_they_were_written(moment: datetime) -> None:
    """ISO 8601 in UTC, to the second."""
    parse = parser_of(Column("at", Kind.DATETIME, "When."), CellRules())
    expected = moment.replace(tzinfo=None, microsecond=0)
    assert parse(moment.isoformat()) == Parsed(expected)
    assert parse(moment.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)) == Parsed(expected)


cells = st.one_of(texts.filter(lambda text: not any(mark in text for mark in '",\r\n\0')))
changes = st.dictionaries(st.sampled_from(INCIDENT_HEADER.split(",")), cells, max_size=3)
rows = st.one_of(
    st.builds(
        lambda number, change: incident(**{"incident_id": f"I-{number}", **change}),
        st.integers(0, 3),
        changes,
    ),
    st.text(alphabet='ab,"\n', max_size=12),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(rows, max_size=8))
def test_every_row_is_accounted_for(lines: list[str]) -> None:
    """Whatever the rows hold: read == used + rejected + duplicate, and nothing raises."""
    with TemporaryDirectory() as folder:
        content = "\n".join((INCIDENT_HEADER, *lines)).encode("utf-8", "surrogatepass")
        project = load_project(make_project(Path(folder), {"ciso/incidents.csv": content}))
        loaded = load_tables(project)
    for part in loaded.reconciliation:
        assert part.read == part.used + part.rejected + part.duplicate
        assert min(part.read, part.used, part.rejected, part.duplicate) >= 0
        if part.table == "incidents":
            assert part.used == len(loaded.tables.frame("incidents"))
            assert part.rejected == sum(row.table == "incidents" for row in loaded.rejected)
    assert all(row.reasons for row in loaded.rejected)
    keys = loaded.tables.frame("incidents")["incident_id"]
    assert keys.is_unique


updates = st.tuples(
    st.integers(0, 3), st.sampled_from(["1", "2", "3", "", "x"]), st.sampled_from("ab")
)
LOG = """
[[source]]
table = "incidents"
file = "ciso/incidents.csv"
keep = "last"
order_by = "update"
leave_out.state = "b"
"""


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(updates, max_size=12))
def test_every_update_of_a_log_is_accounted_for(log: list[tuple[int, str, str]]) -> None:
    """Each key has one last state, the greatest of those that can be ordered; none is lost."""
    lines = [f"{incident(incident_id=f'I-{key}')},{update},{state}" for key, update, state in log]
    with TemporaryDirectory() as folder:
        content = "\n".join((f"{INCIDENT_HEADER},update,state", *lines))
        project = load_project(make_project(Path(folder), {"ciso/incidents.csv": content}, LOG))
        loaded = load_tables(project)
    (part,) = [each for each in loaded.reconciliation if each.table == "incidents"]
    ordered = [each for each in log if each[1] in ("1", "2", "3")]
    greatest = {
        key: max((update, at, state) for at, (k, update, state) in enumerate(ordered) if k == key)
        for key, _, _ in ordered
    }
    wanted = {f"I-{key}" for key, (_, _, state) in greatest.items() if state == "a"}
    assert set(loaded.tables.frame("incidents")["incident_id"]) == wanted
    assert part.read == len(log)
    assert part.used == len(wanted)
    assert part.rejected == len(log) - len(ordered)
    assert part.left_out == len(greatest) - len(wanted)
    assert part.superseded == len(ordered) - len(greatest)
    assert part.duplicate == 0


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["csv", "xlsx", "json"]))
def test_no_bytes_raise(content: bytes, suffix: str) -> None:
    """A file of any bytes gives findings."""
    with TemporaryDirectory() as folder:
        make_project(Path(folder), {f"ciso/detections.{suffix}": content})
        loaded = load_tables(load_project(Path(folder)))
    assert any(each.table == "detections" for each in loaded.findings)
