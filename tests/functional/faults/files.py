"""Faults of whole files: missing, unreadable, cut short, or not what they are called."""

from __future__ import annotations

from pathlib import Path

from tests.functional.faults.fault import (
    Damage,
    Told,
    delete,
    insert_line,
    noted,
    on_line,
    refused,
    replace,
    rewrite,
    stops,
    then,
    through,
    write,
)

INCIDENTS = "ciso/servicenow_incidents.csv"
AUDIT = "ciso/audit_findings.csv"
PEOPLE = "governance/people.csv"
TRAINING = "ciso/knowbe4_enrollments.json"
PLAN = "cto/investment_plan.xlsx"
COVERAGE = "ciso/control_coverage.csv"


def link_outside(file: str) -> Damage:
    """Put a link to a file outside the project in place of a file."""

    def damage(project: Path) -> None:
        outside = project.parent / "elsewhere.csv"
        (project / file).rename(outside)
        (project / file).symlink_to(outside)

    return damage


FILE_FAULTS = (
    stops(
        "declared_file_deleted",
        delete(INCIDENTS),
        Told("file_missing", INCIDENTS),
        "is not in the project",
    ),
    stops(
        "required_file_deleted",
        delete(PEOPLE),
        Told("required_file_missing", PEOPLE),
        "people and roles",
    ),
    through(
        noted(
            "optional_file_deleted",
            delete("ciso/threat_hunts.csv"),
            Told("table_not_given", "ciso/threat_hunts.csv"),
            "not measured",
        )
    ),
    stops("file_is_empty", write(AUDIT, b""), Told("empty_file", AUDIT), "empty"),
    through(
        noted(
            "header_and_no_rows",
            rewrite("cto/designs.csv", lambda content: content.split(b"\n")[0] + b"\n"),
            Told("no_rows", "cto/designs.csv", 1),
            "nothing happened",
        )
    ),
    stops(
        "byte_that_is_not_utf_8",
        on_line(PEOPLE, 4, lambda line: line + b"\xe9"),
        Told("undecodable", PEOPLE, 4),
        "0xE9",
        "cp1252",
    ),
    noted(
        "byte_order_mark",
        rewrite(AUDIT, lambda content: b"\xef\xbb\xbf" + content),
        Told("byte_order_mark", AUDIT, 1),
    ),
    stops(
        "utf_16_without_a_mark",
        rewrite(AUDIT, lambda content: content.decode().encode("utf-16-le")),
        Told("not_text", AUDIT),
        "utf-16-le",
    ),
    noted(
        "tabs_instead_of_commas",
        rewrite("governance/raci.csv", lambda content: content.replace(b",", b"\t")),
        Told("delimiter_found", "governance/raci.csv", 1),
        "\\t",
    ),
    stops(
        "declared_delimiter_is_another",
        rewrite(COVERAGE, lambda content: content.replace(b";", b",")),
        Told("wrong_delimiter", COVERAGE, 1),
        'delimiter = ","',
    ),
    stops(
        "quotation_that_never_ends",
        replace(AUDIT, "Restore tests not recorded", '"Restore tests not recorded'),
        Told("bad_quoting", AUDIT, 2),
        "quotation",
    ),
    noted(
        "blank_lines",
        then(insert_line(AUDIT, 4, ""), insert_line(AUDIT, 6, ",,,,,,,,,")),
        Told("blank_lines", AUDIT, 4),
        "2 lines",
    ),
    stops(
        "required_column_removed",
        replace(AUDIT, "raised_on", "agreed"),
        Told("column_missing", AUDIT, 1, "raised_on"),
        "raised_on =",
    ),
    through(
        noted(
            "optional_column_removed",
            replace(AUDIT, "is_repeat", "repeat"),
            Told("column_not_given", AUDIT, 1, "is_repeat"),
            "unknown in every row",
        )
    ),
    stops(
        "needed_header_given_twice",
        replace(AUDIT, "is_repeat", "due_on"),
        Told("column_twice", AUDIT, 1, "due_on"),
        "2 times",
    ),
    stops(
        "json_cut_short",
        rewrite(TRAINING, lambda content: content[: len(content) // 2]),
        Told("bad_json", TRAINING),
        "Export the file again",
    ),
    stops("json_of_something_else", write(TRAINING, b"42\n"), Told("not_records", TRAINING)),
    stops(
        "workbook_that_is_none",
        write(PLAN, b"This was a workbook once.\n"),
        Told("bad_workbook", PLAN),
        "cannot be opened",
    ),
    stops(
        "sheet_missing",
        replace("report.toml", 'sheet = "Plan"', 'sheet = "Plans"'),
        Told("sheet_missing", PLAN),
        'sheet = "Plan"',
    ),
    stops(
        "format_unknown",
        then(
            lambda project: (project / PLAN).rename(project / "cto/plan.ods"),
            replace("report.toml", PLAN, "cto/plan.ods"),
        ),
        Told("format_unknown", "cto/plan.ods"),
        ".csv",
    ),
    stops(
        "a_folder_where_a_file_should_be",
        then(delete(AUDIT), lambda project: (project / AUDIT).mkdir()),
        Told("file_unreadable", AUDIT),
    ),
    stops(
        "link_out_of_the_project",
        link_outside(AUDIT),
        Told("file_outside", AUDIT),
        "leads out of the project",
    ),
    refused(
        "declared_link_out_of_the_project",
        link_outside(INCIDENTS),
        "report.toml, line",
        INCIDENTS,
        "lies outside the project folder",
    ),
)
