"""The page on readers: which exports are read by themselves, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from board_report.sources.reader import Evidence, Header, Markup, Reader, Records, Signature
from board_report.sources.readers import readers_by_id
from board_report.tables.catalogue import TABLES
from board_report.tables.proposals.reader_block import unknown_columns

HEAD = """# Exports that are read by themselves

This page is made from what the readers declare; `python -m tests.tools.generate_docs` writes it
again.

Naming the file is enough:

```toml
[[source]]
file = "ciso/tenable.csv"
```

A file is recognized by its content, never by its name.
`check` says as what, and `reader = "..."` in the block fixes it.
What the block says itself goes before what the reader knows; its keys are those of
[source blocks](data-formats.md#source-blocks).
A file that no reader knows is looked at by `board-report map FILE`.

What a tool cannot know, such as business units and tiers of assets, stays unknown until you give
it: as a header in `[source.columns]`, as one value in `[source.constants]`, or by a file that
completes the records (`merge_by`).
Figures that need it are "not measured" or withheld until then, and say so.

"A real export" means that the reader was made from a true file of the tool and is tested on it.
"The vendor's documented shape" means that no true file could be had: the reader follows the
documentation that it names, is tested on files written after it, and may meet surprises.
Please compare its counts with the tool's own.
"""


def readers_page() -> str:
    """All readers by table and tool."""
    readers = sorted(readers_by_id().values(), key=lambda each: list(TABLES).index(each.table))
    parts = [HEAD, _summary(readers)]
    for table, some in groupby(readers, key=lambda each: each.table):
        spec = TABLES[table]
        parts.append(f"## {spec.title} (`{table}`)\n")
        parts += ["\n".join(_reader(each)) for each in some]
    return "\n".join(parts)


def _summary(readers: list[Reader]) -> str:
    lines = [
        "## All of them",
        "",
        "| tool | export | reader | fills | made from |",
        "| --- | --- | --- | --- | --- |",
    ]
    for each in sorted(readers, key=lambda one: (one.tool.casefold(), one.id)):
        lines.append(
            f"| {each.tool} | {each.export} | [`{each.id}`](#{_anchor(each)}) | `{each.table}` "
            f"| {each.evidence} |"
        )
    return "\n".join((*lines, ""))


def _title(reader: Reader) -> str:
    return f"{reader.tool}: {reader.id}"


def _anchor(reader: Reader) -> str:
    return re.sub(r"[^\w\- ]", "", _title(reader).lower()).replace(" ", "-")


def _reader(reader: Reader) -> Iterator[str]:
    spec = TABLES[reader.table]
    yield f"### {_title(reader)}"
    yield ""
    yield f"{reader.export[:1].upper()}{reader.export[1:]}."
    yield ""
    made = "documentation" if reader.evidence is Evidence.DOCUMENTED else "a real export"
    yield f"- Made from {made}: {reader.reference}."
    for signature in reader.signatures:
        yield f"- Recognized by {_signature(signature)}."
    columns = unknown_columns(reader, spec)
    needed = [f"`{each.name}`" for each in columns if each.required]
    other = [f"`{each.name}`" for each in columns if not each.required]
    if needed:
        yield f"- Does not say, and you must: {', '.join(needed)}."
    if other:
        yield f"- Does not say: {', '.join(other)}."
    for trap in reader.traps:
        yield f"- {trap}"
    yield ""


def _signature(signature: Signature) -> str:
    if isinstance(signature, Header):
        return f"a header with {_quoted(signature.has)}"
    if isinstance(signature, Markup):
        more = f" and {_quoted(signature.has)}" if signature.has else ""
        return f"an XML element `{signature.root}` around all{more}"
    assert isinstance(signature, Records)
    where = f" at `{signature.at}`" if signature.at else ""
    equal = [f"{path} = {text}" for path, text in signature.equal]
    asked = _quoted((*signature.has, *equal)) if signature.has or equal else "any fields"
    beside = f", beside {_quoted(signature.beside)}" if signature.beside else ""
    return f"JSON records{where} with {asked}{beside}"


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in names)
