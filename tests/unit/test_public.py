"""Only what is declared public passes, and live figures in sentences are public and measured."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import board_report
from board_report.errors import CommentaryError, ProjectError
from board_report.metrics.declare import Unit
from board_report.story.public import public_context
from board_report.story.public_page import PublicContext
from board_report.story.public_record import PublicRecord, public_columns, public_record
from board_report.story.public_text import resolve
from board_report.story.redline import redline_context
from board_report.tables.catalogue import TABLES
from board_report.tables.schema import Audience, Table, TableSet
from tests.governance_data import (
    ATTESTATIONS,
    FACTS,
    PEOPLE,
    fact,
    figures,
    metric_spec,
    person,
    project,
    record,
    said,
    tables,
)

PACKAGE = Path(board_report.__file__).parent
MEETINGS = metric_spec("committee_cyber_meetings", Audience.PUBLIC)


def context(**changes: Any) -> PublicContext:
    return public_context(record(tables(**changes)))


def entries(made: PublicContext) -> dict[str, Any]:
    return {
        f"{entry.sub_item} {entry.label}": entry
        for section in made.sections
        for heading in section.headings
        for entry in heading.entries
    }


# The record


def test_record_has_the_public_columns_and_no_other() -> None:
    made = record()

    for name, rows in made.tables.items():
        assert {column for row in rows for column in row.cells} <= set(public_columns(TABLES[name]))
    assert set(made.rows("committee_calendar")[0]) == {
        "committee", "meeting_on", "is_cyber_on_agenda",
    }  # fmt: skip
    assert "evidence" not in made.rows("attestations")[0]


def test_table_without_a_public_column_is_absent() -> None:
    assert set(record().tables) == {
        "people", "committee_calendar", "attestations", "item_106_facts", "prior_disclosure",
    }  # fmt: skip


def with_audience(some: TableSet, table: str, column: str, audience: Audience) -> TableSet:
    old = some[table]
    columns = tuple(
        replace(each, audience=audience) if each.name == column else each
        for each in old.spec.columns
    )
    spec = replace(old.spec, columns=columns)
    return TableSet({**some.tables, table: Table(spec, old.frame, old.measured)})


@pytest.mark.parametrize("table", ["people", "attestations"])
def test_declaration_alone_decides(table: str) -> None:
    column = {"people": "since", "attestations": "evidence"}[table]

    opened = record(with_audience(tables(), table, column, Audience.PUBLIC))

    assert column in opened.rows(table)[0]
    assert column not in record().rows(table)[0]


def test_person_who_is_no_longer_public_is_not_named() -> None:
    closed = record(with_audience(tables(), "people", "person_name", Audience.BOARD))

    assert {each.person_name for each in closed.signers.values()} == {""}
    assert "Drummond" not in repr(public_context(closed))


def test_figures_of_the_board_do_not_pass() -> None:
    assert set(record().figures) == {"committee_cyber_meetings", "training_completion"}
    assert record().figures["training_completion"].text == "93%"


@pytest.mark.parametrize(("cik", "expected"), [("0000000000", ""), ("0001234567", "0001234567")])
def test_cik_passes_only_if_the_company_has_one(cik: str, expected: str) -> None:
    assert record(cik=cik).cik == expected


def test_fiscal_year_is_that_of_the_quarter() -> None:
    made = record()

    assert (made.fiscal_year, made.year_starts, made.year_ends) == (
        2026, date(2026, 1, 1), date(2026, 12, 31),
    )  # fmt: skip
    assert made.trailing_year == (date(2025, 10, 1), date(2026, 9, 30))


def test_signer_is_whoever_held_the_role_on_that_day() -> None:
    rows = [
        said(1, "106(b)(1)", "CISO", "2024-02-29", "We had a program."),
        said(2, "106(b)(1)", "CISO", "2024-03-01", "We have a program."),
        said(3, "106(b)(1)", "COO", "2026-03-01", "Nobody holds this role."),
    ]

    paragraphs = entries(context(attestations=rows))["106(b)(1) Processes"].paragraphs

    assert [each.attested.who for each in paragraphs] == [
        "P. Wetherell, CISO",
        "I. Drummond, CISO",
        "COO (no holder on record)",
    ]


# Live figures


@pytest.mark.parametrize(
    "text",
    [
        "It met {{ metric('committee_cyber_meetings') }} times.",
        '{{metric("committee_cyber_meetings")}} meetings',
    ],
)
def test_figure_takes_its_place(text: str) -> None:
    found = resolve(text, record().figures, where="a.csv:2")

    assert "5" in found.text
    assert "{" not in found.text
    assert found.metric_ids == ("committee_cyber_meetings",)


@pytest.mark.parametrize("text", ["No braces.", "A {single} brace, 100%, <b> & “quotes”."])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert resolve(text, {}, where="a.csv:2").text == text


@pytest.mark.parametrize("metric_id", ["mttd", "committee_cyber_meeting", "nothing_like_it"])
def test_figure_that_is_not_public_stops_the_draft_and_names_the_nearest(metric_id: str) -> None:
    rows = [
        *ATTESTATIONS[:3],
        said(4, "106(b)(1)", "CISO", None, f"{{{{ metric('{metric_id}') }}}}"),
    ]

    with pytest.raises(CommentaryError, match=f"no public metric '{metric_id}'") as caught:
        context(attestations=rows)

    assert caught.value.where == "governance/attestations.csv:5"
    assert any(name in caught.value.mend for name in record().figures)


@pytest.mark.parametrize(
    "text",
    [
        "{{ metric }}",
        "{{ metric() }}",
        "{{ metric('committee_cyber_meetings', 1) }}",
        "{{ metric(name='committee_cyber_meetings') }}",
        "{{ metric(*['committee_cyber_meetings']) }}",
        "{{ metric('committee_cyber_meetings') | upper }}",
        "{{ metric('committee_cyber_meetings') * 9 }}",
        "{{ metric.__globals__ }}",
        "{{ ''.__class__ }}",
        "{{ 7 * 7 }}",
        "{{ range(9) }}",
        "{% for n in 'ab' %}x{% endfor %}",
        "{% if true %}x{% endif %}",
        "{% set a = 1 %}",
        "{% include '/etc/passwd' %}",
        "{{ unfinished",
        "{% nonsense %}",
    ],
)
def test_anything_else_in_braces_is_refused(text: str) -> None:
    with pytest.raises(CommentaryError) as caught:
        resolve(f"We say {text}.", record().figures, where="governance/attestations.csv:7")

    assert caught.value.where == "governance/attestations.csv:7"


def test_sentence_with_a_figure_that_is_not_measured_is_a_gap() -> None:
    made = public_context(public_record(project(), tables(), figures((MEETINGS, None))))
    entry = entries(made)["106(c)(1) How it is informed"]

    assert entry.paragraphs == ()
    (gap,) = entry.gaps
    assert "committee_cyber_meetings" in gap.text
    assert "not measured" in gap.text
    assert made.figures == ()


def test_cited_figure_is_listed_with_its_id_and_place() -> None:
    (cited,) = context().figures

    assert (cited.metric_id, cited.text, cited.where) == (
        "committee_cyber_meetings", "5", "106(c)(1)",
    )  # fmt: skip


def test_figure_of_a_statement_that_waits_is_not_listed() -> None:
    text = "{{ metric('training_completion') }} were trained."

    assert context(attestations=[said(1, "106(b)(1)", "CISO", None, text)]).figures == ()


# Reporting lines

LINE = "{{ reporting_line('CISO') }}"
POSITIONS = "106(c)(2)(i) Positions responsible"


def positions(statement: str, **changes: Any) -> tuple[PublicContext, Any]:
    rows = [
        {**each, "statement": statement} if each["sub_item"] == "106(c)(2)(i) positions" else each
        for each in ATTESTATIONS
    ]
    made = context(attestations=rows, **changes)
    return made, entries(made)[POSITIONS]


def test_line_of_the_record_takes_its_place() -> None:
    made, entry = positions(f"Our CISO {LINE}.")

    assert [each.text for each in entry.paragraphs] == [
        "Our CISO reports to the chief technology officer and has a direct line to the chair of "
        "the technology and risk committee."
    ]
    assert (made.checks[3].result, made.checks[3].mark) == ("Agrees", "ring")


@pytest.mark.parametrize(
    ("people", "role"),
    [
        (PEOPLE, "CRO"),
        (PEOPLE, "CEO"),
        ([each for each in PEOPLE if each["role"] != "CTO"], "CISO"),
        ((), "CISO"),
    ],
)
def test_line_that_is_not_on_record_withholds_the_sentence(people: Any, role: str) -> None:
    _, entry = positions(f"The officer {{{{ reporting_line('{role}') }}}}.", people=people)

    assert entry.paragraphs == ()
    assert [each.text for each in entry.gaps] == [
        "An attested statement (A-12) is left out: it cites the reporting line of "
        f"{role}, which is not on record."
    ]


@pytest.mark.parametrize("column", ["reports_to_role", "role"])
def test_line_that_is_no_longer_public_is_not_said(column: str) -> None:
    closed = record(with_audience(tables(), "people", column, Audience.BOARD))

    assert {each.words for each in closed.offices.values()} <= {""}


def test_dotted_line_that_is_no_longer_public_is_not_said() -> None:
    closed = record(with_audience(tables(), "people", "dotted_line_to_role", Audience.BOARD))

    assert closed.offices["CISO"].words == "reports to the chief technology officer"


def test_typed_line_that_is_not_the_record_s_is_to_mend() -> None:
    wrong, _ = positions("Our CISO reports to the chief executive officer.")
    right, _ = positions("Our CISO reports to the chief technology officer.")
    silent, _ = positions("Our CISO is responsible.")

    assert (wrong.checks[3].result, wrong.checks[3].mark) == ("1 to mend", "square")
    assert "“the chief executive officer”" in wrong.checks[3].to_mend[0]
    assert [each.checks[3].mark for each in (right, silent)] == ["ring", "thin"]
    assert not wrong.is_complete


@pytest.mark.parametrize("text", ["{{ reporting_line() }}", "{{ reporting_line(CISO) }}"])
def test_line_of_no_role_is_refused(text: str) -> None:
    with pytest.raises(CommentaryError, match="neither a figure nor a reporting line"):
        resolve(text, {}, {}, where="a.csv:2")


# The context


def test_summary_counts_what_is_complete_and_what_is_open() -> None:
    rows = [each for each in FACTS if each["sub_item"] != "106(b)(2)"]

    assert context().summary == (
        "11 of 12 sub-items of Item 106 are complete. One gap keeps this draft from approval."
    )
    assert context(item_106_facts=rows).summary.endswith(
        "One gap and one disagreement keep this draft from approval."
    )


def test_complete_draft_says_so() -> None:
    made = context(attestations=[each for each in ATTESTATIONS if each["attested_on"]])

    assert made.is_complete
    assert made.summary == "All 12 sub-items of Item 106 are complete, and facts and text agree."


def test_nothing_on_file_claims_nothing() -> None:
    made = context(attestations=(), item_106_facts=())

    assert {entry.paragraphs for entry in entries(made).values()} == {()}
    assert all(len(entry.gaps) == 1 for entry in entries(made).values())
    assert [(each.answer, each.attested) for each in made.tags] == [("Not on file", None)] * 6
    assert not made.is_complete
    # With nothing in the text there is nothing that could agree.
    assert [each.mark for each in made.checks] == ["square", *["thin"] * 4]


def test_reason_stands_in_the_text_with_its_officer() -> None:
    reason = "The whole Board oversees these risks."
    sub_item = "106(c)(1) committee"
    rows = [each for each in ATTESTATIONS if each["sub_item"] != sub_item]
    facts = [*FACTS, fact(sub_item, "not_applicable", "GC", "2026-10-08", reason)]

    made = context(attestations=rows, item_106_facts=facts)
    entry = entries(made)["106(c)(1) Committee responsible"]

    assert (entry.not_applicable, entry.paragraphs, entry.gaps) == (reason, (), ())
    assert (entry.attested.who, entry.attested.on) == ("R. Achterberg, GC", "8\u00a0Oct\u00a02026")
    assert made.completeness[6].mark == "thin"


def test_sentences_of_one_officer_and_day_run_on_until_the_paragraph_is_full() -> None:
    words = "word " * 39 + "end."
    rows = [
        said(1, "106(b)(1)", "CISO", "2026-10-06", words),
        said(2, "106(b)(1)", "CISO", "2026-10-06", words),
        said(3, "106(b)(1)", "CISO", "2026-10-06", words),
        said(4, "106(b)(1)", "CISO", "2026-10-07", "Another day."),
        said(5, "106(b)(1)", "CTO", "2026-10-07", "Another officer."),
    ]

    paragraphs = entries(context(attestations=rows))["106(b)(1) Processes"].paragraphs

    # 40 + 40 words fit into 110, 120 do not.
    assert [each.ids for each in paragraphs] == ["A-01, A-02", "A-03", "A-04", "A-05"]


def test_role_that_is_a_word_reads_as_a_word() -> None:
    assert context().completeness[5].attested[0].who == "J. Merrick, Chair"


def test_owner_of_a_gap_is_whoever_holds_the_role_now() -> None:
    entry = entries(context())["106(b)(1)(ii) Third parties engaged"]

    assert [each.owner for each in entry.gaps] == ["R. Achterberg, GC"]


def test_twenty_f_changes_the_item_and_its_numbers() -> None:
    made = public_context(record(form="20-F"))

    assert (made.item, made.item_title, made.rule) == ("Item 16K", "Cybersecurity", "Item 16K")
    assert made.completeness[1].sub_item == "16K(b)(1)(i)"
    assert made.rule_note
    assert [each.asks for each in made.completeness] == [
        each.asks for each in context().completeness
    ]


def test_other_forms_are_refused() -> None:
    with pytest.raises(ProjectError, match="10-K or 20-F"):
        public_context(record(form="40-F"))


def test_rules_date_is_the_company_s_own_or_else_the_program_s() -> None:
    own = public_context(record())
    silent = public_context(replace(record(), rules_checked_on=None))

    assert own.rules_checked_on.split() == ["5", "Oct", "2026"]
    assert silent.rules_checked_on != own.rules_checked_on
    assert not any("company" in each for each in silent.rules_sources)


def test_other_committee_in_the_text_is_marked() -> None:
    rows = [
        {**each, "statement": "Our Audit Committee oversees them."}
        if each["sub_item"] == "106(c)(1) committee"
        else each
        for each in ATTESTATIONS
    ]

    check = context(attestations=rows).checks[2]

    assert (check.result, check.mark) == ("1 to mend", "square")
    assert "Technology and Risk Committee" in check.to_mend[0]


def test_people_table_left_out_still_makes_a_draft() -> None:
    some = tables()
    fewer = TableSet({name: each for name, each in some.tables.items() if name != "people"})

    assert public_context(record(fewer)).completeness[0].attested[0].who.startswith("CISO (no")


def test_later_holder_does_not_take_over_an_earlier_signature() -> None:
    successor = person("GC", "General Counsel", "Otto Vance", since="2026-10-09")

    assert context(people=[*PEOPLE, successor]).completeness[4].attested[0].who == (
        "R. Achterberg, GC"
    )


# By construction


def imports_of(module: str, *, types_too: bool = False) -> set[str]:
    """The modules of the program that a module imports, at run time or for its types as well."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    tree = ast.parse(file.read_text("utf-8"))
    if not types_too:
        tree = _Runtime().visit(tree)
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("board_report"):
            parent = str(node.module)
            children = {f"{parent}.{alias.name}" for alias in node.names}
            found |= {child for child in children if _is_module(child)} or {parent}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names if a.name.startswith("board_report")}
    return found


