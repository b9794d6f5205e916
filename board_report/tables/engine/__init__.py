"""Type, check and reduce big tables where they lie, to the same figures as reading them whole."""
