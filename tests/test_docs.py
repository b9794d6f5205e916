"""The documentation says what the program does: its commands run, its pages are current."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from board_report import __version__
from board_report.cli.program import program
from board_report.story.modes import GLOSSARY
from board_report.story.modes import PAGES as DECK_PAGES
from tests.tools.generate_docs import PAGES

ROOT = Path(__file__).resolve().parents[1]
DOCS = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "docs/*/*.md", "sample_data/*.md")
    for path in ROOT.glob(pattern)
)

NOT_RUN = {"./setup", "./check", "git clone", "cd board-report"}
"""What a reader does to install; other tests try it."""

_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)\s]+))?\)")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def commands(page: str) -> list[str]:
    """The command lines of the blocks marked ``console``, in order."""
    lines = "".join(_CONSOLE.findall(page)).splitlines()
    given = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    return [line for line in given if not line.startswith(tuple(NOT_RUN))]


def script(lines: list[str]) -> str:
    """The commands as a shell script that stops at the first that fails.

    ``check`` may find errors in the sample, which has some: it then ends with 2.
    """
    return "\n".join(
        f"{line} || [ $? -eq 2 ]" if line.startswith("board-report check") else line
        for line in ("set -eu", *lines)
    )


RUNNABLE = [path for path in DOCS if commands(path.read_text(encoding="utf-8"))]


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which ``board-report`` is this checkout, and nothing is coloured."""
    program_file = tmp_path / "bin" / "board-report"
    program_file.parent.mkdir()
    program_file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m board_report "$@"\n')
    program_file.chmod(0o755)
    path = f"{program_file.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


@pytest.mark.slow
@pytest.mark.parametrize("page", RUNNABLE, ids=relative)
def test_commands_run(page: Path, tmp_path: Path, shell: dict[str, str]) -> None:
    """Every command of the page, one after the other, as a reader would type them."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "sample_data").symlink_to(ROOT / "sample_data")
    done = subprocess.run(
        ["bash", "-c", script(commands(page.read_text(encoding="utf-8")))],
        cwd=work,
        env=shell,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def test_readme_and_guides_have_commands() -> None:
    """The pages that a new user follows are among those that are run."""
    wanted = {"README.md", *(f"docs/guides/{name}.md" for name in ("ciso", "cto", "compliance"))}
    assert wanted <= {relative(path) for path in RUNNABLE}


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_current(name: str) -> None:
    """When this fails: ``python -m tests.tools.generate_docs``, and read what it changed."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name]()


@pytest.mark.parametrize("path", DOCS, ids=relative)
def test_links_lead_somewhere(path: Path) -> None:
    """To a file of the repository, and to a heading that it has."""
    for target, heading in _LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith(("http:", "https:", "mailto:")) or target.endswith(".png"):
            continue
        aim = (path.parent / target).resolve()
        assert aim.exists(), f"{relative(path)} links to {target}"
        if heading:
            assert heading in anchors(aim.read_text(encoding="utf-8"))


def anchors(page: str) -> set[str]:
    """The names under which a page's headings can be linked to."""
    heads = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
    return slugs | set(re.findall(r'<a id="([^"]+)">', page))


@pytest.mark.parametrize("name", program.commands)
def test_every_command_and_option_has_help(name: str) -> None:
    """One line in the list, an example, and a sentence for each option."""
    command = program.commands[name]
    assert command.help
    assert f"board-report {name}" in command.help
    assert command.short_help
    assert len(command.short_help) <= 60
    assert command.short_help.endswith(".")
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"


def test_readme_lists_every_command() -> None:
    """In its table of commands."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in program.commands:
        assert f"| `board-report {name}" in readme


def keys_of_report_toml() -> set[str]:
    """Every key that the project's reader accepts, taken from its own code."""
    return {
        each.value
        for path in (ROOT / "board_report" / "project").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if lists_keys(node)
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def lists_keys(node: ast.AST) -> bool:
    """True for ``section.only("key", ...)`` and for ``KEYS = (...)`` of a module."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "only"
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("KEYS", "_KEYS")


def test_every_key_of_report_toml_is_documented() -> None:
    """In ``docs/data-formats.md``, by its name."""
    page = (ROOT / "docs" / "data-formats.md").read_text(encoding="utf-8")
    keys = keys_of_report_toml()
    assert len(keys) > 40
    assert sorted(key for key in keys if f"`{key}`" not in page and f"`[{key}]`" not in page) == [
        "source"
    ]
    assert "`[[source]]`" in page


def test_pages_named_for_commentary_exist() -> None:
    """A leader who copies a name from the docs gets a page."""
    page = (ROOT / "docs" / "data-formats.md").read_text(encoding="utf-8")
    listed = page.split("The pages are:")[1].split("\n\n")[0]
    names = set(re.findall(r"`([a-z-]+)`", listed))
    assert names == {name.replace("_", "-") for name in (*DECK_PAGES, GLOSSARY)}


def test_changelog_begins_with_unreleased_and_has_this_version() -> None:
    """What a user sees change is written down before it is released."""
    heads = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert heads[0] == "Unreleased"
    assert len(heads) == 1 or heads[1].startswith(__version__)


@pytest.mark.parametrize("path", RUNNABLE + sorted(ROOT.glob("docs/decisions/*.md")), ids=relative)
def test_prose_has_one_sentence_a_line(path: Path) -> None:
    """So that a diff shows the sentence that changed."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    for line in text.splitlines():
        if line and not line.startswith(("|", "#", "<", "-", "!", " ")) and not line[0].isdigit():
            stripped = re.sub(r"`[^`]*`|\([^)]*\)", "", line)
            assert not re.search(r"[a-z]\. [A-Z]", stripped), f"{relative(path)}: {line}"
