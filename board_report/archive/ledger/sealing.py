"""Seal a quarter: what was built, from which inputs, and who approved it, in one entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from board_report.archive.ledger.append import NewObject, Planned, Told, append
from board_report.archive.ledger.archive import Seal
from board_report.archive.ledger.begin import begin
from board_report.archive.ledger.canonical import canonical
from board_report.archive.ledger.chain import Chain
from board_report.archive.ledger.entries import KeptFile, Kind, Stamp, sha256_of
from board_report.archive.ledger.errors import ArchiveError
from board_report.archive.ledger.retention import retention_of
from board_report.archive.ledger.store import Store

PUBLIC = "public"
PUBLIC_PACK = "public-pack.json"
"""Lists the public files and nothing else, so that they can be handed out alone."""
MANIFEST_ROLE = "manifest"
APPROVED = "approved"
DRAFT = "draft"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class FileToSeal:
    """A file, with how its bytes are read."""

    kept: KeptFile
    chunks: Callable[[], Iterator[bytes]]
    origin: str
    """Where it is, for messages."""


@dataclass(frozen=True)
class LeftOut:
    """An input that the manifest names and the archive does not keep, and why."""

    name: str
    sha256: str
    size_bytes: int
    why: str


@dataclass(frozen=True)
class SealRequest:
    """What is to be sealed; everything was read and held against the manifest before."""

    quarter: str
    entity: str
    as_of: str
    is_draft: bool
    manifest_sha256: str
    inputs_sha256: str
    program: Mapping[str, str]
    """``name`` and ``version`` of the program that built it."""
    files: tuple[FileToSeal, ...]
    left_out: tuple[LeftOut, ...]
    years: Mapping[str, int]
    """Kind of record to the years it is kept; ``default`` for the rest."""
    reason: str = ""
    """Why it takes the place of the seal before it; empty for the first of a quarter."""


def bytes_to_seal(name: str, data: bytes, role: str) -> FileToSeal:
    """A file whose bytes are at hand."""
    kept = KeptFile(name, sha256_of(data), len(data), role)
    return FileToSeal(kept, lambda: iter((data,)), name)


def path_to_seal(name: str, path: Path, sha256: str, size: int, role: str) -> FileToSeal:
    """A file on the disk, of which the hash is known."""
    return FileToSeal(KeptFile(name, sha256, size, role), lambda: _parts(path), str(path))


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while part := stream.read(_CHUNK):
            yield part


def seal(store: Store, request: SealRequest, stamp: Stamp, told: Told = lambda _: None) -> Seal:
    """Seal a quarter; the archive is begun where there is none.

    Args:
        store: the archive's.
        request: what is sealed.
        stamp: who, when, and by which command.
        told: of what an earlier, interrupted command left.

    Raises:
        ArchiveError: it may not be sealed, or cannot be written; it is then not sealed at all.
    """
    begin(store, stamp, told)
    files = (*request.files, *_public_pack(request))

    def plan(chain: Chain) -> Planned:
        earlier = chain.state.latest.get((request.quarter, request.entity))
        _refuse(chain, earlier, request, files)
        return Planned(
            kind=Kind.SEAL if earlier is None else Kind.SUPERSEDE,
            body=_body(request, files, earlier, stamp),
            objects=tuple(
                NewObject(each.kept.sha256, each.kept.size_bytes, each.chunks, each.origin)
                for each in files
            ),
        )

    return Seal(append(store, plan, stamp, told))


def _refuse(
    chain: Chain, earlier: int | None, request: SealRequest, files: tuple[FileToSeal, ...]
) -> None:
    """A quarter is sealed once, and then again only with a reason and something new."""
    if earlier is None:
        if request.reason:
            raise ArchiveError(
                f"{request.quarter} of {request.entity} is not sealed yet, so that there is "
                "nothing that this seal could take the place of.",
                where="--reason",
                mend="Leave it out.",
            )
        return
    entry = next(each for each in chain.entries if each.number == earlier)
    if set(entry.files) == {each.kept for each in files}:
        raise ArchiveError(
            f"{request.quarter} of {request.entity} is sealed as it is, by entry {earlier} of "
            f"{entry.at[:10]}.",
            mend="Nothing is to be done.",
        )
    if not request.reason:
        raise ArchiveError(
            f"{request.quarter} of {request.entity} was sealed by entry {earlier} on "
            f"{entry.at[:10]}, and is not the same any more.",
            mend="Say with --reason why this one takes its place; the earlier one stays.",
        )


def _body(
    request: SealRequest, files: tuple[FileToSeal, ...], earlier: int | None, stamp: Stamp
) -> dict[str, object]:
    kept = sorted((each.kept for each in files), key=lambda each: each.name)
    return {
        "quarter": request.quarter,
        "entity": request.entity,
        "as_of": request.as_of,
        "state": DRAFT if request.is_draft else APPROVED,
        "manifest_sha256": request.manifest_sha256,
        "inputs_sha256": request.inputs_sha256,
        "program": dict(request.program),
        "files": [each.record() for each in kept],
        "left_out": [
            {"name": each.name, "sha256": each.sha256, "bytes": each.size_bytes, "why": each.why}
            for each in sorted(request.left_out, key=lambda one: one.name)
        ],
        "retention": retention_of((each.role for each in kept), stamp.at, request.years),
        "supersedes": (None if earlier is None else {"entry": earlier, "reason": request.reason}),
    }


def _public_pack(request: SealRequest) -> tuple[FileToSeal, ...]:
    """The list of the public files: it names nothing that is for the board."""
    public = sorted(
        (each.kept for each in request.files if each.kept.role == PUBLIC),
        key=lambda each: each.name,
    )
    if not public:
        return ()
    listed = [
        {"name": each.name, "sha256": each.sha256, "bytes": each.size_bytes} for each in public
    ]
    pack = {
        "format": "board-report public pack",
        "format_version": 1,
        "entity": request.entity,
        "quarter": request.quarter,
        "as_of": request.as_of,
        "files": listed,
    }
    return (bytes_to_seal(PUBLIC_PACK, canonical(pack), PUBLIC),)
