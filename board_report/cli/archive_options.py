"""Which archive a command of ``board-report archive`` speaks of, and who runs it at what time."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from board_report import __version__
from board_report.cli.options import find_project
from board_report.cli.output import say
from board_report.errors import ProjectError

if TYPE_CHECKING:
    from board_report.archive.ledger import Archive, Stamp

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Place:
    """Where an archive is."""

    address: Path | str
    by: str
    """Who runs the command, by ``report.toml``; empty where that does not say or was not read."""


def place_options(command: Command) -> Command:
    """``--archive`` and ``--project``, given to the command as ``place``."""
    project = click.option(
        "--project",
        type=click.Path(path_type=Path),
        default=Path(),
        metavar="DIR",
        help="The project whose archive it is. [default: the current folder]",
    )
    archive = click.option(
        "--archive",
        "archive",
        metavar="PLACE",
        help="A folder, or s3://bucket/prefix. [default: the one in report.toml, else archive]",
    )
    return project(archive(command))


by_option = click.option(
    "--by",
    default="",
    metavar="NAME",
    help="Who runs this, for the record. [default: the one in report.toml, else the login name]",
)


def place_of(archive: str | None, project: Path) -> Place:
    """The archive that is meant; a project is read only where the place is not given.

    Raises:
        ProjectError: neither is given, and the folder is no project.
    """
    if archive is not None:
        return Place(archive if "://" in archive else Path(archive), "")
    from board_report.pipeline.archiving import archive_place
    from board_report.project import load_project

    loaded = load_project(find_project(project))
    return Place(archive_place(loaded), loaded.archive.by)


def open_place(place: Place, *, mends: bool = True) -> Archive:
    """The archive, with what an interrupted command left cleared away and told.

    Args:
        place: where.
        mends: False leaves it exactly as it is.
    """
    from board_report.archive.ledger import open_archive

    archive = open_archive(place.address)
    if mends:
        for each in archive.mend():
            say(each)
    return archive


def stamp_of(command: str, by: str, place: Place, **options: object) -> Stamp:
    """Who runs the command, and when: now, by this machine's clock, in UTC.

    Args:
        command: its name, such as ``archive seal``.
        by: the person, where the command line says; else report.toml or the login name does.
        place: of the archive.
        options: those that were given, for the record; empty ones are left out.

    Raises:
        ProjectError: nobody is named.
    """
    from board_report.archive.ledger import Stamp

    return Stamp(
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        by=by.strip() or place.by or _login(),
        command=command,
        options=_written(options),
        program=f"board-report {__version__}",
    )


def _written(options: Mapping[str, object]) -> dict[str, str]:
    """Options as texts; those that were not given are left out."""
    return {
        name: "yes" if value is True else str(value)
        for name, value in options.items()
        if value not in (None, False, "", ())
    }


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise ProjectError(
            "nobody is named who does this.", where="--by", mend="Name a person with --by."
        ) from error
