"""When a finding is closed: on its date of closing, and only while the tool says that it is."""

from __future__ import annotations

import re

from board_report.project import ColumnRule


def closed_when(state: str, date: str, *closed: str) -> ColumnRule:
    """The date of closing of rows in a closed state; nothing for all others.

    Scanners keep the date on which a flaw was last fixed when it comes back, so the date alone
    closes nothing. A closed row without its date gives the state in place of the date: that is no
    date, and the row is set aside rather than counted as open.

    Args:
        state: header of the state.
        date: header of the date.
        closed: the states that mean closed, whatever their case.
    """
    dated = "|".join(rf"(?<=^{re.escape(word)}\|).+" for word in closed)
    bare = "|".join(rf"^{re.escape(word)}(?=\|$)" for word in closed)
    return ColumnRule(headers=(state, date), between="|", match=rf"(?is)({dated}|{bare})")
