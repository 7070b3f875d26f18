"""`protocol.books.Books` in PostgreSQL, for the tenant in scope and within the caller's unit of work."""

from __future__ import annotations

from escalation.ledger.arrivals import Arrivals
from escalation.ledger.departures import Departures
from escalation.ledger.streams import Streams
from escalation.ledger.surroundings import Surroundings


class SqlBooks(Streams, Departures, Arrivals, Surroundings):
    """All of the tenant's books."""
