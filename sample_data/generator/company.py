"""What the tables of the made-up company have in common."""

UNITS = ("Distribution", "Diagnostics", "Home Care", "Europe", "Corporate")
UNIT_WEIGHTS = {
    "Distribution": 0.34,
    "Diagnostics": 0.22,
    "Home Care": 0.14,
    "Europe": 0.16,
    "Corporate": 0.14,
}
TIERS = ("crown_jewel", "production", "workplace")
