"""``explain --sentence``: what stands behind a sentence of the disclosure."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.conftest import CallCli


def attestations(project: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of the file with the lines that they stand on, read by the standard library."""
    with (project / "governance/attestations.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, row) for row in reader]


def test_every_attested_statement_of_the_sample_is_traced_to_its_line(
    call_cli: CallCli, pristine_project: Path
) -> None:
    for line, row in attestations(pristine_project):
        if row["attestation_id"] not in ("AT-01", "AT-03", "AT-06", "AT-13"):
            continue
        done = call_cli(
            *("explain", "--project", str(pristine_project), "--json"),
            *("--sentence", row["attestation_id"]),
        )
        (found,) = json.loads(done.stdout)

        assert found["where"] == f"governance/attestations.csv:{line}"
        assert found["role"] == row["attested_by_role"]
        assert (found["attested_on"] or "") == row["attested_on"]
        assert found["in_the_draft"] is bool(row["attested_on"])
        if "{{" not in row["statement"]:
            assert found["text"] == row["statement"]


def test_words_find_the_one_sentence_that_has_them(
    call_cli: CallCli, pristine_project: Path
) -> None:
    done = call_cli(
        *("explain", "--project", str(pristine_project), "--sentence", "DETERMINED  that it was")
    )

    assert done.exit_code == 0
    assert done.stdout.startswith("106(b)(2) AT-09: We determined that it was not material.\n")
    assert "Helena Brandvold, GC, on 2026-10-08" in done.stdout
    assert "governance/item_106_facts.csv:6" in done.stdout
    assert "We have experienced" not in done.stdout
    assert done.stderr == "For counsel; not legal advice.\n"


def test_a_live_figure_is_found_by_its_value_and_names_its_metric(
    call_cli: CallCli, pristine_project: Path
) -> None:
    project = ("--project", str(pristine_project))
    figure = json.loads(call_cli("explain", "training_completion", *project, "--json").stdout)
    printed = f"{figure['value']:.1%}"

    done = call_cli("explain", *project, "--sentence", printed)

    assert f"Training completed in time: {printed}" in done.stdout
    assert "board-report explain training_completion" in done.stdout


def test_a_sub_item_gives_all_that_is_on_file_of_it(
    call_cli: CallCli, pristine_project: Path
) -> None:
    done = call_cli(
        *("explain", "--project", str(pristine_project), "--json"),
        *("--sentence", "106(b)(1)(ii)"),
    )

    wanted = [
        row["attestation_id"]
        for _, row in attestations(pristine_project)
        if row["sub_item"] == "106(b)(1)(ii)"
    ]
    assert [each["statement_id"] for each in json.loads(done.stdout)] == wanted


def test_what_cannot_be_found_is_one_message(call_cli: CallCli, pristine_project: Path) -> None:
    project = ("--project", str(pristine_project))
    for words, said in (
        ("nobody wrote this", "no sentence on file for the disclosure has the words"),
        ("we", "too short to find a sentence by"),
    ):
        done = call_cli("explain", *project, "--sentence", words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in done.stderr

    for arguments in (("mttr", "--sentence", "material"), ()):
        done = call_cli("explain", *project, *arguments)
        assert done.exit_code == 2
        assert "Name a METRIC, or give words of a sentence with --sentence." in done.stderr


def test_words_carried_forward_are_traced_to_the_filing_too(
    call_cli: CallCli, pristine_project: Path
) -> None:
    done = call_cli(
        *("explain", "--project", str(pristine_project), "--json"),
        *("--sentence", "These officers follow the handling of an incident"),
    )
    (found,) = json.loads(done.stdout)

    path, _, line = found["filed_where"].partition(":")
    filed = (pristine_project / path).read_text("utf-8").splitlines()[int(line) - 1]
    assert (path, found["carried_from"]) == ("governance/prior_disclosure.csv", 2025)
    assert found["text"] in filed
    assert found["where"].startswith("governance/attestations.csv:")
