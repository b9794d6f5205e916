"""What the program prints: safe on every terminal, plain in every pipe."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from board_report.cli.findings import (
    brief,
    line_of,
    put_findings,
    put_reconciliation,
    summary,
    worst_first,
)
from board_report.cli.output import put, put_json, put_table, say, spinner, visible
from board_report.cli.program import program
from board_report.errors import ProjectError
from board_report.model import Finding, Reconciliation, Severity
from tests.conftest import CallCli, Outcome

Printed = Callable[..., Outcome]


def finding(
    severity: Severity = Severity.ERROR, code: str = "bad_date", **facts: object
) -> Finding:
    known: dict[str, object] = {
        "reason": "'soon' is not a date",
        "mend": "Write it as 2026-03-14.",
        "file": "ciso/incidents.csv",
        "line": 12,
        "column": "detected_at",
        "value": "soon",
        **facts,
    }
    return Finding(severity=severity, code=code, **known)  # type: ignore[arg-type]


@pytest.fixture
def printed(call_cli: CallCli, monkeypatch: pytest.MonkeyPatch) -> Printed:
    """What a function prints when a command calls it, on a terminal or in a pipe."""

    def run(action: Callable[[], object], **how: object) -> Outcome:
        monkeypatch.setitem(program.commands, "act", click.Command("act", callback=action))
        return call_cli("act", **how)

    return run


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ≥ words", "plain ≥ words"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("two\nlines\tand a tab", "two\\nlines\\tand a tab"),
        ("a\u202etxt.exe", "a\\u202etxt.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("c1 \x9b31m", "c1 \\x9b31m"),
        ("bell\x07", "bell\\x07"),
        ("lone \udcff", "lone \\udcff"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_visible_writes_out_what_steers_a_terminal(text: str, shown: str) -> None:
    """Escape sequences, line ends and reversed text are shown, not obeyed."""
    assert visible(text) == shown


def test_results_and_messages_go_apart(printed: Printed) -> None:
    """A pipe gets the result alone."""
    outcome = printed(lambda: (put("result"), say("message")))
    assert (outcome.stdout, outcome.stderr) == ("result\n", "message\n")


@pytest.mark.parametrize("terminal", [False, True])
def test_table_shows_data_as_data(printed: Printed, terminal: bool) -> None:
    """Neither terminal sequences nor the table library's own markup take effect."""
    outcome = printed(
        lambda: put_table(("what",), [("\x1b[2Jgone",), ("[bold]x[/bold] :smile:",)]),
        terminal=terminal,
    )
    assert "\\x1b[2Jgone" in outcome.stdout
    assert "[bold]x[/bold] :smile:" in outcome.stdout


def test_table_in_a_pipe_is_tab_separated(printed: Printed) -> None:
    """One line a row, for ``cut`` and for a spreadsheet."""
    outcome = printed(lambda: put_table(("id", "n"), [("a\tb", "1"), ("c", "2")], right=("n",)))
    assert outcome.stdout == "id\tn\na\\tb\t1\nc\t2\n"


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_no_encoding_makes_it_fail(printed: Printed, terminal: bool, encoding: str) -> None:
    """What the encoding does not have is written out."""
    outcome = printed(
        lambda: (put("≥ 5"), put_table(("é", "≤"), [("ü", "名")])),
        terminal=terminal,
        encoding=encoding,
    )
    assert outcome.exit_code == 0
    assert outcome.stderr == ""
    for sign in "≥名":
        assert sign in outcome.stdout or ascii(sign).strip("'") in outcome.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_json_is_json_in_every_encoding(printed: Printed, encoding: str) -> None:
    """It reads back as what was printed."""
    outcome = printed(lambda: put_json({"name": "Zoë 名 \x1b"}), encoding=encoding)
    assert json.loads(outcome.stdout) == {"name": "Zoë 名 \x1b"}


def test_spinner_is_silent_in_a_pipe(printed: Printed) -> None:
    """A log file gets messages, and no progress."""

    def act() -> None:
        with spinner() as progress:
            progress("read")
            progress.aside(lambda: say("found"))

    assert printed(act).stderr == "found\n"
    on_terminal = printed(act, terminal=True).stderr
    assert "found" in on_terminal


# --- findings ------------------------------------------------------------------------------------


def test_finding_is_one_line() -> None:
    """``file:line: severity code column 'value': reason. mend``."""
    assert line_of(finding()) == (
        "ciso/incidents.csv:12: error bad_date detected_at 'soon': "
        "'soon' is not a date. Write it as 2026-03-14."
    )


def test_finding_about_a_whole_file_and_about_the_project() -> None:
    """No line, no column, no value: nothing stands in their place."""
    whole = finding(line=0, column="", value="", reason="the file is empty.", mend="")
    assert line_of(whole) == "ciso/incidents.csv: error bad_date: the file is empty."
    assert line_of(finding(file="", line=0)).startswith("report.toml: error")


def test_worst_comes_first() -> None:
    """What stops a build, other errors, warnings, notes; then by kind, file and line."""
    note = finding(Severity.NOTE, "blank_lines")
    warning = finding(Severity.WARNING, "text_long")
    late, early = finding(line=30), finding(line=4)
    stop = finding(code="file_missing", stops=True)
    assert worst_first([note, late, warning, early, stop]) == [stop, early, late, warning, note]


def test_pipe_gets_every_finding_on_its_own_line(printed: Printed) -> None:
    """Also when a value holds a line end."""
    findings = [finding(line=at, value="two\nlines") for at in range(1, 31)]
    lines = printed(lambda: put_findings(findings, everything=False)).stdout.splitlines()
    assert len(lines) == 30
    assert lines[0].startswith("ciso/incidents.csv:1: error bad_date detected_at 'two\\nlines'")


