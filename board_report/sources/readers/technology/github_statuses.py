"""Read GitHub deployments, each with the time at which it first succeeded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from board_report.project import SourceSpec
from board_report.sources.decode import decode
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.grid import Grid
from board_report.sources.located import DECODER, located
from board_report.sources.records import flatten, table_of

NODES = "data.repository.deployments.nodes"
SUCCEEDED = "succeeded"
SUCCEEDED_AT = "succeeded_at"
_SUCCESS = "success"


def read_deployments(content: bytes, spec: SourceSpec) -> Grid:
    """A row for each deployment, with two more fields: whether it ever succeeded, and when first.

    Raises:
        ReadFaultError: not JSON, or not deployments.
    """
    text, _ = decode(content, spec.encoding)
    if not text.strip():
        raise ReadFaultError(ReadCode.EMPTY_FILE)
    try:
        whole = DECODER.decode(text)
        path = ("*",) if isinstance(whole, list) else (*NODES.split("."), "*")
        records = [(each.line, _row(each.value, each.line)) for each in located(text, path)]
    except json.JSONDecodeError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, line=error.lineno, detail=error.msg) from error
    except RecursionError as error:
        raise ReadFaultError(ReadCode.BAD_JSON, detail="it is nested too deeply") from error
    if not records and whole != []:
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=1, detail="without deployments")
    header, rows = table_of(records)
    return Grid(header, rows)


def _row(deployment: Any, line: int) -> dict[str, str]:
    if not isinstance(deployment, dict):
        raise ReadFaultError(ReadCode.NOT_RECORDS, line=line, detail="a list of something else")
    times = [
        str(status.get("created_at") or status.get("createdAt") or "")
        for status in _statuses(deployment)
        if str(status.get("state", "")).casefold() == _SUCCESS
    ]
    plain = {key: value for key, value in deployment.items() if key != "statuses"}
    # Both APIs write times in one zone and one length, so that the first is the least text.
    return {
        **flatten(plain),
        SUCCEEDED: "true" if times else "false",
        SUCCEEDED_AT: min(times, default=""),
    }


def _statuses(deployment: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The statuses of a deployment: a list in REST, a list under ``nodes`` in GraphQL."""
    found = deployment.get("statuses")
    listed = found.get("nodes") if isinstance(found, dict) else found
    if isinstance(listed, list):
        yield from (each for each in listed if isinstance(each, dict))
