"""All that a report says, section by section, as data: what two quarters are compared by."""

from __future__ import annotations

import json

from board_report.story.approvals import Approvals

FORMAT = "board-report contents"
FORMAT_VERSION = 1


def contents_json(approvals: Approvals) -> str:
    """Every section with its pages, what it says by place, and where it stands.

    The places and texts are those that signatures are given on: ``figure mttd`` to ``19 h``, then
    ``incidents / title`` and so on.
    """
    record = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "sections": [
            {
                "id": each.id,
                "pages": list(each.pages),
                "state": each.state,
                "required_roles": list(each.required_roles),
                "content": dict(each.content),
            }
            for each in approvals.sections
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
