"""A province at once: a few hundred petitions are handled by the use cases, all others are stamped after them."""
