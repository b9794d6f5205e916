"""Real filings as records, where the shared data folder is there; they are not part of this one."""

from __future__ import annotations

import html
import json
import os
import re
from pathlib import Path

import pytest

from board_report.governance.disclosure_lint.reading import split
from board_report.governance.disclosure_lint.records import IncidentStatement
from board_report.governance.filing_text import FiledSentence, FilingText, ItemText

VARIABLE = "BOARD_REPORT_SHARED_DATA"
PREFIX = "CybersecurityRisk"
BLOCKS = {
    "ManagementProcessesForAssessingIdentifyingAndManagingThreatsTextBlock": "106(b)(1)",
    "ManagementProcessesIntegratedTextBlock": "106(b)(1)(i)",
    "MateriallyAffectedOrReasonablyLikelyToMateriallyAffectRegistrantTextBlock": "106(b)(2)",
    "BoardOfDirectorsOversightTextBlock": "106(c)(1) oversight",
    "BoardCommitteeOrSubcommitteeResponsibleForOversightTextBlock": "106(c)(1) committee",
    "ProcessForInformingBoardCommitteeOrSubcommitteeResponsibleForOversightTextBlock": (
        "106(c)(1) informing"
    ),
    "ManagementPositionsOrCommitteesResponsibleTextBlock": "106(c)(2)(i) positions",
    "ManagementExpertiseOfManagementResponsibleTextBlock": "106(c)(2)(i) expertise",
    "ProcessForInformingManagementOrCommitteesResponsibleTextBlock": "106(c)(2)(ii)",
    "RoleOfManagementTextBlock": "106(c)(2)(ii)",
}
"""Text blocks by sub-item; the last is what is said of (c)(2) beside its parts."""
FLAGS = {
    "ManagementProcessesIntegratedFlag": "106(b)(1)(i)",
    "ManagementThirdPartyEngagedFlag": "106(b)(1)(ii)",
    "ThirdPartyOversightAndIdentificationProcessesFlag": "106(b)(1)(iii)",
    "MateriallyAffectedOrReasonablyLikelyToMateriallyAffectRegistrantFlag": "106(b)(2)",
    "ManagementPositionsOrCommitteesResponsibleFlag": "106(c)(2)(i) positions",
    "ManagementPositionsOrCommitteesResponsibleReportToBoardFlag": "106(c)(2)(iii)",
}
SUB_ITEMS = tuple(dict.fromkeys(sorted((*BLOCKS.values(), *FLAGS.values()))))


def shared_sec() -> Path:
    """The folder of real filings.

    It lies beside the data folder; on a build server it must be there, and elsewhere its tests
    are skipped without it.
    """
    named = os.environ.get(VARIABLE)
    folder = Path(named).parent / "sec" if named else None
    if folder is not None and folder.is_dir():
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail(f"{VARIABLE} must name the shared data folder on a build server")
    pytest.skip(f"{VARIABLE} does not name the shared data folder")


def ten_filers(folder: Path) -> dict[str, FilingText]:
    """The item as ten companies filed it, by their short name."""
    data = json.loads((folder / "item_1c_ten_filers.json").read_text(encoding="utf-8"))
    return {name: from_facts(facts) for name, facts in data.items()}


def from_facts(facts: dict[str, dict[str, object]]) -> FilingText:
    """Tagged facts as a text: each sentence under the innermost block that holds it."""
    values = {key.removeprefix(PREFIX): str(each["text_or_flag"]) for key, each in facts.items()}
    blocks = {key: " ".join(values[key].split()) for key in BLOCKS if key in values}
    items: dict[str, list[FiledSentence]] = {name: [] for name in SUB_ITEMS}
    seen: set[str] = set()
    for key in sorted(blocks, key=lambda each: -len(blocks[each])):
        sentences = list(split(blocks[key]))
        for sentence in sentences:
            core = sentence.rstrip(" .,;")
            is_fragment = len(sentences) > 1 and any(core in each for each in seen)
            if core not in seen and not is_fragment:
                seen.add(core)
                inner = min(
                    (each for each in blocks if core in blocks[each]),
                    key=lambda each: (len(blocks[each]), -list(BLOCKS).index(each)),
                )
                items[BLOCKS[inner]].append(FiledSentence(sentence))
    answers = {name: values[key].endswith("true") for key, name in FLAGS.items() if key in values}
    return FilingText(
        fiscal_year=2025,
        items=tuple(ItemText(name, tuple(said), answers.get(name)) for name, said in items.items()),
    )


def current_reports(folder: Path) -> dict[str, tuple[IncidentStatement, ...]]:
    """What nine reports say under Item 1.05, by the name of the file, as running text."""
    return {
        path.stem: (IncidentStatement("", _under_item(path)),)
        for path in sorted((folder / "filings_8k").glob("*.html"))
    }


def _under_item(path: Path) -> str:
    page = path.read_text(encoding="utf-8")
    page = re.sub(r"(?s)<ix:header>.*?</ix:header>", " ", page)
    page = re.sub(r"</?ix:[^>]+>", "", page)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    starts = re.search(r"Item\s+1\.05\.?\s+Material Cybersecurity Incidents?\.?\s*", words)
    assert starts, path.name
    rest = words[starts.end() :]
    ends = re.search(
        r"\bItem\s+\d\.\d\d\.?\s+(?=[A-Z])"
        r"|\b(?:Cautionary|Forward[- ]Looking) (?:Statement|Language)|SIGNATURE",
        rest,
    )
    return rest[: ends.start()].strip() if ends else rest.strip()
