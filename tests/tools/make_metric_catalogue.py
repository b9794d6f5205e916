"""Write ``docs/metrics.md`` again, from the declarations and the cases in ``tests/spec``.

Run it from the root of the repository after a metric or one of its cases has changed::

    python -m tests.tools.make_metric_catalogue
"""

from importlib import import_module
from pathlib import Path

from board_report import pipeline
from board_report.metrics.catalogue_page import catalogue_page, examples_by_metric

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "metrics.md"


def make_page() -> str:
    """The catalogue as it should be now."""
    modules = sorted((ROOT / "tests" / "spec").glob("*/test_*.py"))
    cases = [
        case
        for path in modules
        for case in getattr(
            import_module(f"tests.spec.{path.parent.name}.{path.stem}"), "SPECS", ()
        )
    ]
    return catalogue_page(pipeline.catalogue()[0], examples_by_metric(cases))


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
