"""Imports go one way, each heavy library has one home, and the disclosure sees no board page."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "board_report"

ORDER = (
    "sources",
    "tables",
    "metrics",
    "risk",
    "governance",
    "story",
    "charts",
    "documents",
    "archive",
    "side_process",
    "pipeline",
    "cli",
)
SHARED = ("errors", "model", "period", "project", "resources", "toml_reader", "typeset")
"""Records and errors that every stage may import, and that import no stage."""

HOMES = {
    "pandas": ("sources", "tables", "metrics", "risk", "governance"),
    "numpy": ("sources", "tables", "metrics", "risk", "governance", "charts"),
    "numpy_financial": ("metrics", "risk"),
    "scipy": ("metrics", "risk"),
    "numba": ("risk.compiled",),
    "charset_normalizer": ("sources",),
    "defusedxml": ("sources",),
    "lxml": ("documents.xbrl",),
    "python_calamine": ("sources",),
    "sqlalchemy": ("sources",),
    "psycopg": ("sources",),
    "duckdb": ("sources", "tables"),
    "pyarrow": ("sources",),
    "fsspec": ("sources",),
    "s3fs": ("sources",),
    "keyring": ("sources",),
    "matplotlib": ("charts", "side_process"),
    "fontTools": ("typeset",),
    "weasyprint": ("documents", "side_process"),
    "pydyf": ("documents",),
    "jinja2": ("documents", "story.live_text", "story.public_text"),
    "markupsafe": ("documents", "story.markdown_text", "story.public_text"),
    "markdown_it": ("story.markdown_text",),
    "pyhanko": ("archive.pades",),
    "pyhanko_certvalidator": ("archive.pades",),
    "asn1crypto": ("archive.pades",),
    "cryptography": ("archive.pades",),
    "pkcs11": ("archive.pades",),
    "click": ("cli",),
    "rich": ("cli",),
}
"""Where a library may be imported when the program runs; naming its types is free."""

MAY_REACH_BACK: frozenset[tuple[str, str]] = frozenset()
"""(importing module, imported module) pairs that are excused from the order; none is needed."""


@dataclass(frozen=True)
class Import:
    """One import statement."""

    importer: str
    """Dotted, without the package: ``story.commentary``."""
    imported: str
    """Dotted, with the package where it is ours."""
    line: int
    only_types: bool
    """True under ``if TYPE_CHECKING``."""
    on_top: bool
    """True when importing the module runs it."""

    @property
    def own(self) -> str:
        """What is imported, without the package's name; empty when it is a library."""
        return self.imported.removeprefix("board_report.") if self._is_own else ""

    @property
    def _is_own(self) -> bool:
        return self.imported.startswith("board_report.")

    @property
    def library(self) -> str:
        """The library's name; empty when it is our own."""
        return "" if self.imported.split(".")[0] == "board_report" else self.imported.split(".")[0]

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def module_name(path: Path) -> str:
    """``board_report/story/formats.py`` is ``story.formats``; a package is its own name."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> dict[str, Path]:
    """Every module of the package, by dotted name, but the package itself."""
    return {
        module_name(path): path
        for path in sorted(PACKAGE.rglob("*.py"))
        if path != PACKAGE / "__init__.py"
    }


@cache
def imports() -> tuple[Import, ...]:
    """Every import of the package."""
    return tuple(
        each
        for name, path in modules().items()
        for each in read_imports(name, ast.parse(path.read_text(encoding="utf-8")))
    )


def read_imports(name: str, tree: ast.Module) -> Iterator[Import]:
    """Every import of one module, with where it stands."""

    def walk(node: ast.AST, only_types: bool, on_top: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import | ast.ImportFrom):
                for imported in imported_modules(child):
                    yield Import(name, imported, child.lineno, only_types, on_top)
                continue
            types = only_types or (
                isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
            )
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from walk(child, types, on_top and not inside)

    yield from walk(tree, False, True)


def imported_modules(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """``from board_report import model`` names ``board_report.model``, as does its own module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    assert node.level == 0, "imports are absolute"
    assert node.module
    for alias in node.names:
        whole = f"{node.module}.{alias.name}"
        is_module = whole.removeprefix("board_report.") in modules()
        yield whole if is_module else node.module


def stage(module: str) -> str:
    """The stage (or shared module) that a module belongs to."""
    return module.split(".")[0]


def is_upward(each: Import) -> bool:
    """True when a stage imports a later one, or a shared module imports any."""
    if not each.own or (each.importer, each.own) in MAY_REACH_BACK:
        return False
    importer, imported = stage(each.importer), stage(each.own)
    if imported in SHARED or importer == imported or importer == "__main__":
        return False
    if importer in SHARED:
        return True
    return ORDER.index(importer) < ORDER.index(imported)


