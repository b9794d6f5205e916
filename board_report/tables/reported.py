"""The canonical tables of what a board was shown: figures, and the rows that stood behind them."""

from board_report.tables.schema import Column, Kind, Leader, TableSpec
from board_report.tables.shared_columns import count, day, identifier, text

REPORTED_FIGURES = TableSpec(
    name="reported_figures",
    title="Figures already reported",
    meaning="Figures as an earlier deck showed them, to notice restatements. `board-report "
    "record-shown` adds a line for each; lines are added and never changed.",
    leader=Leader.JOINT,
    key=("metric_id", "quarter", "reported_on"),
    columns=(
        identifier("metric_id", "Metric of the catalogue."),
        Column("quarter", Kind.QUARTER, "Quarter that the figure is about."),
        Column("value", Kind.NUMBER, "Value as shown, in the metric's unit."),
        day("reported_on", "Date of the meeting whose deck showed it; the last one counts."),
        text("restatement_reason", "Why it has changed since, once known.", required=False),
    ),
)

REPORTED_ROWS = TableSpec(
    name="reported_rows",
    title="Rows behind figures already reported",
    meaning="The rows of the input that a figure came from when it was shown, to name those that "
    "changed it since. `board-report record-shown` writes it; nobody needs to.",
    leader=Leader.JOINT,
    key=("metric_id", "quarter", "reported_on", "table", "record"),
    columns=(
        identifier("metric_id", "Metric of the catalogue."),
        Column("quarter", Kind.QUARTER, "Quarter that the figure is about."),
        day("reported_on", "Date of the meeting whose deck showed it."),
        identifier("table", "Table of the rows, by its name in this dictionary."),
        Column(
            "record",
            Kind.ID,
            "Key of the row; empty in the one line that stands for all rows of the table.",
            required=False,
        ),
        count("rows", "How many rows the line stands for."),
        identifier(
            "digest",
            "Hash of the cells that the figure reads, a part for each column, so that a changed "
            "cell shows without a copy of it.",
        ),
    ),
    refers=(("metric_id", "reported_figures", "metric_id"),),
)

REPORTED_TABLES = (REPORTED_FIGURES, REPORTED_ROWS)
