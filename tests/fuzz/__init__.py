"""Coverage-guided fuzzing of what reads other people's files; run by hand, never by pytest."""
