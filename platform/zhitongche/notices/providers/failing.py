"""Fails on purpose."""

from uuid import UUID

from zhitongche.kernel import clock
from zhitongche.notices import words
from zhitongche.notices.providers.interface import NotSent, Receipt


class FailingProvider:
    """For rehearsing an outage: the first `times` messages fail, all of them if not told."""

    name = "failing"

    def __init__(self, times: int | None = None) -> None:
        self._left = times
        self._sent: dict[UUID, Receipt] = {}

    def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:  # noqa: ARG002  the protocol's
        """Fail, or pretend no more once the outage is over."""
        if self._left is None or self._left > 0:
            self._left = None if self._left is None else self._left - 1
            raise NotSent(words.REHEARSED_FAILURE)
        return self._sent.setdefault(notice_id, Receipt(str(notice_id), clock.now()))

    def lookup(self, notice_id: UUID) -> Receipt | None:
        """What has got through since."""
        return self._sent.get(notice_id)
