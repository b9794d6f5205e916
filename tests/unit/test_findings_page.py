"""Every code of every module is explained once and stands on the page of findings."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from board_report.model import Severity
from board_report.sources.faults import ReadCode
from board_report.tables.codes import EXPLANATIONS, Code
from tests.tools.findings_page import GROUPS, findings_page

PACKAGE = Path(__file__).resolve().parents[2] / "board_report"


def test_every_code_of_the_input_is_on_the_page() -> None:
    page = findings_page()
    assert set(EXPLANATIONS) == {*Code, *ReadCode}
    for code, each in EXPLANATIONS.items():
        assert f"| `{code}` | {each.meaning} |" in page
        assert each.meaning.endswith(".")
        assert each.reason.endswith(".")


@pytest.mark.parametrize(("title", "meaning", "faults"), GROUPS)
def test_every_other_code_is_on_the_page(title: str, meaning: str, faults: object) -> None:
    page = findings_page()
    assert f"## {title}\n\n{meaning}\n" in page
    assert isinstance(faults, dict)
    for code, each in faults.items():
        assert f"| `{code}` | {each.meaning} |" in page
        assert each.severity in Severity
        assert each.meaning.endswith(".")


def test_no_declared_list_of_faults_is_forgotten() -> None:
    """A new ``X_FAULTS`` anywhere in the package must come onto the page."""
    declared = {
        node.target.id
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id.endswith("_FAULTS")
    }
    tool = Path(__file__).parents[1] / "tools" / "findings_page.py"
    listed = {each for each in declared if each in tool.read_text(encoding="utf-8")}
    assert declared - listed == {"READ_FAULTS"}, "READ_FAULTS are among those of the input"


def test_no_code_means_two_things() -> None:
    codes = [str(code) for code in EXPLANATIONS]
    codes += [code for _, _, faults in GROUPS for code in faults]
    assert len(set(codes)) == len(codes)
