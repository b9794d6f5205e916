"""Where rows come from is said without an address, and no refused address is repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from board_report.errors import ProjectError
from board_report.project import SourceSpec, load_project
from tests.projects import make_project

SECRET = "qz-secret-77"


def block(folder: Path, *lines: str, table: str = "detections") -> SourceSpec:
    """The one source of a project with these lines in its block."""
    text = "\n".join(("", "[[source]]", f'table = "{table}"' if table else "", *lines, ""))
    (source,) = load_project(make_project(folder, report=text)).sources
    return source


def refusal(folder: Path, *lines: str, table: str = "detections") -> str:
    """The message about a block that cannot be; it never holds the secret."""
    with pytest.raises(ProjectError) as refused:
        block(folder, *lines, table=table)
    assert SECRET not in str(refused.value)
    assert SECRET not in repr(refused.value.__context__)
    return str(refused.value)


def test_a_query_in_the_block(tmp_path: Path) -> None:
    """Its name in findings and the manifest is the line that it stands on."""
    source = block(tmp_path, 'query = "select 1"', 'connection = "env:WAREHOUSE_URL"')
    assert (source.query, source.query_file) == ("select 1", "")
    assert source.connection == "env:WAREHOUSE_URL"
    assert source.file == f"query on line {source.line} of report.toml over env:WAREHOUSE_URL"


def test_a_query_in_a_file(tmp_path: Path) -> None:
    """Its name is the file's; of a keyring's entry the service alone is shown."""
    source = block(tmp_path, 'query_file = "ciso/d.sql"', 'connection = "keyring:lake/reader-7"')
    assert (source.query, source.query_file) == ("", "ciso/d.sql")
    assert source.connection == "keyring:lake/reader-7"
    assert source.file == "query of ciso/d.sql over keyring:lake"


def test_a_database_that_is_a_file(tmp_path: Path) -> None:
    """Lies in the project, as every file does."""
    source = block(tmp_path, 'query = "select 1"', 'connection = "sqlite:ciso/tickets.db"')
    assert source.connection == "sqlite:ciso/tickets.db"
    assert source.file.endswith("over sqlite:ciso/tickets.db")
    for path in ("../tickets.db", "/etc/passwd", "a/../../b.db"):
        told = refusal(tmp_path, 'query = "select 1"', f'connection = "duckdb:{path}"')
        assert "lies outside the project folder" in told


@pytest.mark.parametrize(
    "value",
    [
        f'"postgresql://reader:{SECRET}@db.example/lake"',
        f'"host=db.example password={SECRET}"',
        f'"env:{SECRET}"',
        f'"keyring:lake/reader:{SECRET}"',
        f'"sqlite:///{SECRET}.db"',
        f'"duckdb://{SECRET}"',
        f'["postgresql://reader:{SECRET}@db.example/lake"]',
        f'{{ url = "{SECRET}" }}',
    ],
)
def test_an_address_is_refused_and_not_repeated(tmp_path: Path, value: str) -> None:
    """The file is kept and passed on: the message says why, and what to write instead."""
    told = refusal(tmp_path, 'query = "select 1"', f"connection = {value}")
    assert "source[1].connection" in told
    assert "report.toml, line " in told
    if value.startswith('"'):
        assert "can hold a password" in told
        assert 'connection = "env:NAME"' in told


@pytest.mark.parametrize(
    "value",
    [
        f"postgresql://reader:{SECRET}@db.example/lake",
        f"https://example.com/export.csv?token={SECRET}",
        f"s3://key:{SECRET}@bucket/export.csv",
        f"s3://bucket/export.csv?X-Amz-Signature={SECRET}",
        f"s3://bucket/{SECRET}/",
        f"s3://{SECRET}",
    ],
)
def test_a_file_that_is_an_address(tmp_path: Path, value: str) -> None:
    """Only an object of an S3 store is read, and only without a key in its address."""
    told = refusal(tmp_path, f'file = "{value}"')
    assert "is no object of an S3 store" in told


def test_an_object_of_a_store(tmp_path: Path) -> None:
    """With the usual variables, or with those of a prefix."""
    source = block(tmp_path, 'file = "s3://bucket/a b/export.csv"', 'storage = "env:LAKE"')
    assert (source.file, source.storage) == ("s3://bucket/a b/export.csv", "env:LAKE")
    assert block(tmp_path, 'file = "s3://bucket/x.csv"').storage == ""
    told = refusal(tmp_path, 'file = "s3://bucket/x.csv"', f'storage = "{SECRET}"')
    assert "must name environment variables" in told
    told = refusal(tmp_path, 'file = "ciso/x.csv"', 'storage = "env:LAKE"')
    assert "no effect on a file of the project" in told


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (['connection = "env:X"'], "has one query"),
        (['query = "select 1"'], "it is missing. Add connection"),
        (['query = "a"', 'query_file = "b"', 'connection = "env:X"'], "has one query"),
        (['query = ""', 'connection = "env:X"'], "it is empty"),
        (['query_file = "../b.sql"', 'connection = "env:X"'], "lies outside"),
        (['query = "a"', 'connection = "env:X"', 'file = "x.csv"'], "no effect on a query"),
        (['query = "a"', 'connection = "env:X"', 'delimiter = ";"'], "no effect on a query"),
        (['query = "a"', 'connection = "env:X"', 'reader = "x"'], "no effect on a query"),
        (['query = "a"', 'connection = "env:X"', 'storage = "env:Y"'], "no effect on a query"),
        (["query = 1", 'connection = "env:X"'], "is not what it must be"),
    ],
)
def test_keys_that_do_not_fit_together(tmp_path: Path, lines: list[str], words: str) -> None:
    """Each is named with its line."""
    assert words in refusal(tmp_path, *lines)


def test_a_query_names_its_table(tmp_path: Path) -> None:
    """Only a file is recognized by its content."""
    told = refusal(tmp_path, 'query = "select 1"', 'connection = "env:X"', table="")
    assert "source[1].table: it is missing" in told
