"""Find the templates and the sample company, alike in a checkout and in an installed copy."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _resource(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def templates_folder() -> Path:
    """The folder of page templates, style sheets and fonts."""
    return _resource("templates")


def sample_folder() -> Path:
    """The folder of the complete sample project."""
    return _resource("sample_data")
