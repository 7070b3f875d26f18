"""What an SMS provider (短信通道) must do, so that no message is lost and none is sent twice.

A carrier's provider (Aliyun SendSms, Tencent SendSms) passes `notice_id` as the carrier's own reference
(Aliyun: OutId; Tencent: SessionContext) and asks for it again in `lookup` (Aliyun: QuerySendDetails by
mobile and day). Aliyun's SDK puts number and text in the URL: keep it off proxies that log. Neither is
shipped: they cannot be tried without an account.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider has taken the message over: its own reference, and when (UTC)."""

    reference: str
    at: datetime


class NotSent(Exception):
    """The message has certainly not been sent; it may be tried again."""


class Rejected(NotSent):
    """The message has not been sent and never will be, e.g. a number that is out of service."""


class CannotTell(Exception):
    """The provider does not know whether it has sent the message."""


class SmsProvider(Protocol):
    """Sends messages. Every call must end within a minute: the lease of the notice counts on it."""

    @property
    def name(self) -> str:
        """As in the settings."""

    def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:
        """Hand the message over; raises NotSent, Rejected. Any other error means: who knows."""

    def lookup(self, notice_id: UUID) -> Receipt | None:
        """The receipt of an earlier `send`, None where it surely never arrived; raises CannotTell."""
