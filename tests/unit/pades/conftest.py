"""A small paper, an authority with its services, and the paper signed at each level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from board_report.archive.pades import KeyFile, Level, Trust, sign_pdf
from board_report.documents.pdf import write_pdf
from board_report.resources import templates_folder
from board_report.sources.secret import Secret
from tests.signing_authority import PASSWORD, SIGNED_AT, Authority, running

PAPER = """<!DOCTYPE html><html lang="en-US"><head><title>Cyber risk</title>
<link rel="stylesheet" href="css/fonts.css">
<style>@page { size: 612pt 792pt } body { font: 12pt "Board Sans" }</style></head>
<body><h1>Cyber risk</h1><p>The loss is 3.1 million, <a href="#end">as shown</a>.</p>
<h2 id="end">End</h2></body></html>"""

Sign = Callable[[Level], bytes]


@pytest.fixture(scope="session")
def authority() -> Iterator[Authority]:
    with running() as found:
        yield found


@pytest.fixture
def services(authority: Authority) -> Iterator[Authority]:
    """The authority, whose services a test may change."""
    yield authority
    authority.broken.clear()
    authority.revoked.clear()
    authority.now = SIGNED_AT


@pytest.fixture(scope="session")
def paper() -> bytes:
    return write_pdf(
        PAPER,
        base=templates_folder(),
        allowed=[templates_folder()],
        generated_at=datetime(2026, 10, 12, tzinfo=UTC),
    ).data


@pytest.fixture(scope="session")
def signer(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> KeyFile:
    path = authority.key_file(tmp_path_factory.mktemp("keys") / "signer.p12")
    return KeyFile(path, Secret(PASSWORD))


@pytest.fixture(scope="session")
def trust(authority: Authority) -> Trust:
    return Trust((authority.root.pem,))


@pytest.fixture(scope="session")
def signed(authority: Authority, paper: bytes, signer: KeyFile, trust: Trust) -> Sign:
    """The paper signed at a level; made once."""
    made: dict[Level, bytes] = {}

    def at_level(level: Level) -> bytes:
        if level not in made:
            made[level] = sign_pdf(
                paper,
                signer,
                level=level,
                at=SIGNED_AT,
                timestamp_url=f"{authority.address}/tsa",
                trust=trust,
            )
        return made[level]

    return at_level
