"""A complete report from nothing but real files: pages hold, and figures are the files' own."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from board_report.pipeline import APPENDIX, BRIEFING, COMMITTEE, DECK, DISCLOSURE, Built, build
from tests.functional.real_exports.conftest import REPORT
from tests.product_limit import product_limit
from tests.tools.layout import check_layout, pages_of, text_of

QUARTER = "2016-Q2"
FILES = {
    "ciso/tickets.csv.gz": "incidents/servicenow_uci498_upto_2016-04.csv.gz",
    "ciso/veris.jsonl.gz": "incidents/vcdb_give.jsonl.gz",
    "ciso/tenable.csv": "vulns/tenable__tenable_many_vuln.csv",
    "ciso/kev.csv": "vulns/cisa_kev.csv",
    "ciso/prowler_old.csv": "compliance/aws_prowler__many_vuln2.csv",
    "ciso/prowler_aws.csv": "compliance/prowler__example_output_aws.csv",
    "ciso/knowbe4_training.json": "training/knowbe4_training_enrollments_api.json",
    "ciso/knowbe4_phishing.json": "training/knowbe4_phishing_security_tests_api.json",
    "cto/projects.csv": "cto/us_itdashboard_projects_2011-2013.csv",
    "cto/cloud.csv": "cto/focus_1.0_sample_1000.csv",
}
MORE = {
    "ciso/tenable.csv": "due_within_days = { critical = 15, high = 30, medium = 90, low = 180 }",
    # The export of this old version has no date; the day of the run is the user's to say.
    "ciso/prowler_old.csv": 'constants = { checked_on = "2016-06-15" }',
}

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("real_deck")]


@pytest.fixture(scope="module")
def built(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The report of a quarter, from the files as they are."""
    folder = tmp_path_factory.mktemp("real_deck")
    text = REPORT.format(units='"Corporate"', quarter=QUARTER, meeting="2016-07-20", share=0.05)
    for name, source in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((shared / source).read_bytes())
        text += f'\n[[source]]\nfile = "{name}"\n{MORE.get(name, "")}\n'
    (folder / "governance").mkdir()
    (folder / "governance" / "people.csv").write_text(
        "role,role_title,person_name,since\nCISO,Chief,A. Example,2005-01-01\n"
        "CTO,Chief,B. Example,2005-01-01\n"
    )
    (folder / "report.toml").write_text(text)
    return build(folder, folder / "output")


@pytest.fixture(scope="module")
def figures(built: Built) -> dict[str, dict]:
    """The value of each metric in the quarter reported on."""
    record = json.loads((built.folder / "metrics.json").read_text(encoding="utf-8"))
    return {each["id"]: each["series"][-1] for each in record["metrics"]}


def tickets(shared: Path) -> Iterator[tuple[datetime, datetime | None, datetime | None]]:
    """Opened, resolved and closed of the last state of each ticket, by plain Python."""
    last: dict[str, dict[str, str]] = {}
    with gzip.open(shared / FILES["ciso/tickets.csv.gz"], "rt", newline="") as stream:
        for row in csv.DictReader(stream):
            before = last.get(row["number"])
            if not before or int(row["sys_mod_count"]) >= int(before["sys_mod_count"]):
                last[row["number"]] = row
    for row in last.values():
        yield (
            _moment(row["opened_at"]),
            (None if row["resolved_at"] == "?" else _moment(row["resolved_at"])),
            (None if row["closed_at"] == "?" else _moment(row["closed_at"])),
        )


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)


def test_documents_are_made(built: Built) -> None:
    """All four, with where every row went in the manifest."""
    names = [path.name for path in built.documents]
    assert names == [DECK, APPENDIX, BRIEFING, DISCLOSURE, COMMITTEE]
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    rows = [row for each in manifest["inputs"] for row in each["rows"]]
    assert {each["path"] for each in manifest["inputs"]} >= set(FILES)
    for row in rows:
        ends = [count for key, count in row.items() if key not in ("table", "read")]
        assert row["read"] == sum(ends)


@pytest.mark.parametrize("name", [DECK, APPENDIX])
def test_pages_keep_their_layout(built: Built, name: str) -> None:
    """Nothing runs out of its page or over something else, with nineteen thousand incidents."""
    assert check_layout((built.folder / name).read_bytes()) == []


def test_no_page_prints_what_a_program_says(built: Built) -> None:
    """No nan or NaT where a value is unknown."""
    for _, words in pages_of((built.folder / DECK).read_bytes()):
        said = set(text_of(words).split())
        assert not said & {"nan", "NaT", "<NA>", "inf"}


def test_incidents_are_those_of_both_registers(
    built: Built, figures: dict[str, dict], shared: Path
) -> None:
    """Tickets opened in the quarter, and VERIS incidents whose day falls in it."""
    first, end = datetime(2016, 4, 1, tzinfo=UTC), datetime(2016, 7, 1, tzinfo=UTC)
    opened = [each for each in tickets(shared) if first <= each[0] < end]
    frame = built.inputs.loaded.tables.frame("incidents")
    detected = frame["detected_at"].dt.tz_convert("UTC")
    veris = frame[frame["_source"].str.contains("veris").to_numpy()]
    in_quarter = (detected[veris.index] >= first) & (detected[veris.index] < end)
    assert figures["incidents_detected"]["value"] == len(opened) + int(in_quarter.sum())
    hours = [(b - a).total_seconds() / 3600 for a, b, _ in opened if b and b < end]
    open_ones = [a for a, b, c in opened if not (b and b < end) and not (c and c < end)]
    # Of the other register nothing says when service recovered, nor that a case was closed.
    rest = veris[in_quarter.to_numpy()]
    assert rest["recovered_at"].isna().all() and rest["closed_at"].isna().all()
    open_ones += [each.to_pydatetime() for each in detected[rest.index]]
    so_far = [(end - a).total_seconds() / 3600 for a in open_ones]
    by_hand = product_limit(hours, so_far, Fraction(1, 2))
    assert figures["mttr"]["value"] == pytest.approx(by_hand, abs=1e-9)
    assert figures["mttr"]["n"] == len(hours) + len(open_ones)


def test_what_lies_elsewhere_in_time_is_not_measured(figures: dict[str, dict]) -> None:
    """A cloud bill of 2024 says nothing of 2016, and is no zero."""
    assert figures["cloud_spend"]["value"] is None
    assert figures["cloud_spend"]["state"] == "not measured"


def test_checks_of_configurations(figures: dict[str, dict], shared: Path) -> None:
    """Passed and failed, counted by plain Python; informational rows are none of them."""
    with (shared / FILES["ciso/prowler_old.csv"]).open(newline="", encoding="utf-8") as stream:
        # The export repeats some rows word for word: each is counted once.
        different = {tuple(row.items()) for row in csv.DictReader(stream)}
    results = [dict(row)["CHECK_RESULT"] for row in different]
    passed, failed = results.count("PASS"), results.count("FAIL")
    rate = figures["configuration_pass_rate"]
    assert (rate["n"], rate["value"]) == (passed + failed, passed / (passed + failed))
