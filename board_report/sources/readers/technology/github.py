"""Deployments of GitHub repositories with their statuses, as REST or GraphQL gives them."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Reader, Records
from board_report.sources.readers.technology.github_statuses import (
    NODES,
    SUCCEEDED,
    SUCCEEDED_AT,
    read_deployments,
)

READERS = (
    Reader(
        id="github-deployments",
        tool="GitHub",
        export="deployments with their statuses, as JSON of the REST or GraphQL API",
        preset=SourceSpec(
            table="deployments",
            file="",
            columns={"deployed_at": SUCCEEDED_AT},
            rules={
                "deployment_id": ColumnRule(("databaseId", "id"), how="first"),
                "service": ColumnRule(
                    ("repository.nameWithOwner", "repository.name", "repository_url"),
                    how="first",
                    split="/",
                    part=-1,
                ),
            },
            only={SUCCEEDED: ("true",), "environment": ("production",)},
        ),
        signatures=(
            Records(has=("id", "sha", "environment", "statuses_url", "statuses")),
            Records(at=f"{NODES}.*", has=("databaseId", "environment", "statuses.nodes")),
            Records(has=("databaseId", "environment", "statuses.nodes")),
        ),
        evidence=Evidence.DOCUMENTED,
        reference="GitHub, REST API: deployments and their statuses; GraphQL: Deployment",
        read=read_deployments,
        traps=(
            "GitHub's list of deployments does not say which succeeded: each deployment must carry "
            "its statuses, in REST as the answer of its statuses_url under the key statuses, in "
            "GraphQL as statuses(first: 100) { nodes { state createdAt } }.",
            "A deployment counts once it had the state success, at the time of the first such "
            "status; a later deployment makes it inactive, which changes nothing.",
            "Only the environment production is read, and the others counted; name yours with "
            'only = { succeeded = ["true"], environment = ["prod"] }.',
            "In GraphQL ask for repository { nameWithOwner } of each deployment, or give "
            "constants.service.",
            "GitHub does not know when a change was first committed, nor any gates.",
        ),
    ),
)
