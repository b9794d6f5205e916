"""Risk in money: scenarios with calibrated intervals become a distribution of annual loss."""
