"""A query is one statement that only reads, or it never reaches a database."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.project import SourceSpec
from board_report.sources.faults import ReadFaultError
from board_report.sources.statement import check_statement, read_statement


@pytest.mark.parametrize(
    "text",
    [
        "select 1",
        "SELECT a FROM t WHERE note LIKE 'a%'",
        "with a as (select 1) select * from a",
        "(select 1) union all (select 2)",
        "-- what we ask\nselect /* ; delete from t */ 1 -- ; drop table t",
        "select ';', $$; delete from t$$, $a$ ; $a$, \"; into\", E'\\'; drop'",
        "select replace(name, 'a', 'b'), \"update\" from t where (updated is null)",
        "select 'it''s; into'",
    ],
)
def test_one_that_reads_is_left_as_it_is(text: str) -> None:
    """Whatever stands in its quotes and comments."""
    assert check_statement(text) == text


def test_semicolons_at_the_end_are_cut() -> None:
    """A cursor is made of the statement, and takes none."""
    assert check_statement("select 1 ; ;\n-- done\n") == "select 1 "


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        (" -- nothing\n ;", "it is empty"),
        ("delete from t", "it does not begin with SELECT or WITH"),
        ("explain analyze delete from t", "it does not begin with SELECT or WITH"),
        ("copy t to program 'id'", "it does not begin with SELECT or WITH"),
        ("pragma writable_schema = 1", "it does not begin with SELECT or WITH"),
        ("attach 'x' as y", "it does not begin with SELECT or WITH"),
        ("select 1; drop table t", "it has more than one statement"),
        ("select a$b$ ; drop table t; select a$b$", "it has more than one statement"),
        ("select '\\'; drop table t -- '", "it has more than one statement"),
        ("with a as (delete from t returning *) select * from a", "it writes (DELETE)"),
        ("with a as (/* x */ insert into t values (1)) select 1", "it writes (INTO)"),
        ("with a as (select 1) delete from t", "it writes (DELETE)"),
        ('with a as (select 1) update "t" set x = 1', "it writes (UPDATE)"),
        ("select * into copy from t", "it writes (INTO)"),
        ("select * from t into outfile 'x'", "it writes (INTO)"),
        ("select 1 /*! into outfile 'x' */", "a quotation mark or a comment in it"),
        ("select 'abc", "a quotation mark or a comment in it"),
        ('select "abc', "a quotation mark or a comment in it"),
        ("select /* abc", "a quotation mark or a comment in it"),
    ],
)
def test_any_other_is_refused(text: str, why: str) -> None:
    """With the reason, and without repeating it."""
    with pytest.raises(ReadFaultError) as refused:
        check_statement(text)
    assert refused.value.code == "query_refused"
    assert str(refused.value.facts["detail"]).startswith(why)


def test_a_query_stands_in_a_file(tmp_path: Path) -> None:
    """As UTF-8, with or without a byte order mark; other files are refused."""
    spec = SourceSpec("incidents", "query", query_file="q.sql", connection="env:X")
    (tmp_path / "q.sql").write_bytes("\ufeffselect 'é';\n".encode())
    assert read_statement(tmp_path, spec) == "select 'é'"
    for content, why in ((b"select '\xe9'", "not UTF-8"), (b"-" * 1_000_001, "1,000,000 bytes")):
        (tmp_path / "q.sql").write_bytes(content)
        with pytest.raises(ReadFaultError) as refused:
            read_statement(tmp_path, spec)
        assert why in str(refused.value.facts["detail"])
    (tmp_path / "q.sql").unlink()
    with pytest.raises(ReadFaultError) as refused:
        read_statement(tmp_path, spec)
    assert "No such file" in str(refused.value.facts["detail"])


def test_a_query_file_lies_in_the_project(tmp_path: Path) -> None:
    """Also when a link was put in its place later."""
    outside = tmp_path / "outside.sql"
    outside.write_text("select 1", encoding="utf-8")
    project = tmp_path / "project"
    project.mkdir()
    (project / "q.sql").symlink_to(outside)
    spec = SourceSpec("incidents", "query", query_file="q.sql", connection="env:X")
    with pytest.raises(ReadFaultError) as refused:
        read_statement(project, spec)
    assert "leads out of the project" in str(refused.value.facts["detail"])
