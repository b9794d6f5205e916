"""``board-report redline`` and the redline among the documents, as a user has them."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from board_report.documents.xbrl.writer import write_annual
from board_report.governance.word_changes import NEW, OLD
from board_report.pipeline import REDLINE
from tests.conftest import CallCli
from tests.unit.xbrl.samples import TEXTS, annual

SIGNED = Path("governance", "attestations.csv")
PRIOR = Path("governance", "prior_disclosure.csv")


def replace_in(path: Path, old: str, new: str) -> None:
    """Change one place of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_paragraph_is_a_line_with_its_marks(pristine_project: Path, call_cli: CallCli) -> None:
    outcome = call_cli("redline", "--project", pristine_project)

    assert outcome.exit_code == 0, outcome.stderr
    heads, *lines = [line.split("\t") for line in outcome.stdout.splitlines()]
    assert heads == ["sub-item", "state", "text", "on record"]
    [first] = [each for each in lines if "every [-year-] {+quarter+} by" in each[2]]
    assert (first[0], first[1]) == ("106(b)(1)", "changed")
    assert "I. Drummond, CISO" in first[3]
    [gone] = [each for each in lines if each[2].startswith("[-M2: A management")]
    [came] = [each for each in lines if each[2].startswith("{+M2: A management")]
    assert (gone[0], gone[3]) == ("106(b)(2)", "M2 moved to 106(c)(2)(ii)")
    assert (came[0], came[3].split("; ")[-1]) == ("106(c)(2)(ii)", "M2 moved from 106(b)(2)")
    assert "Item 1C as filed on Form 10-K on 20 February 2026" in outcome.stderr
    assert "moved: 2; paragraphs changed: 17, as filed: 2." in outcome.stderr


def test_json_has_every_word_that_was_filed(pristine_project: Path, call_cli: CallCli) -> None:
    outcome = call_cli("redline", "--project", pristine_project, "--json")

    record = json.loads(outcome.stdout)
    with (pristine_project / PRIOR).open(newline="", encoding="utf-8") as stream:
        filed = "".join(row["text"] for row in csv.DictReader(stream))
    runs = [
        run
        for item in record["sub_items"]
        for paragraph in item["paragraphs"]
        for run in paragraph["runs"]
    ]
    old = "".join(run["text"] for run in runs if run["mark"] in OLD)
    assert sorted("".join(old.split())) == sorted("".join(filed.split()))
    assert {run["mark"] for run in runs} == {str(each) for each in OLD | NEW}
    assert record["counts"]["moves"] == 2


def test_all_shows_what_is_as_filed(pristine_project: Path, call_cli: CallCli) -> None:
    whole = call_cli("redline", "--project", pristine_project, "--all").stdout
    short = call_cli("redline", "--project", pristine_project).stdout

    assert "which is composed of independent directors" in whole
    assert "which is composed of independent directors" not in short
    assert "As filed: The board has assigned" in short


def test_redline_is_made_alone(project: Path, tmp_path: Path, call_cli: CallCli) -> None:
    outcome = call_cli("build", "--project", project, "--output", tmp_path, "--only", "redline")

    assert outcome.exit_code == 0, outcome.stderr
    assert outcome.stdout == f"{tmp_path / '2026-Q3' / REDLINE}\n"
    assert (tmp_path / "2026-Q3" / REDLINE).read_bytes().startswith(b"%PDF-")


def test_without_an_earlier_filing_it_is_refused_in_one_line(
    project: Path, tmp_path: Path, call_cli: CallCli
) -> None:
    (project / PRIOR).unlink()
    replace_in(project / SIGNED, "106(c)(2)(ii),2,,2025,",
               "106(c)(2)(ii),2,We follow it.,,")  # fmt: skip

    for asked in (
        ("redline", "--project", project),
        ("build", "--project", project, "--output", tmp_path / "o", "--only", "redline"),
    ):
        outcome = call_cli(*asked)
        assert outcome.exit_code == 2
        assert outcome.stdout == ""
        assert "Error: governance/prior_disclosure.csv: there is no filing" in outcome.stderr
        assert "Traceback" not in outcome.stderr
    assert not (tmp_path / "o").exists()


