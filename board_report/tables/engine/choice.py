"""Whether a table is reduced where it lies: asked for by its block, or by the size of its files."""

from __future__ import annotations

from dataclasses import dataclass

from board_report.model import Finding
from board_report.project import Project, SourceSpec
from board_report.sources.scanning.engine import has_engine
from board_report.sources.scanning.scan import is_large
from board_report.tables.codes import Code, finding
from board_report.tables.engine.plans import PLANS
from board_report.tables.mapping import block_of, sources_of
from board_report.tables.schema import TableSpec

_INSTALL = 'Install the extra "engine" (pip install "board-report[engine]").'


@dataclass(frozen=True)
class Choice:
    """How one table is read, and what is to be said of that."""

    is_reduced: bool
    findings: tuple[Finding, ...] = ()

    @property
    def is_refused(self) -> bool:
        """True when a block asks for what cannot be."""
        return any(each.stops for each in self.findings)


def choose(project: Project, spec: TableSpec) -> Choice:
    """How a table is read.

    The engine is used where a block says ``engine = "duckdb"``, and where a file of the table is
    large and no block says ``engine = "pandas"``.
    """
    declared, _ = sources_of(project, spec)
    asked = [each for each in declared if each.engine == "duckdb"]
    why, way = _hindrance(project, spec, declared)
    if asked:
        if not why:
            return Choice(True)
        return Choice(False, (_told(Code.ENGINE_REFUSED, asked[0], why, way),))
    if spec.name not in PLANS or any(each.engine for each in declared):
        return Choice(False)
    large = [each for each in declared if is_large(project.folder, each)]
    if large and not why:
        return Choice(True)
    return Choice(False, tuple(_told(Code.ENGINE_NOT_USED, each, why, way) for each in large))


def gave_up(project: Project, spec: TableSpec, why: str) -> Choice:
    """What is to be said where the engine failed, such as for want of room on the disk."""
    declared, _ = sources_of(project, spec)
    asked = [each for each in declared if each.engine == "duckdb"]
    code = Code.ENGINE_REFUSED if asked else Code.ENGINE_NOT_USED
    said = f"the engine gave up ({why})"
    way = "Make room on the disk of temporary files, or split the file."
    return Choice(False, tuple(_told(code, each, said, way) for each in asked or declared))


def _hindrance(
    project: Project, spec: TableSpec, declared: tuple[SourceSpec, ...]
) -> tuple[str, str]:
    """Why a table cannot be reduced, and what to do; two empty texts when it can."""
    if spec.name not in PLANS:
        tables = " and ".join(PLANS)
        return f"only {tables} are", "Remove engine from its [[source]] block."
    if not has_engine():
        return "DuckDB is not installed", _INSTALL
    if any(each.engine == "pandas" for each in declared):
        return "another block of the table says pandas", "Say the same in all blocks of a table."
    if any(each.keep == "last" for each in declared):
        return "a log of updates is folded in memory", "Export the last state of each record."
    if any(each.merge_by for each in declared):
        return "a file that completes records is merged in memory", "Join the files before."
    if any(each.table == spec.name for each in project.matches):
        return "rows of several files are matched in memory", "Remove its [[match]] block."
    return "", ""


def _told(code: Code, source: SourceSpec, why: str, way: str) -> Finding:
    facts: dict[str, object] = {"why": why, "way": way, "block": block_of(source)}
    return finding(code, facts, file=source.file, table=source.table)
