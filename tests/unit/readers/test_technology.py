"""A technology radar, OpenSSF Scorecard, and deployments of GitHub and GitLab."""

import json
from pathlib import Path
from typing import Any

import pytest

from board_report.project import SourceSpec
from board_report.sources.faults import ReadCode, ReadFaultError
from board_report.sources.readers.technology.github_statuses import read_deployments
from tests.projects import REQUIRED, found, load, make_project

RADAR = (
    "name,ring,quadrant,isNew,description\n"
    "Composer,Adopt,tools,TRUE,Dependencies\nCanary builds,trial,techniques,FALSE,Often\n"
    "Kylin,assess,platforms,TRUE,Analytics\nJSF,Hold,languages & frameworks,FALSE,Trouble\n"
)


def _json(tmp_path: Path, value: object, more: str = "") -> Any:
    block = f'\n[[source]]\nfile = "export.json"\n{more}'
    return load(tmp_path, {"export.json": json.dumps(value)}, block)[1]


def _radar(tmp_path: Path, name: str, text: str) -> Any:
    from board_report.project import load_project
    from board_report.tables.load import load_tables

    folder = make_project(tmp_path, {name: text}, f'\n[[source]]\nfile = "{name}"\n')
    (folder / "cto/technology_portfolio.csv").unlink()
    return load_tables(load_project(folder))


def test_radar(tmp_path: Path) -> None:
    """Three rings are stages; what is on hold is left out and counted, not retired."""
    assert "cto/technology_portfolio.csv" in REQUIRED
    loaded = _radar(tmp_path, "radar.csv", RADAR)
    frame = loaded.tables.frame("technology_portfolio")
    assert dict(zip(frame["name"], frame["stage"], strict=True)) == {
        "Composer": "adopt",
        "Canary builds": "trial",
        "Kylin": "assess",
    }
    assert frame["live_on"].isna().all()
    (counts,) = [each for each in loaded.reconciliation if each.table == "technology_portfolio"]
    assert (counts.read, counts.used, counts.left_out) == (4, 3, 1)


def test_radar_as_json(tmp_path: Path) -> None:
    """The same blips as a list of objects."""
    header, *lines = (line.split(",") for line in RADAR.splitlines())
    blips = [dict(zip(header, line, strict=True)) for line in lines]
    frame = _radar(tmp_path, "radar.json", json.dumps(blips)).tables.frame("technology_portfolio")
    assert frame["technology_id"].to_list() == ["Composer", "Canary builds", "Kylin"]


def test_radar_with_rings_of_its_own(tmp_path: Path) -> None:
    """A ring that is no stage is told, and not guessed."""
    loaded = _radar(tmp_path, "radar.csv", RADAR.replace("assess", "ponder"))
    assert found(loaded, "unknown_category").value == "ponder"


RUN = {
    "date": "2026-07-02T10:30:43-06:00",
    "repo": {"name": "github.com/example/app", "commit": "68bc5990"},
    "scorecard": {"version": "v5.0.0", "commit": "ccbc5990"},
    "score": 4.5,
    "checks": [
        {"details": ["Warn: a"], "score": 0, "reason": "none", "name": "Fuzzing"},
        {"details": None, "score": 9, "reason": "most", "name": "Maintained"},
        {"details": None, "score": -1, "reason": "no data", "name": "Packaging"},
    ],
    "metadata": [],
}


def test_scorecard(tmp_path: Path) -> None:
    """-1 is no score; the score of the run stands beside each of its checks."""
    rows = _json(tmp_path, RUN).tables.frame("repository_scores").to_dict("records")
    assert [(row["check_name"], row["score"]) for row in rows[:2]] == [
        ("Fuzzing", 0.0),
        ("Maintained", 9.0),
    ]
    assert rows[2]["score"] != rows[2]["score"]
    assert {row["aggregate_score"] for row in rows} == {4.5}
    assert {row["repository"] for row in rows} == {"github.com/example/app"}
    assert str(rows[0]["checked_at"]) == "2026-07-02 16:30:43+00:00"


def test_scorecards_of_several_repositories(tmp_path: Path) -> None:
    """Each run is a file; a pattern names them all."""
    other = {**RUN, "repo": {"name": "github.com/example/lib", "commit": "1"}, "score": -1}
    files: dict[str, str | bytes] = {
        "scores/a.json": json.dumps(RUN),
        "scores/b.json": json.dumps(other),
    }
    loaded = load(tmp_path, files, '\n[[source]]\nfile = "scores/*.json"\n')[1]
    frame = loaded.tables.frame("repository_scores")
    assert len(frame) == 6
    assert frame.groupby("repository")["aggregate_score"].first().isna().to_list() == [False, True]


def _status(state: str, at: str) -> dict[str, object]:
    return {"state": state, "created_at": at, "description": ""}


REST = {
    "id": 42,
    "node_id": "MDEw",
    "sha": "a84d88e7",
    "ref": "main",
    "task": "deploy",
    "payload": {},
    "environment": "production",
    "creator": {"login": "octocat"},
    "created_at": "2026-07-20T01:19:13Z",
    "updated_at": "2026-08-20T01:19:13Z",
    "statuses_url": "https://api.github.com/repos/octocat/example/deployments/42/statuses",
    "repository_url": "https://api.github.com/repos/octocat/example",
    "statuses": [
        _status("inactive", "2026-08-20T01:19:13Z"),
        _status("success", "2026-07-20T01:30:00Z"),
        _status("in_progress", "2026-07-20T01:20:00Z"),
    ],
}