def _is_module(name: str) -> bool:
    path = PACKAGE.joinpath(*name.split(".")[1:])
    return path.is_dir() or path.with_suffix(".py").is_file()


class _Runtime(ast.NodeTransformer):
    def visit_If(self, node: ast.If) -> ast.AST | None:
        is_for_types = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return None if is_for_types else self.generic_visit(node)


def reach(module: str) -> set[str]:
    """Everything that a module imports at run time, however far away."""
    seen: set[str] = set()
    waiting = {module}
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting |= imports_of(name) - seen
    return seen - {module}


@pytest.mark.parametrize(
    ("renderer", "context"), [("disclosure", "public_page"), ("redline", "redline_page")]
)
def test_disclosure_cannot_reach_the_deck_a_table_or_a_metric(renderer: str, context: str) -> None:
    module = f"board_report.documents.{renderer}"
    assert reach(module) == {
        "board_report.documents.environment",
        "board_report.documents.paper",
        "board_report.documents.pdf",
        "board_report.documents.spoken",
        "board_report.errors",
        "board_report.resources",
    }
    typed = imports_of(module, types_too=True) - imports_of(module)
    assert typed == {f"board_report.story.{context}"}


def test_context_is_made_without_tables_figures_or_project() -> None:
    assert imports_of("board_report.story.public_page", types_too=True) == {"board_report.model"}
    made_from = imports_of("board_report.story.public", types_too=True)

    assert {name.rsplit(".", 1)[0] for name in made_from} <= {
        "board_report.governance",
        "board_report.story",
    }
    assert "board_report.story.page" not in made_from
    assert list(public_context.__annotations__) == ["record", "return"]


def test_redline_is_made_without_tables_figures_or_project() -> None:
    assert imports_of("board_report.story.redline_page", types_too=True) == set()
    made_from = imports_of("board_report.story.redline", types_too=True)

    assert {name.rsplit(".", 1)[0] for name in made_from} <= {
        "board_report.governance",
        "board_report.story",
    }
    assert list(redline_context.__annotations__) == ["record", "show_all", "return"]


def test_import_walk_sees_what_it_must_see() -> None:
    reached = reach("board_report.story.public_record")

    assert {"board_report.tables.schema", "board_report.governance.roles"} <= reached
    assert "board_report.project" not in reached
    assert "board_report.project" in imports_of("board_report.story.public_record", types_too=True)


def test_record_is_frozen() -> None:
    made: PublicRecord = record()

    with pytest.raises(AttributeError):
        made.company_name = "Another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        made.rows("attestations")[0]["statement"] = "Another"  # type: ignore[index]


def test_money_is_a_public_figure_like_any_other() -> None:
    spec = metric_spec("security_spend", Audience.PUBLIC, Unit.MONEY)
    made = public_record(project(currency="EUR"), tables(), figures((spec, 4_620_000.0)))

    assert made.figures["security_spend"].text == "€4.62M"