def test_bad_rows_are_findings(project: Path, call_cli: CallCli) -> None:
    text = (project / PRIOR).read_text(encoding="utf-8")
    more = [
        "2025,10-K,2026-02-20,106(z),1,Unknown sub-item.,",
        "2025,10-K,2027-01-05,106(b)(2),9,Of tomorrow.,",
        "2025,10-K,2026-02-20,106(b)(2),8,Holds <b>HTML</b> as text.,",
        "2025,10-K,2026-02-20,106(b)(2),1,Other words at a place that is taken.,no",
        "2025,S-1,2026-02-20,106(b)(2),7,Another form.,",
    ]
    (project / PRIOR).write_text(text + "\n".join(more) + "\n", encoding="utf-8")
    replace_in(project / SIGNED, "106(c)(2)(ii),2,,2025,", "106(c)(2)(ii),2,,2024,")

    outcome = call_cli("check", "--project", project, "--json")

    assert outcome.exit_code == 2
    found = {(each["code"], each["line"]) for each in json.loads(outcome.stdout)["findings"]}
    last = len(text.splitlines())
    assert {
        ("unknown_category", last + 1),
        ("prior_filed_later", last + 2),
        ("html_text", last + 3),
        ("duplicate_key", last + 4),
        ("unknown_category", last + 5),
        ("carried_not_found", 21),
    } <= found


def test_a_row_has_words_or_a_year_and_never_both(project: Path, call_cli: CallCli) -> None:
    path = project / SIGNED
    replace_in(path, "106(c)(2)(ii),2,,2025,", "106(c)(2)(ii),2,,,")
    both = "AT-30,106(c)(2)(ii),4,We do.,2025,CISO,2026-10-06,\n"
    path.write_text(path.read_text(encoding="utf-8") + both, encoding="utf-8")

    outcome = call_cli("check", "--project", project, "--json")

    found = {
        each["code"]: (each["line"], each["column"], each["reason"])
        for each in json.loads(outcome.stdout)["findings"]
        if each["table"] == "attestations"
    }
    assert found["value_needed"] == (
        21, "statement", "statement is empty, and is needed where carried_from is empty.",
    )  # fmt: skip
    assert found["value_out_of_place"][:2] == (24, "carried_from")
    assert "where statement is given" in found["value_out_of_place"][2]


# Bringing in what was filed


def test_tagged_report_of_last_year_becomes_rows(
    project: Path, tmp_path: Path, call_cli: CallCli
) -> None:
    report = tmp_path / "last.htm"
    report.write_bytes(
        write_annual(replace(annual(), fiscal_year=2025, year_starts=date(2025, 1, 1),
                             year_ends=date(2025, 12, 31)))["lkf-20251231.htm"]
    )  # fmt: skip
    (project / PRIOR).unlink()
    where = ("--filed-on", "2026-02-20", "--project", project)

    outcome = call_cli("prior", "import", report, *where)

    assert outcome.exit_code == 0, outcome.stderr
    with (project / PRIOR).open(newline="", encoding="utf-8") as stream:
        added = list(csv.DictReader(stream))
    assert {(row["fiscal_year"], row["form"], row["filed_on"]) for row in added} == {
        ("2025", "10-K", "2026-02-20")
    }
    assert [row["text"] for row in added if row["sub_item"] == "106(b)(2)"] == [*TEXTS["106(b)(2)"]]
    assert len(outcome.stdout.splitlines()) == len(added) + 1
    assert "106(b)(1)(ii) was “yes”, and its words have no tag of their own" in outcome.stderr
    assert call_cli("redline", "--project", project).exit_code == 0

    again = call_cli("prior", "import", report, *where)
    assert again.exit_code == 2
    assert "fiscal year 2025 is on record already" in again.stderr


def test_other_years_stay_as_they_are(project: Path, tmp_path: Path, call_cli: CallCli) -> None:
    report = tmp_path / "older.htm"
    report.write_bytes(
        write_annual(replace(annual(), fiscal_year=2024, year_starts=date(2024, 1, 1),
                             year_ends=date(2024, 12, 31)))["lkf-20241231.htm"]
    )  # fmt: skip
    before = (project / PRIOR).read_text(encoding="utf-8")

    outcome = call_cli("prior", "import", report, "--filed-on", "2025-02-20", "--project", project)

    assert outcome.exit_code == 0, outcome.stderr
    after = (project / PRIOR).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert "2024,10-K,2025-02-20,106(b)(2),1," in after.removeprefix(before)


def test_what_is_no_tagged_report_is_refused(project: Path, call_cli: CallCli) -> None:
    for name in ("governance/people.csv", "nowhere.htm"):
        asked = ("--filed-on", "2026-02-20", "--project", project)
        outcome = call_cli("prior", "import", project / name, *asked)
        assert outcome.exit_code == 2
        assert outcome.stderr.startswith("Error: ")
        assert "Traceback" not in outcome.stderr
