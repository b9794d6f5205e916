"""Read input files as they are: text cells with their file, line and hash, nothing interpreted."""