def test_github_rest(tmp_path: Path) -> None:
    """A deployment counts from its first success; one that never succeeded is left out."""
    failed = {**REST, "id": 43, "statuses": [_status("failure", "2026-07-21T01:20:00Z")]}
    staged = {**REST, "id": 44, "environment": "staging"}
    loaded = _json(tmp_path, [REST, failed, staged])
    (row,) = loaded.tables.frame("deployments").to_dict("records")
    assert (row["deployment_id"], row["service"]) == ("42", "example")
    assert str(row["deployed_at"]) == "2026-07-20 01:30:00+00:00"
    for unknown in ("gates_required", "gates_passed", "is_failed", "bypass", "committed_at"):
        assert loaded.tables.frame("deployments")[unknown].isna().all()
    (counts,) = [each for each in loaded.reconciliation if each.table == "deployments"]
    assert (counts.read, counts.used, counts.left_out) == (3, 1, 2)


def test_github_graphql(tmp_path: Path) -> None:
    """The same from GraphQL, whose states are in capitals."""
    node = {
        "databaseId": 7,
        "environment": "production",
        "createdAt": "2026-07-20T01:19:13Z",
        "repository": {"nameWithOwner": "octocat/example"},
        "statuses": {"nodes": [{"state": "SUCCESS", "createdAt": "2026-07-20T02:00:00Z"}]},
    }
    answer = {"data": {"repository": {"deployments": {"nodes": [node]}}}}
    (row,) = _json(tmp_path, answer).tables.frame("deployments").to_dict("records")
    assert (row["deployment_id"], row["service"]) == ("7", "example")
    assert str(row["deployed_at"]) == "2026-07-20 02:00:00+00:00"


def test_github_list_without_statuses_is_not_taken(tmp_path: Path) -> None:
    """Without their statuses nobody can tell which deployments succeeded."""
    bare = {key: value for key, value in REST.items() if key != "statuses"}
    assert found(_json(tmp_path, [bare]), "not_recognized").stops


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", ReadCode.EMPTY_FILE),
        (b"[{]", ReadCode.BAD_JSON),
        (b"[1]", ReadCode.NOT_RECORDS),
        (b'{"data": null}', ReadCode.NOT_RECORDS),
        (b"[" * 100_000, ReadCode.BAD_JSON),
    ],
)
def test_github_faults(content: bytes, code: ReadCode) -> None:
    """What is no list of deployments is one finding."""
    with pytest.raises(ReadFaultError) as raised:
        read_deployments(content, SourceSpec(table="deployments", file="x.json"))
    assert raised.value.code is code


GITLAB = {
    "id": 41,
    "iid": 1,
    "ref": "main",
    "sha": "99d03678",
    "created_at": "2026-07-11T07:36:27.357Z",
    "updated_at": "2026-07-11T07:38:27.357Z",
    "status": "success",
    "environment": {"id": 9, "name": "production", "external_url": "https://example.com"},
    "user": {"name": "Administrator"},
    "deployable": {
        "id": 657,
        "name": "deploy",
        "status": "success",
        "created_at": "2026-07-11T07:36:27.357Z",
        "finished_at": "2026-07-11T07:37:30.000Z",
        "commit": {"created_at": "2026-07-10T13:28:26.000+02:00", "id": "99d03678"},
        "pipeline": {"id": 36, "web_url": "https://gitlab.example/root/shop/-/pipelines/12"},
    },
}


def test_gitlab(tmp_path: Path) -> None:
    """Successful deployments to production, at the time at which their job finished."""
    others = [
        {**GITLAB, "id": 42, "status": "failed"},
        {**GITLAB, "id": 43, "environment": {"name": "staging"}},
    ]
    loaded = _json(tmp_path, [GITLAB, *others])
    (row,) = loaded.tables.frame("deployments").to_dict("records")
    assert (row["deployment_id"], row["service"]) == ("41", "root/shop")
    assert str(row["deployed_at"]) == "2026-07-11 07:37:30+00:00"
    assert loaded.tables.frame("deployments")["committed_at"].isna().all()
    (counts,) = [each for each in loaded.reconciliation if each.table == "deployments"]
    assert (counts.read, counts.used, counts.left_out) == (3, 1, 2)


def test_gitlab_environment_of_another_name(tmp_path: Path) -> None:
    """The block's own choice of environments goes first."""
    named = {**GITLAB, "environment": {"name": "prod"}}
    more = 'only = { status = ["success"], "environment.name" = ["prod"] }\n'
    assert len(_json(tmp_path, [named], more).tables.frame("deployments")) == 1


def test_gitlab_deployment_without_a_job(tmp_path: Path) -> None:
    """The time at which it finished is not known, and not taken from elsewhere."""
    loaded = _json(tmp_path, [GITLAB, {**GITLAB, "id": 42, "deployable": None}])
    missing = [each for each in loaded.findings if each.code == "value_missing"]
    assert {each.column for each in missing} == {"deployed_at", "service"}
