"""The same archive in an object store, which itself gives each name only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from board_report.archive.ledger import ArchiveError, open_archive, verify
from board_report.archive.ledger.actions import hold, prune
from board_report.archive.ledger.archive import store_at
from board_report.archive.ledger.entries import entry_name
from board_report.archive.ledger.objects import ObjectStore, open_object_store
from board_report.archive.ledger.sealing import seal
from board_report.errors import SourceError
from tests.ledger_data import found_both, request, sealed, stamp

BUCKET = "vault"
SECRET = "a-secret-that-is-never-told"

pytestmark = [
    pytest.mark.xdist_group("object store"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A store of this machine."""
    running = ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def address(server: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bucket of the test's own, and what the environment says of it."""
    bucket = f"{BUCKET}-{abs(hash(request.node.name))}"
    client(server).create_bucket(Bucket=bucket)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    return f"s3://{bucket}/records/archive"


def client(server: str):  # type: ignore[no-untyped-def]
    return boto3.client(
        "s3",
        endpoint_url=server,
        region_name="us-east-1",
        aws_access_key_id="id",
        aws_secret_access_key=SECRET,
    )


def copied(address: str, folder: Path) -> Path:
    """The archive as an auditor copies it, for the verifier that reads folders."""
    store = store_at(address)
    for name in store.names():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(store.read(name))
    return folder


def test_an_archive_lives_in_a_store(address: str, tmp_path: Path) -> None:
    store = store_at(address)
    first, _ = sealed(store, "2026-Q3", "2026-Q4")
    archive = open_archive(address)
    assert [each.number for each in archive.seals()] == [2, 3]
    assert [each.kind for each in archive.lines()] == ["begin", "seal", "seal"]
    deck = first.file("board-deck.pdf")
    assert deck is not None
    assert archive.read(deck.sha256) == b"deck 2026-Q3 " * 9
    report = verify(address, head=first.entry.sha256)
    assert (report.faults, report.anchored) == ((), 2)
    assert found_both(copied(address, tmp_path / "copy")) == set()
    hold(archive, stamp(), reason="Matter 1", quarter="2026-Q3")
    assert prune(archive, stamp("2034-01-01T00:00:00Z"), reason="due") is not None
    assert verify(address).faults == ()
    assert found_both(copied(address, tmp_path / "later")) == set()


def test_a_name_is_given_once(address: str) -> None:
    """The store itself refuses: nobody looks before."""
    one, other = store_at(address), store_at(address)
    assert one.write_once("entries/x", [b"one"])
    assert not other.write_once("entries/x", [b"other"])
    assert one.read("entries/x") == b"one"


def test_who_comes_second_takes_the_next_number(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writer seals between the look at the chain and the entry."""
    store = store_at(address)
    sealed(store, "2026-Q3")
    write_once = ObjectStore.write_once
    waiting = [request("2027-Q1")]

    def slow(self: ObjectStore, name: str, chunks: list[bytes]) -> bool:
        if name == entry_name(3) and waiting:
            seal(store_at(address), waiting.pop(), stamp())
        return write_once(self, name, chunks)

    monkeypatch.setattr(ObjectStore, "write_once", slow)
    done = seal(store, request("2026-Q4"), stamp())
    assert done.number == 4
    assert [each.quarter for each in open_archive(address).seals()] == [
        "2026-Q3", "2027-Q1", "2026-Q4"
    ]  # fmt: skip
    assert verify(address).faults == ()


def test_a_store_that_writes_over_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows nothing of conditions and puts whatever it is given."""
    store = open_object_store(address)
    put = store._files.pipe_file
    monkeypatch.setattr(store._files, "pipe_file", lambda path, data, mode: put(path, data))
    with pytest.raises(ArchiveError, match="lets a file be written over"):
        seal(store, request(), stamp())
    assert not [each for each in store.names() if each.startswith("entries/")]


def test_damage_in_a_store_is_found(address: str, server: str) -> None:
    (first,) = sealed(store_at(address), "2026-Q3")
    deck = first.file("board-deck.pdf")
    assert deck is not None
    bucket, prefix = address.removeprefix("s3://").split("/", 1)
    name = f"objects/{deck.sha256[:2]}/{deck.sha256}"
    client(server).put_object(Bucket=bucket, Key=f"{prefix}/{name}", Body=b"forged")
    assert [(each.code, each.where) for each in verify(address).faults] == [
        ("object-differs", name)
    ]
    client(server).delete_object(Bucket=bucket, Key=f"{prefix}/{name}")
    assert [each.code for each in verify(address).faults] == ["object-missing"]


def test_a_store_that_cannot_be_reached_tells_no_secret(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(ArchiveError) as refused:
        open_archive(address)
    assert "the store did not answer" in refused.value.message
    assert SECRET not in refused.value.message


def test_a_bucket_that_is_not_there(address: str) -> None:
    with pytest.raises(ArchiveError, match=r"no archive|no such object"):
        open_archive("s3://there-is-no-such-bucket/archive")


@pytest.mark.parametrize(
    "given", ["gs://bucket/x", "s3://", "s3://user:word@bucket/x", "s3://b/?x"]
)
def test_other_addresses_are_refused_and_not_repeated(given: str) -> None:
    with pytest.raises(ArchiveError) as refused:
        open_object_store(given)
    assert given == "s3://" or given not in refused.value.message


def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY", raising=False)
    with pytest.raises(SourceError, match="AWS_SECRET_ACCESS_KEY is not set"):
        open_object_store("s3://bucket/x")
