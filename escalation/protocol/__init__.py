"""Order, sending, receipts, epochs and healing between tenants: pure Python over the interface `books.Books`."""
