"""Deployments of GitLab projects, as its API gives them."""

from __future__ import annotations

from board_report.project import ColumnRule, SourceSpec
from board_report.sources.reader import Evidence, Reader, Records

READERS = (
    Reader(
        id="gitlab-deployments",
        tool="GitLab",
        export="deployments of a project, as JSON of its API",
        preset=SourceSpec(
            table="deployments",
            file="",
            columns={"deployment_id": "id"},
            rules={
                "deployed_at": ColumnRule(("finished_at", "deployable.finished_at"), how="first"),
                "service": ColumnRule(
                    ("deployable.pipeline.web_url", "deployable.web_url"),
                    how="first",
                    match=r"^https?://[^/]+/(.+?)/(?:-/)?(?:pipelines|jobs)/",
                ),
            },
            only={"status": ("success",), "environment.name": ("production",)},
        ),
        signatures=(Records(has=("id", "iid", "sha", "status", "environment.name", "deployable")),),
        evidence=Evidence.DOCUMENTED,
        reference="GitLab, Deployments API: GET /projects/:id/deployments",
        traps=(
            "Only deployments with the status success to the environment production are read, and "
            "the others counted; name your environments with only = "
            '{ status = ["success"], "environment.name" = ["prod"] }.',
            "The project's name is taken from the address of the pipeline; where there is none, "
            "give constants.service.",
            "A deployment that was made by the API has no job and so no time at which it finished: "
            'give columns.deployed_at = "updated_at" if that is it.',
            "GitLab knows the time of the deployed commit, which is the last of a change and not "
            "its first, so that the lead time stays unknown; it knows no gates either.",
        ),
    ),
)
