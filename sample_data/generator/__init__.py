"""The parts of the seeded generator of the sample company's event data."""
