"""The template engine, locked down: escaped, sandboxed, and strict about what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

from board_report.errors import DocumentError

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_GLOBALS_KEPT = ("range", "dict", "namespace")


def make_environment(templates: Path) -> ImmutableSandboxedEnvironment:
    """Build the environment that every page is rendered in.

    Templates are read from this folder only, always escaped, cannot reach Python's internals or
    change what they are given, and stop on a name that does not exist. A template may test a value
    for None but not print it, for "None" on a page would hide a figure that was not measured.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_printable,
    )
    environment.globals = {name: environment.globals[name] for name in _GLOBALS_KEPT}
    return environment


def render_template(
    environment: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, object]
) -> str:
    """Fill one template with values and return the HTML.

    Args:
        environment: as made by ``make_environment``.
        name: the template's path inside the templates folder, with forward slashes.
        values: what the template may name.

    Raises:
        DocumentError: the template is missing, malformed, names what does not exist, prints None
            or not-a-number, or asks for what the sandbox refuses; with template and line.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        return environment.get_template(name).render(values)
    except TemplateSyntaxError as error:
        where = f"{error.name or name}:{error.lineno}"
        raise DocumentError(f"the template is malformed: {error.message}", where=where) from error
    except TemplateNotFound as error:
        raise DocumentError(f"there is no template {error.name!r}", where=name) from error
    except (TemplateError, _UnprintableError, OverflowError, TypeError) as error:
        where = _place(error, environment, name)
        raise DocumentError(f"the template cannot be filled: {error}", where=where) from error


class _UnprintableError(Exception):
    """A template would have printed a value that has no words."""


def _printable(value: object) -> object:
    if value is None or value != value:
        shown = "None" if value is None else "a value that is not a number"
        raise _UnprintableError(f"{shown} would be printed; say in words what is missing")
    return value


def _place(error: Exception, environment: ImmutableSandboxedEnvironment, name: str) -> str:
    """The innermost template line of the traceback, relative to the templates folder."""
    place = name
    folders = [Path(folder) for folder in getattr(environment.loader, "searchpath", ())]
    for frame, line in walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        for folder in folders:
            if path.is_relative_to(folder):
                place = f"{path.relative_to(folder).as_posix()}:{line}"
    return place