def test_every_module_has_a_place() -> None:
    """A new top-level module is given its place in the order before it is used."""
    assert {stage(name) for name in modules()} <= {*ORDER, *SHARED, "__main__"}


def test_no_import_goes_upward() -> None:
    """Not even one that only names a type: a stage knows nothing of those after it."""
    assert [str(each) for each in imports() if is_upward(each)] == []


def test_nothing_imports_the_command_line() -> None:
    """But the module that starts it."""
    importers = {each.importer for each in imports() if stage(each.own) == "cli"}
    assert {name for name in importers if stage(name) != "cli"} == {"__main__"}


def test_only_the_pipeline_and_the_command_line_know_the_order() -> None:
    """No stage imports the pipeline."""
    importers = {stage(each.importer) for each in imports() if stage(each.own) == "pipeline"}
    assert importers - {"pipeline"} == {"cli"}


def test_no_cycles() -> None:
    """Neither between stages nor between the modules of one stage."""
    graph = {
        name: {each.own for each in imports() if each.importer == name and not each.only_types}
        for name in modules()
    }
    assert find_cycle(graph) == []


def find_cycle(graph: dict[str, set[str]]) -> list[str]:
    """One path that comes back to where it began; empty when there is none."""
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for following in sorted(graph.get(name, ())):
            found = visit(following, [*path, name])
            if found:
                return found
        done.add(name)
        return []

    return next((found for name in graph if (found := visit(name, []))), [])


@pytest.mark.parametrize("library", HOMES)
def test_library_stays_at_home(library: str) -> None:
    """A heavy library is used where it belongs and nowhere else."""
    strays = [
        str(each)
        for each in imports()
        if each.library == library and not each.only_types and not at_home(each.importer, library)
    ]
    assert strays == []


def at_home(module: str, library: str) -> bool:
    """True when the module is one of the library's homes, or lies in one."""
    return any(module == home or module.startswith(f"{home}.") for home in HOMES[library])


def test_every_dependency_has_a_home_or_needs_none() -> None:
    """An import of a library that is not listed above is noticed."""
    listed = {*HOMES, *sys.stdlib_module_names, "", "typing_extensions"}
    assert {each.library for each in imports()} - listed == set()


@pytest.mark.parametrize("renderer", ["documents.disclosure", "documents.redline"])
def test_disclosure_never_reaches_the_board_context(renderer: str) -> None:
    """What the disclosure's renderers import, at any distance, holds no board page or figure."""
    forbidden = {"story.page", "story.facts", "story.deck", "story.record", "documents.deck"}
    reached = reachable(renderer)
    assert reached & forbidden == set()
    assert not any(name.startswith(("story.pages", "charts")) for name in reached)
    assert "BoardContext" not in modules()[renderer].read_text(encoding="utf-8")


@pytest.mark.parametrize("start", ["documents.xbrl.writer", "documents.xbrl.review"])
def test_tagged_documents_see_their_records_alone(start: str) -> None:
    """No table, metric, story or chart, at any distance: only shared records and templates."""
    stages = {stage(name) for name in reachable(start)}
    assert stages <= {"documents", "sources", *SHARED}, "sources: the shape of a finding's text"
    assert not any(name.startswith("sources.read") for name in reachable(start))


def reachable(start: str) -> set[str]:
    """The modules that one module imports, directly or through others, types included."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [each.own for each in imports() if each.importer == name and each.own]
    return found - {start}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "--help"], ["--version"], ["explain", "-h"]]
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """The answer to ``--help`` is instant because no library is loaded for it."""
    code = (
        "import sys\n"
        "from board_report.cli import main\n"
        "try:\n"
        f"    main({arguments!r})\n"
        "except SystemExit as left:\n"
        "    print(left.code, *sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE.parent
    )
    exit_code, *loaded = done.stdout.splitlines()[-1].split()
    assert exit_code == "0", done.stderr
    assert [name for name in loaded if name in HOMES] == ["click"]


# --- the test itself -----------------------------------------------------------------------------


def test_an_upward_import_would_be_found() -> None:
    """Also inside a function, and when it only names a type."""
    source = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n"
        "    from board_report.charts import draw\n"
        "def later():\n"
        "    import board_report.documents.pdf\n"
    )
    found = list(read_imports("metrics.declare", ast.parse(source)))
    upward = [each for each in found if is_upward(each)]
    assert [(each.own, each.only_types, each.on_top) for each in upward] == [
        ("charts", True, True),
        ("documents.pdf", False, False),
    ]


def test_a_cycle_would_be_found() -> None:
    """Over any number of modules."""
    assert find_cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert find_cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
