"""The pages of the deck, one module each: facts in, a frozen page out."""
