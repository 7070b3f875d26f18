"""Hostile messages by kind: how each is made, at which gate it arrives, and the reason that it must be refused for.

The tests beside this prove them against the gates; rooms above send the same things to the real endpoint.
"""

from tests.escalation.wire import (
    hostile_contents,
    hostile_envelopes,
    hostile_lists,
    hostile_receipts,
    hostile_requests,
)
from tests.escalation.wire.corpus import Gate, Hostile

MESSAGES = [*hostile_envelopes.KINDS, *hostile_contents.KINDS]
RECEIPTS = hostile_receipts.KINDS
REQUESTS = hostile_requests.KINDS
LISTS = hostile_lists.KINDS
KINDS = [*MESSAGES, *RECEIPTS, *REQUESTS, *LISTS]

__all__ = ["KINDS", "LISTS", "MESSAGES", "RECEIPTS", "REQUESTS", "Gate", "Hostile"]
