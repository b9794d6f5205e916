"""Set aside rows of the wrong width, and leave out those that the block does not want."""

from __future__ import annotations

import json
from collections.abc import Sequence

from board_report.model import Finding
from board_report.tables.codes import Code, finding
from board_report.tables.columns import reason_of
from board_report.tables.engine.work import ASIDE, LEFT_OUT, REJECTED, SHOWN, Source, Work
from board_report.tables.mapping import block_of
from board_report.tables.rows import width_finding
from board_report.tables.selection import (
    MOST_TOLD,
    Headers,
    in_counts,
    is_header,
    is_readers,
    repeated_header,
)
from board_report.tables.tidy import trim

BATCH = 20_000


def set_all_aside(work: Work, source: Source, stopping: Sequence[Finding]) -> None:
    """Without its columns no row of a source can be judged."""
    source.reasons = tuple(map(reason_of, stopping))
    work.run(
        f"INSERT INTO {ASIDE} SELECT {source.index}, _at, _line, {REJECTED} FROM {source.relation}"
    )


def set_shifted_aside(work: Work, source: Source) -> None:
    """Rows with more or fewer cells than the header; empty cells beyond it do not count."""
    expected = len(source.staged.raw.columns)
    told: dict[str, list[Finding]] = {}
    counts: dict[str, int] = {}
    reader = work.connection.cursor()
    reader.execute(
        f"SELECT _at, _line, _odd FROM {source.relation} WHERE _odd IS NOT NULL ORDER BY _at"
    )
    while batch := reader.fetchmany(BATCH):
        shifted = []
        for at, line, odd in batch:
            found = width_finding(line, json.loads(odd), expected, source.spec)
            if found is None:
                continue
            shifted.append((source.index, at, line, REJECTED))
            counts[found.code] = counts.get(found.code, 0) + 1
            if len(told.setdefault(found.code, [])) < SHOWN:
                told[found.code].append(found)
        _insert(work, shifted)
    for code, some in told.items():
        work.tell_rest(some, counts[code])


def _insert(work: Work, rows: Sequence[tuple[int, int, int, int]]) -> None:
    import pandas as pd

    if rows:
        frame = pd.DataFrame(rows, columns=["src", "pos", "line", "fate"])
        work.connection.register("_aside", frame)
        work.run(f"INSERT INTO {ASIDE} SELECT * FROM _aside")
        work.connection.unregister("_aside")


def leave_out_headers(work: Work, source: Source) -> list[int]:
    """Leave out the rows that repeat the header; their positions."""
    columns = source.staged.raw.columns
    cells = ", ".join(f"coalesce(c{at}, '')" for at in range(len(columns)))
    # The engine finds what may be such a row, and the rule for files in memory decides.
    near = " AND ".join(f"contains(coalesce(c{at}, ''), ?)" for at in range(len(columns)))
    found = work.rows(f"SELECT _at, _line, {cells} FROM {kept(source)} WHERE {near}", [*columns])
    rows = [(at, line) for at, line, *texts in found if is_header(texts, columns)]
    _insert(work, [(source.index, at, line, LEFT_OUT) for at, line in rows])
    if rows:
        work.findings.append(repeated_header([line for _, line in rows], source.spec))
    return [at for at, _ in rows]


def leave_out(work: Work, source: Source, headers: Headers, already: Sequence[int]) -> None:
    """Rows whose cell is, or is not, among the texts of ``only`` and ``leave_out``.

    Args:
        work: the table.
        source: one of its files.
        headers: where the deciding columns are.
        already: positions of rows left out for another reason, of which a note tells.
    """
    chosen = [(True, at, texts) for at, texts in headers.wanted.items()]
    chosen += [(False, at, texts) for at, texts in headers.unwanted.items()]
    why = [
        _leave_out(work, source, position, texts, wanted=wanted)
        for wanted, position, texts in chosen
    ]
    count, first = work.one(
        f"SELECT count(*), min_by(line, pos) FROM {ASIDE} "
        f"WHERE src = {source.index} AND fate = {LEFT_OUT} AND NOT list_contains(?, pos)",
        [[-1, *already]],
    )
    if count:
        words = "; ".join(filter(None, why))
        facts: dict[str, object] = {"count": rows_in_words(count), "why": words}
        _tell(work, source, Code.LEFT_OUT, first, facts)


