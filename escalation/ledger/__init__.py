"""The bridge's books in PostgreSQL: what was sent and received, with receipts, kept for good."""
