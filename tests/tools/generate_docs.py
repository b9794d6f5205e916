"""Write the generated pages of ``docs/`` again.

Run it from the root of the repository after a command, a table, a finding or a metric has
changed; a test fails while a page is not current::

    python -m tests.tools.generate_docs
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from board_report.cli.program import NAME, program
from board_report.tables.dictionary import dictionary_page
from tests.tools.findings_page import findings_page
from tests.tools.lint_page import lint_page
from tests.tools.make_metric_catalogue import make_page as metrics_page
from tests.tools.readers_page import readers_page

ROOT = Path(__file__).parents[2]
WIDTH = 90

CLI_HEAD = """# Command line

This page is what `--help` prints; `python -m tests.tools.generate_docs` writes it again.

Results go to standard output and messages to standard error, so that a pipe gets the result alone.
On a terminal lists are tables; in a pipe they are one line an item, separated by tabs.
`NO_COLOR` is respected, and colour never carries meaning alone.

| exit code | meaning |
| --- | --- |
| 0 | done; `build` also when rows were set aside, which it says |
| 1 | the program has a bug: please report the traceback |
| 2 | something for you to mend; the message says what, where and how; nothing was written |
| 130 | interrupted with Ctrl-C; the documents of an earlier build are as they were |
| 141 | whoever read the output stopped reading, as `head` does |

`check` ends with 2 when there is an error, whether it stops a build or sets a row aside.
With warnings and notes alone it ends with 0.

## Completion

The shell can complete commands, options and the names of metrics.

Put one line where your shell looks when it starts:

```sh
# bash, in ~/.bashrc
eval "$(_BOARD_REPORT_COMPLETE=bash_source board-report)"
# zsh, in ~/.zshrc
eval "$(_BOARD_REPORT_COMPLETE=zsh_source board-report)"
# fish, in ~/.config/fish/completions/board-report.fish
_BOARD_REPORT_COMPLETE=fish_source board-report | source
```
"""


def cli_page() -> str:
    """The help of the program and of each of its commands."""
    top = click.Context(program, info_name=NAME, terminal_width=WIDTH)
    parts = [CLI_HEAD, _help("board-report", program, top)]
    for name in program.list_commands(top):
        command = program.commands[name]
        ctx = click.Context(command, parent=top, info_name=name, terminal_width=WIDTH)
        parts.append(_help(f"board-report {name}", command, ctx))
        if isinstance(command, click.Group):
            for below, each in command.commands.items():
                inner = click.Context(each, parent=ctx, info_name=below, terminal_width=WIDTH)
                parts.append(_help(f"board-report {name} {below}", each, inner))
    return "\n".join(parts)


def _help(title: str, command: click.Command, ctx: click.Context) -> str:
    # The help options come from the settings of the group, which a bare context does not have.
    ctx.help_option_names = ["-h", "--help"]
    return f"## {title}\n\n```text\n{command.get_help(ctx)}\n```\n"


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "data-dictionary.md": dictionary_page,
    "disclosure-lint.md": lint_page,
    "findings.md": findings_page,
    "metrics.md": metrics_page,
    "readers.md": readers_page,
}
"""The generated pages, and what makes each."""


if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / "docs" / name).write_text(make(), encoding="utf-8")
