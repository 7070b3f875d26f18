"""What is answered to a message, in the same connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["receipt", "fork", "refused", "answer"]
KINDS: Final[tuple[Kind, ...]] = ("receipt", "fork", "refused", "answer")


@dataclass(frozen=True, slots=True)
class Reply:
    """receipt: signed by the receiver. fork: an envelope that the sender itself signed and seems not to know.
    answer: to a control message. refused: the code of a reason, in ASCII."""

    kind: Kind
    body: bytes


def refused(reason: str) -> Reply:
    """Not let in."""
    return Reply("refused", reason.encode("ascii"))
