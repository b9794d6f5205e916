"""What the words of the loss figures mean, as the appendix prints them."""

from __future__ import annotations

DEFINITIONS: tuple[tuple[str, str], ...] = (
    (
        "Expected loss",
        "Mean frequency times mean loss, summed over the risks (annualized loss expectancy).",
    ),
    (
        "1-in-20 loss",
        "Reached or exceeded in one year of 20 (value at risk, 95%). 1 in 100: likewise, 99%.",
    ),
    (
        "Worst 5% of years",
        "The mean loss of all years beyond the 1-in-20 loss (expected shortfall).",
    ),
    (
        "P10–P90",
        "Eight chances in ten that the value lies between, given what is not known of how often "
        "each risk occurs.",
    ),
    (
        "Share of worst years",
        "A risk’s part of the total loss, summed over the worst 5% of years.",
    ),
    (
        "Input low, input high",
        "One input at its 5th and its 95th percentile, all others as estimated.",
    ),
    (
        "Bought down",
        "Expected loss without the initiative less expected loss with it, on the same years; net "
        "of the risk that it opens.",
    ),
    ("ROSI", "(Expected loss without − with − annual cost) / annual cost."),
    (
        "NPV",
        "Costs, planned benefits and avoided loss over the initiative’s life, later money "
        "counted less.",
    ),
    (
        "Payback, waiting",
        "Years until the sum of flows is positive; net present value given up by a start one "
        "quarter later.",
    ),
    (
        "Brier score",
        "Mean squared distance of the chances given from what happened (1 or 0). Its reference "
        "gives every risk the share that happened.",
    ),
    (
        "Log score",
        "Mean of −ln of the chance given to what happened; a sure forecast that fails costs most.",
    ),
    (
        "Realized reduction",
        "1 − events a day after / events a day before; its interval is exact, given the events.",
    ),
)
"""Term and sentence, in the order of the pages."""