def test_terminal_gets_ten_of_a_kind(printed: Printed) -> None:
    """And is told how many more there are; ``--all`` shows them."""
    findings = [finding(line=at) for at in range(1, 31)]
    short = printed(lambda: put_findings(findings, everything=False), terminal=True).stdout
    assert "error: bad_date (30)" in short
    assert "ciso/incidents.csv:10" in short
    assert "ciso/incidents.csv:11" not in short
    assert "20 more" in short
    whole = printed(lambda: put_findings(findings, everything=True), terminal=True).stdout
    assert "ciso/incidents.csv:30" in whole


def test_severity_has_a_word_beside_its_colour(
    printed: Printed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Colour is left out where it is not wanted, and nothing is lost."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    one = [finding(stops=True)]
    coloured = printed(lambda: put_findings(one, everything=False), terminal=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    plain = printed(lambda: put_findings(one, everything=False), terminal=True).stdout
    assert "\x1b[1;31m" in coloured
    assert "31m" not in plain
    assert "error, stops the build: bad_date" in plain


def test_reconciliation_says_where_every_row_went(printed: Printed) -> None:
    """The sum stands on the line."""
    rows = [Reconciliation("incidents", "ciso/incidents.csv", 1293, 1290, 2, 1)]
    in_pipe = printed(lambda: put_reconciliation(rows)).stdout
    assert in_pipe == ("ciso/incidents.csv: 1293 read = 1290 used + 2 set aside + 1 duplicates\n")
    on_terminal = printed(lambda: put_reconciliation(rows), terminal=True).stdout
    assert "1,293" in on_terminal


def test_reconciliation_shows_the_ends_that_are_used(printed: Printed) -> None:
    """The sum stays a sum for logs and for rows left out."""
    rows = [Reconciliation("incidents", "a.csv", 10, 3, 1, 0, 5, 1)]
    rows += [Reconciliation("people", "b.csv", 2, 2, 0, 0)]
    assert printed(lambda: put_reconciliation(rows)).stdout.splitlines() == [
        "a.csv: 10 read = 3 used + 1 set aside + 0 duplicates + 5 superseded + 1 left out",
        "b.csv: 2 read = 2 used + 0 set aside + 0 duplicates + 0 superseded + 0 left out",
    ]
    on_terminal = printed(lambda: put_reconciliation(rows), terminal=True).stdout
    assert "superseded" in on_terminal
    assert "left out" in on_terminal


def test_summary_counts() -> None:
    """Each severity with its number, and the rows."""
    rows = [Reconciliation("incidents", "a.csv", 1200, 1199, 1, 0)]
    rows += [Reconciliation("people", "b.csv", 93, 93, 0, 0)]
    findings = [finding(), finding(Severity.WARNING), finding(Severity.WARNING)]
    assert summary(findings, rows) == ("1 error, 2 warnings, 0 notes; 1 of 1,293 rows set aside.")


def test_brief_says_how_many_more() -> None:
    """Messages show the first few."""
    lines = brief([finding(line=at) for at in range(1, 6)], limit=2)
    assert len(lines) == 3
    assert lines[-1] == "... and 3 more."


# --- how a run ends ------------------------------------------------------------------------------


def test_error_of_the_user_is_one_message(printed: Printed) -> None:
    """Exit code 2, no traceback, and nothing steers the terminal."""

    def fail() -> None:
        raise ProjectError("it is wrong\x1b[2J.", where="report.toml, line 3", mend="Mend it.")

    outcome = printed(fail)
    assert outcome.exit_code == 2
    assert outcome.stderr == "Error: report.toml, line 3: it is wrong\\x1b[2J. Mend it.\n"
    assert outcome.stdout == ""


def test_interruption_leaves_with_130(printed: Printed) -> None:
    """As the shell expects of Ctrl-C."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    outcome = printed(interrupt)
    assert outcome.exit_code == 130
    assert "Traceback" not in outcome.stderr
    assert "Interrupted." in outcome.stderr


def test_our_own_bug_keeps_its_traceback(
    call_cli: CallCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not dressed up as a fault of the user's."""

    def bug() -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setitem(program.commands, "act", click.Command("act", callback=bug))
    with pytest.raises(ZeroDivisionError, match="ours"):
        call_cli("act")


@pytest.mark.parametrize("command", ["check", "build", "explain mttr"])
def test_no_project_here(
    call_cli: CallCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The message names the way to a project."""
    monkeypatch.chdir(tmp_path)
    outcome = call_cli(*command.split())
    assert outcome.exit_code == 2
    assert "the current folder is not a project" in outcome.stderr
    assert "board-report init" in outcome.stderr
    gone = call_cli(*command.split(), "--project", "nowhere")
    assert gone.exit_code == 2
    assert "nowhere is not a project: there is no such folder." in gone.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bulid"], "No such command 'bulid'"),
        (
            ["build", "--only", "slides"],
            "'slides' is not one of 'deck', 'appendix', 'briefing', 'disclosure'",
        ),
        (["check", "--as-of", "30.09.2026"], "does not match the format '%Y-%m-%d'"),
    ],
)
def test_usage_mistakes_are_messages(call_cli: CallCli, arguments: list[str], words: str) -> None:
    """Exit code 2, with what was expected."""
    outcome = call_cli(*arguments)
    assert outcome.exit_code == 2
    assert words in outcome.stderr
