"""Seal a built quarter into the archive that ``report.toml`` names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from board_report.pipeline.names import ALL_DOCUMENTS, is_public
from board_report.project import PROJECT_FILE, Project, load_project

if TYPE_CHECKING:
    from board_report.archive.ledger import Seal, Stamp
    from board_report.archive.ledger.sealing import FileToSeal
    from board_report.archive.ledger.verify import Check

REJECTED = "rejected/"


@dataclass(frozen=True)
class Sealed:
    """What was sealed, and what was not."""

    seal: Seal
    archive: str
    extra: tuple[str, ...]
    """Files in the quarter's folder that no build made."""
    left_out: tuple[tuple[str, str], ...]
    """(input, why it is not kept); its hash is on record."""


def archive_place(project: Project) -> Path | str:
    """Where the archive of a project is: a folder, or the address of an object store."""
    folder = project.archive.folder
    return folder if "://" in folder else project.folder / folder


def seal_quarter(
    folder: Path,
    output: Path,
    stamp: Stamp,
    *,
    quarter: str | None = None,
    place: Path | str | None = None,
    reason: str = "",
    allow_draft: bool = False,
    more: Sequence[FileToSeal] = (),
    told: Callable[[str], None] = lambda _: None,
) -> Sealed:
    """Seal what was built of a quarter, with what it was built from.

    Args:
        folder: the project.
        output: where the quarter's folder is.
        stamp: who, when, and by which command.
        quarter: such as ``2026-Q3``; the project's own when None.
        place: of the archive; the project's own when None.
        reason: why it takes the place of the seal before it.
        allow_draft: seal it although a document says "Draft".
        more: files that no manifest names, such as detached signatures.
        told: of what an earlier, interrupted command left.

    Raises:
        ArchiveError: it is not as it was built, is a draft, was sealed before, or cannot be
            written; nothing was sealed.
        ProjectError: ``report.toml`` is missing or says what cannot be.
    """
    from board_report.archive.ledger.archive import store_at
    from board_report.archive.ledger.errors import ArchiveError
    from board_report.archive.ledger.quarter_folder import Rules, gather
    from board_report.archive.ledger.sealing import SealRequest, seal
    from board_report.period import Quarter

    project = load_project(folder, Quarter.parse(quarter) if quarter else None)
    built = output / str(project.quarter)
    rules = Rules(
        role_of_output=role_of_output,
        role_of_input=role_of_input,
        no_files=_no_files(project),
        keep_sources=project.archive.keep_sources,
        project_file=PROJECT_FILE,
    )
    found = gather(built, folder, rules)
    if found.is_draft and not allow_draft:
        raise ArchiveError(
            f"it is a draft: {_drafts(found.manifest)}.",
            where=str(built),
            mend="Have it approved and build it again (`board-report status` says what is "
            "missing), or seal it as a draft with --draft-allowed.",
        )
    request = SealRequest(
        quarter=str(project.quarter),
        entity=project.company.name,
        as_of=str(found.manifest.get("as_of", "")),
        is_draft=found.is_draft,
        manifest_sha256=found.manifest_sha256,
        inputs_sha256=str(found.manifest.get("inputs_sha256", "")),
        program={key: str(each) for key, each in _program(found.manifest).items()},
        files=(*found.files, *more),
        left_out=tuple(found.left_out),
        years=project.archive.retention_years,
        reason=reason.strip(),
    )
    store = store_at(place or archive_place(project))
    made = seal(store, request, stamp, told)
    left_out = tuple((each.name, each.why) for each in found.left_out)
    return Sealed(made, store.address, found.extra, left_out)


def archive_checks() -> tuple[Check, ...]:
    """What a check of an archive looks at beside its entries and bytes, such as signatures."""
    return ()


def role_of_output(name: str) -> str:
    """The kind of record that an output is, by its name in the quarter's folder."""
    if is_public(name):
        return "public"
    if name.startswith(REJECTED):
        # Rows of the sources, as they were: kept or left out with them.
        return "source"
    return "document" if name in ALL_DOCUMENTS else "data"


def role_of_input(path: str) -> str:
    """The kind of record that an input is, by its path in the project."""
    if path.startswith("sign_off/"):
        return "approval"
    return "commentary" if path.startswith("commentary/") else "source"


def _no_files(project: Project) -> frozenset[str]:
    """Sources whose bytes do not lie in the project: objects of a store, answers of a database."""
    from board_report.project.origins import is_object

    return frozenset(
        each.file for each in project.sources if each.connection or is_object(each.file)
    )


def _drafts(manifest: object) -> str:
    """Which documents say that they are drafts."""
    told = manifest.get("documents") if isinstance(manifest, dict) else None
    names = [
        str(each.get("path"))
        for each in (told if isinstance(told, list) else ())
        if isinstance(each, dict) and each.get("approved") is not True
    ]
    return ", ".join(names) if names else "its manifest does not say that it was approved"


def _program(manifest: object) -> dict[str, object]:
    told = manifest.get("program") if isinstance(manifest, dict) else None
    return told if isinstance(told, dict) else {}
