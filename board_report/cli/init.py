"""``board-report init``: a new project, copied from the sample company."""

from __future__ import annotations

from pathlib import Path

import click

from board_report.cli.output import put, say
from board_report.errors import ProjectError

LEFT_OUT = ("generator", "known_answers.json", "*.py", "__pycache__", "output", ".*")
"""What a user's project does not need: how the sample's figures were made, and leftovers."""

NEXT = """It is a copy of the sample company, complete and ready to build. Next:
  {enter}board-report build    makes the two documents from the sample, to see what you get
  put your own files into ciso/, cto/, governance/ and commentary/, and edit report.toml
  board-report check    says what is wrong with them, line by line"""


@click.command(short_help="Start a new project from the sample company.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Start a new project in DIR, as a copy of the sample company.

    DIR is made when it is not there; a folder that holds something is refused.

    \b
      board-report init our-company
    """
    from board_report.resources import sample_folder

    try:
        _refuse_taken(folder)
        _copy(sample_folder(), folder)
    except OSError as error:
        raise ProjectError(
            f"the project cannot be written: {error.strerror or 'some files were refused'}.",
            where=str(folder),
            mend="Choose a folder that you may write to.",
        ) from error
    put(str(folder))
    say(NEXT.format(enter="" if folder.resolve() == Path.cwd() else f"cd {folder} && "))


def _refuse_taken(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise ProjectError(
            "the folder is not empty.", where=str(folder), mend="Name a new or an empty one."
        )
    if folder.exists() and not folder.is_dir():
        raise ProjectError(
            "there is a file of that name.", where=str(folder), mend="Name a new folder."
        )


def _copy(sample: Path, folder: Path) -> None:
    import shutil

    shutil.copytree(
        sample,
        folder,
        ignore=shutil.ignore_patterns(*LEFT_OUT),
        copy_function=shutil.copyfile,
        dirs_exist_ok=True,
    )
