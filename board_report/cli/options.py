"""Options that several commands share, and the project they speak of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from board_report.errors import ProjectError

Command = TypeVar("Command", bound=Callable[..., Any])


project_option = click.option(
    "--project",
    type=click.Path(path_type=Path),
    default=Path(),
    callback=lambda _, __, value: find_project(value),
    metavar="DIR",
    help="The project's folder, with report.toml. [default: the current folder]",
)


def project_options(command: Command) -> Command:
    """``--project``, ``--quarter`` and ``--as-of``."""
    for option in reversed(
        (
            project_option,
            click.option(
                "--quarter",
                metavar="QUARTER",
                help="Such as 2026-Q3. [default: the one in report.toml]",
            ),
            click.option(
                "--as-of",
                metavar="DATE",
                type=click.DateTime(["%Y-%m-%d"]),
                callback=lambda _, __, value: _day(value),
                help="Last day that counts, such as 2026-09-30. "
                "[default: the one in report.toml, else the quarter's last day]",
            ),
        )
    ):
        command = option(command)
    return command


json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def find_project(folder: Path) -> Path:
    """The folder, when it is a project.

    Raises:
        ProjectError: it is not there, or has no ``report.toml``.
    """
    here = "the current folder" if folder == Path() else str(folder)
    try:
        if (folder / "report.toml").is_file():
            return folder
        what = "there is no report.toml in it." if folder.is_dir() else "there is no such folder."
    except OSError as error:
        what = f"{(error.strerror or 'it cannot be read').lower()}."
    raise ProjectError(
        f"{here} is not a project: {what}",
        mend="Name one with --project DIR, or start one with `board-report init DIR`.",
    )
