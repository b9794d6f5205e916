"""What was said and from which data: the manifest, and writing a quarter whole or not at all."""
