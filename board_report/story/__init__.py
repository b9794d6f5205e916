"""What the documents say: pages, sentences and commentary, resolved from figures and checked."""