def kept(source: Source) -> str:
    """SQL of the rows of a source that are judged so far."""
    return (
        f"(SELECT * FROM {source.relation} AS one WHERE NOT EXISTS "
        f"(SELECT 1 FROM {ASIDE} WHERE src = {source.index} AND pos = one._at))"
    )


def _leave_out(
    work: Work, source: Source, position: int, texts: tuple[str, ...], *, wanted: bool
) -> str:
    """Leave out by one header; which texts left how many out."""
    _fold(work, source, position, {text.casefold() for text in texts})
    kept_rows = f"{kept(source)} AS one JOIN folded ON folded.cell = coalesce(one.c{position}, '')"
    key = "only" if wanted else "leave_out"
    header = source.staged.raw.columns[position]
    # A reader lists all words of its tool; only a person's list can be misspelled.
    by_person = () if is_readers(source.spec, key, header) else texts
    for text in by_person:
        found = work.rows(f"SELECT 1 FROM {kept_rows} WHERE small = ? LIMIT 1", [text.casefold()])
        first = work.one(f"SELECT min_by(_line, _at) FROM {kept(source)}")[0]
        if not found and first is not None:
            facts: dict[str, object] = {
                "header": header,
                "key": key,
                "block": block_of(source.spec),
            }
            _tell(work, source, Code.CHOICE_ABSENT, first, facts, text)
    left = f"FROM {kept_rows} WHERE listed IS DISTINCT FROM {str(wanted).lower()}"
    most = work.rows(
        f"SELECT said, count(*) AS n {left} GROUP BY said ORDER BY n DESC, said LIMIT {MOST_TOLD}"
    )
    different = work.one(f"SELECT count(DISTINCT said) {left}")[0]
    work.run(f"INSERT INTO {ASIDE} SELECT {source.index}, _at, _line, {LEFT_OUT} {left}")
    work.run("DROP TABLE folded")
    return f"{header} is {in_counts([(said, n) for said, n in most], different)}" if most else ""


def _fold(work: Work, source: Source, position: int, listed: set[str]) -> None:
    """Every different cell in small letters, as Python makes them, and whether it is meant."""
    import numpy as np
    import pandas as pd

    work.run("CREATE TABLE folded (cell VARCHAR, said VARCHAR, small VARCHAR, listed BOOLEAN)")
    reader = work.connection.cursor()
    reader.execute(f"SELECT DISTINCT coalesce(c{position}, '') FROM {kept(source)}")
    while batch := [row[0] for row in reader.fetchmany(BATCH)]:
        columns = (batch, [trim(each) for each in batch], [trim(each).casefold() for each in batch])
        frame = pd.DataFrame()
        for name, texts in zip(("cell", "said", "small"), columns, strict=True):
            column = np.empty(len(batch), dtype=object)
            column[:] = texts
            frame[name] = column
        frame["listed"] = [each in listed for each in columns[-1]]
        work.connection.register("_folded", frame)
        work.run("INSERT INTO folded SELECT * FROM _folded")
        work.connection.unregister("_folded")


def rows_in_words(count: int) -> str:
    """``1 row``, ``1,200 rows``."""
    return "1 row" if count == 1 else f"{count:,} rows"


def _tell(
    work: Work,
    source: Source,
    code: Code,
    line: int,
    facts: dict[str, object],
    value: str = "",
) -> None:
    found = finding(
        code, facts, file=source.spec.file, line=line, value=value, table=work.spec.name
    )
    work.findings.append(found)
