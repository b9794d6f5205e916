"""A secret shows itself nowhere, and is found in the environment and the keyring alone."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest

from board_report.sources.faults import ReadFaultError
from board_report.sources.secret import Secret, find_connection, scrub


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory; one that is locked refuses."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, entries: dict[tuple[str, str], str], *, locked: bool = False) -> None:
        super().__init__()
        self.entries, self.locked = entries, locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("qz-locked-message")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


@pytest.fixture
def use_ring() -> Iterator[Any]:
    before = keyring.get_keyring()
    yield lambda ring: keyring.set_keyring(ring)
    keyring.set_keyring(before)


def test_a_secret_hides() -> None:
    """In every way in which a text could show it by accident."""
    secret = Secret("qz-hidden")
    shown = (repr(secret), str(secret), f"{secret}", f"{secret:>40}", repr([secret]))
    assert "qz" not in " ".join(shown)
    assert secret.reveal() == "qz-hidden"
    assert bool(secret)
    assert not Secret("")
    for write in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match="not written anywhere"):
            write(secret)


def test_a_variable_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the line end that a file may have left on it."""
    monkeypatch.setenv("QZ_URL", " sqlite:///x.db\n")
    assert find_connection("env:QZ_URL").reveal() == "sqlite:///x.db"
    for value in (None, "", "  "):
        monkeypatch.delenv("QZ_URL", raising=False)
        if value is not None:
            monkeypatch.setenv("QZ_URL", value)
        with pytest.raises(ReadFaultError) as missing:
            find_connection("env:QZ_URL")
        assert missing.value.code == "connection_missing"
        assert missing.value.facts["place"] == "the environment variable QZ_URL"


def test_an_entry_of_the_keyring(use_ring: Any) -> None:
    """By service and name."""
    use_ring(Ring({("lake", "reader"): "sqlite:///x.db"}))
    assert find_connection("keyring:lake/reader").reveal() == "sqlite:///x.db"
    with pytest.raises(ReadFaultError) as missing:
        find_connection("keyring:lake/qz-other")
    assert missing.value.code == "connection_missing"
    assert "lake" in str(missing.value.facts)
    assert "qz-other" not in str(missing.value.facts)


def test_a_keyring_that_cannot_be_read(use_ring: Any) -> None:
    """What it says itself is not repeated."""
    use_ring(Ring({}, locked=True))
    with pytest.raises(ReadFaultError) as missing:
        find_connection("keyring:lake/reader")
    assert missing.value.facts["detail"] == " that can be read (KeyringLocked)"
    assert "qz-locked" not in str(missing.value.facts)


@pytest.mark.parametrize(
    ("text", "hidden", "left"),
    [
        ("user qzreader at db.example", ["qzreader", "db.example"], "user (hidden) at (hidden)"),
        ("QZReader's table", ["qzreader"], "(hidden)'s table"),
        ("at p%40ss:w and p@ss:w", ["p@ss:w"], "at (hidden) and (hidden)"),
        ("a table of a", ["a"], "(hidden) table of (hidden)"),
        ("as sa said_sa", ["sa"], "as (hidden) said_(hidden)"),
        ("é%C3%A9x+y and éé%78", ["ééx y"], "(hidden) and éé%78"),
        ("two\nlines  here", [], "two lines here"),
        ("nothing", [None, "", " "], "nothing"),
        ("abcd and ab", ["ab", "abcd"], "(hidden) and (hidden)"),
    ],
)
def test_messages_are_scrubbed(text: str, hidden: list[str | None], left: str) -> None:
    """Whole words when they are short, and wherever they stand when they are not."""
    assert scrub(text, hidden) == left
