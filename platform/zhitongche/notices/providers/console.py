"""Writes messages to the terminal."""

import sys
from typing import TextIO
from uuid import UUID

from zhitongche.kernel import clock
from zhitongche.notices.providers.interface import CannotTell, Receipt


class ConsoleProvider:
    """For trying the platform out; a terminal remembers nothing, so `lookup` cannot tell."""

    name = "console"

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out

    def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:
        """Write one line."""
        out = self._out or sys.stdout
        out.write(f"[短信] {mobile} {text}\n")
        out.flush()
        return Receipt(str(notice_id), clock.now())

    def lookup(self, notice_id: UUID) -> Receipt | None:  # noqa: ARG002  the protocol's
        """Always raises CannotTell."""
        raise CannotTell
