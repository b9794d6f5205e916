"""Inline XBRL of the disclosures: written, read back, checked, and shown with its tags.

Everything here is made from narrow public records (:mod:`board_report.documents.xbrl.records`);
nothing can reach a table, a metric or the deck. What it is and is not: ``docs/inline-xbrl.md``.
"""
