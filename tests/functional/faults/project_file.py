"""Faults of ``report.toml``, of what is asked for, and of where it is to be written."""

from __future__ import annotations

from pathlib import Path

from tests.functional.faults.fault import (
    Damage,
    Told,
    delete,
    noted,
    nothing,
    on_line,
    refused,
    replace,
    set_aside,
    set_cell,
    then,
    through,
    write,
)

TOML = "report.toml"
MTTR = "mttr = { at_most = 36, near = 44 }"


def file_beside(name: str) -> Damage:
    """A file where a folder is needed."""

    def damage(project: Path) -> None:
        (project.parent / name).write_bytes(b"mine\n")

    return damage


PROJECT_FAULTS = (
    refused("report_toml_deleted", delete(TOML), "is not a project", "board-report init"),
    refused("report_toml_is_not_toml", replace(TOML, "[company]", "[company"), "line", "TOML"),
    refused(
        "report_toml_is_not_utf_8",
        on_line(TOML, 1, lambda line: line + b" \xe9"),
        "report.toml, line 1",
        "UTF-8",
    ),
    refused(
        "company_has_no_name",
        replace(TOML, 'name = "Corvane Medical Supply, Inc."\n', ""),
        "company",
        "name",
        "missing",
    ),
    refused("key_misspelled", replace(TOML, "employees =", "employes ="), "employes", "employees"),
    refused("quarter_that_is_none", replace(TOML, '"2026-Q3"', '"2026-Q5"'), "2026-Q5", "2026-Q3"),
    refused(
        "time_zone_that_is_none",
        replace(TOML, "America/Chicago", "America/Chicagoo"),
        "America/Chicagoo",
        "IANA",
    ),
    refused(
        "target_with_two_bounds",
        replace(TOML, MTTR, "mttr = { at_most = 36, at_least = 4, near = 44 }"),
        "mttr",
        "both at_least and at_most",
    ),
    refused(
        "target_near_on_the_wrong_side",
        replace(TOML, MTTR, "mttr = { at_most = 36, near = 30 }"),
        "mttr.near",
        "better than the target",
    ),
    refused(
        "target_of_no_metric",
        replace(TOML, MTTR, "mttrr = { at_most = 36, near = 44 }"),
        "mttrr",
        "mttr",
    ),
    refused(
        "source_outside_the_project",
        replace(TOML, "ciso/servicenow_incidents.csv", "../incidents.csv"),
        "../incidents.csv",
        "outside the project folder",
    ),
    refused(
        "source_of_no_table",
        replace(TOML, 'table = "incidents"', 'table = "incident"'),
        "incident",
        "Did you mean incidents?",
    ),
    refused(
        "tolerance_below_appetite",
        replace(TOML, "tolerance = [[0.50, 6_000_000]", "tolerance = [[0.50, 1_000_000]"),
        "tolerance",
        "below the appetite",
    ),
)

ASKED_FAULTS = (
    refused("no_such_folder", nothing, "no such folder", options=("--project", "{project}/gone")),
    refused("quarter_asked_in_words", nothing, "'Q3'", "2026-Q3", options=("--quarter", "Q3")),
    refused(
        "as_of_before_the_quarter",
        nothing,
        "2026-01-01 lies before 2026-Q3",
        options=("--as-of", "2026-01-01"),
    ),
    refused("as_of_is_no_date", nothing, "2026-13-01", options=("--as-of", "2026-13-01")),
    refused(
        "output_is_a_file",
        file_beside("taken"),
        "cannot be written",
        "--output",
        options=("--output", "{project}/../taken"),
    ),
    refused(
        "output_cannot_be_made",
        nothing,
        "cannot be written",
        options=("--output", "o" * 300),
    ),
)

PAGE = "commentary/planted.md"
HEAD = "---\npage: incidents\n---\n\n"


def commentary(text: str) -> Damage:
    """The only commentary, with one planted text."""

    def damage(project: Path) -> None:
        for path in (project / "commentary").glob("*.md"):
            path.unlink()
        write(PAGE, text.encode())(project)

    return damage


COMMENTARY_FAULTS = (
    refused("commentary_without_page", commentary("Words.\n"), f"{PAGE}:1", "page: NAME"),
    refused(
        "commentary_with_another_heading",
        commentary(f"{HEAD}## What it mean: CISO\nWords.\n"),
        f"{PAGE}:5",
        "What it mean: CISO",
    ),
    refused(
        "commentary_cites_no_metric",
        commentary(f"{HEAD}## What it means: CISO\nIt took {{{{ metric('mtttr') }}}}.\n"),
        f"{PAGE}:6",
        "mtttr",
        "Did you mean mttr",
    ),
    refused(
        "commentary_reaches_into_the_program",
        commentary(
            f"{HEAD}## What it means: CISO\n{{{{ ''.__class__.__mro__[1].__subclasses__() }}}}\n"
        ),
        f"{PAGE}:6",
        "cannot be put in",
    ),
    refused(
        "commentary_with_a_name_that_is_unknown",
        commentary(f"{HEAD}## What it means: CISO\nIt took {{{{ mttr }}}}.\n"),
        f"{PAGE}:6",
        "'mttr' is undefined",
    ),
    refused(
        "commentary_with_a_date_in_words",
        commentary(f"{HEAD}## What we do\n- Restore tests | CTO | soon\n"),
        f"{PAGE}:6",
        "'soon' is not a date",
    ),
    refused(
        "commentary_for_a_page_that_is_none",
        commentary("---\npage: incidens\n---\n\n## What it means: CISO\nWords.\n"),
        f"{PAGE}",
        "incidens",
    ),
    refused(
        "commentary_of_a_quarter_that_is_none",
        commentary("---\npage: incidents\nquarter: 2026Q33\n---\n\n## What we do\n- Rehearse\n"),
        PAGE,
        "2026Q33",
    ),
    refused(
        "commentary_is_not_utf_8",
        then(
            commentary(f"{HEAD}## What it means: CISO\nWords.\n"),
            on_line(PAGE, 6, lambda line: line + b"\xe9"),
        ),
        PAGE,
        "not UTF-8",
    ),
)

ATTESTATIONS = "governance/attestations.csv"


def statement(text: str) -> Damage:
    """The first attested statement replaced."""
    return set_cell(ATTESTATIONS, 2, "statement", text)


ATTESTATION_FAULTS = (
    refused(
        "attestation_cites_a_board_figure",
        statement("We recover in {{ metric('mttr') }}."),
        f"{ATTESTATIONS}:2",
        "mttr",
    ),
    refused(
        "attestation_reaches_into_the_program",
        statement("We are {{ ''.__class__ }}."),
        f"{ATTESTATIONS}:2",
    ),
    through(
        set_aside(
            "attestation_of_no_sub_item",
            replace(ATTESTATIONS, ",106(b)(1),1,", ",106(z),1,"),
            Told("unknown_category", ATTESTATIONS, 2, "sub_item", "106(z)"),
            "106(b)(1)",
        )
    ),
    through(
        noted(
            "attestation_of_an_unknown_role",
            replace(ATTESTATIONS, ",CISO,2026-10-06", ",CXO,2026-10-06"),
            Told("unknown_role", ATTESTATIONS, 2, "attested_by_role", "CXO"),
        )
    ),
)
