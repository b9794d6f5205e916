"""Every real export in the shared folder, read by the reader that knows it."""
