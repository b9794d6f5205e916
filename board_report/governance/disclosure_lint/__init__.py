"""What a reader of filings would object to in a draft, rule by rule, with where each comes from."""
