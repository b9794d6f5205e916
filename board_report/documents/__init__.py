"""From the frozen contexts to HTML, and from HTML to archival, accessible PDF files."""
