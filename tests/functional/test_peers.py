"""``board-report peers``: by industry, and where the sample's draft stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import CallCli, copy_sample


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_sample(tmp_path_factory.mktemp("peers") / "project")


def test_industry_is_answered_without_a_project(call_cli: CallCli) -> None:
    done = call_cli("peers", "--sic", "5047")
    lines = done.stdout.splitlines()

    assert done.exit_code == 0
    assert lines[0].startswith("47 filers of Form 10-K in wholesale trade, durable goods (SIC 50)")
    assert "SIC 5047 has 2 filers" in lines[1]
    assert "Processes are integrated\t40\t0\t7\t100% (91–100%)" in lines
    assert "Length is not quality" in done.stderr
    assert "public domain" in done.stderr


def test_draft_of_the_project_is_held_against_its_peers(call_cli: CallCli, project: Path) -> None:
    done = call_cli("peers", "--project", project, "--json")
    told = json.loads(done.stdout)
    facts = {each["fact"]: each for each in told["facts"]}
    texts = {each["text"]: each for each in told["texts"]}

    assert (told["form"], told["sic"], told["filers"]) == ("10-K", "5047", 47)
    assert facts["materially_affected"] == {
        "fact": "materially_affected",
        "sub_item": "106(b)(2)",
        "yes": 4,
        "no": 39,
        "not_tagged": 4,
        "yes_of_tagged_95": pytest.approx([0.0259, 0.2214], abs=1e-4),
        "draft": False,
    }
    assert texts["processes"]["shorter"] + texts["processes"]["longer"] == 47
    assert len({each["cik"] for each in told["filings"]}) == 47
    assert all(
        told["year_ends_from"] <= each["year_ends"] <= told["year_ends_to"]
        for each in told["filings"]
    )


def test_other_form_and_other_industry_for_the_same_draft(call_cli: CallCli, project: Path) -> None:
    done = call_cli("peers", "--project", project, "--sic", "7372", "--form", "20-f", "--json")
    told = json.loads(done.stdout)

    assert (told["form"], told["sic"]) == ("20-F", "7372")
    assert {each["form"] for each in told["filings"]} <= {"20-F", "20-F/A"}
    assert "draft" in told["facts"][0]


def test_project_without_a_code_says_how_to_find_one(call_cli: CallCli, tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "project")
    report = folder / "report.toml"
    kept = [line for line in report.read_text().splitlines() if not line.startswith("sic =")]
    report.write_text("\n".join(kept))
    done = call_cli("peers", "--project", folder)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "company.sic" in done.stderr
    assert "--industry WORDS" in done.stderr


def test_words_that_mean_several_industries_list_them(call_cli: CallCli) -> None:
    done = call_cli("peers", "--industry", "software")

    assert done.exit_code == 0
    assert "7372\tServices: prepackaged software" in done.stdout.splitlines()
    assert "name one with --sic" in done.stderr
    listed = json.loads(call_cli("peers", "--industry", "software", "--json").stdout)
    assert [each["sic"] for each in listed] == ["5045", "5734", "7372"]


def test_words_that_mean_one_industry_are_enough(call_cli: CallCli) -> None:
    done = call_cli("peers", "--industry", "medical wholesale", "--json")

    assert json.loads(done.stdout)["sic"] == "5047"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--sic", "504"), "four digits"),
        (("--sic", "9999"), "no industry of filers begins so"),
        (("--industry", "xyzzy"), "no industry of filers has 'xyzzy'"),
        (("--industry", ""), "no industry of filers"),
        (("--sic", "5047", "--industry", "gold"), "either --sic or --industry"),
        (("--project", "nowhere"), "is not a project"),
    ],
)
def test_mistake_is_a_message(call_cli: CallCli, arguments: tuple[str, ...], said: str) -> None:
    done = call_cli("peers", *arguments)

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""
