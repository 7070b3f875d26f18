"""The outbox 待办承诺: what was promised in a transaction happens after it, surely. Floor 4."""

from zhitongche.outbox.alarms import TOPIC as STUCK
from zhitongche.outbox.alarms import raise_alarms
from zhitongche.outbox.claims import claim, done, failed
from zhitongche.outbox.message import Handler, Message, slow
from zhitongche.outbox.promising import promise
from zhitongche.outbox.relaying import Relayed, relay
from zhitongche.outbox.waking import RELAY, wake_with

__all__ = [
    "RELAY",
    "STUCK",
    "Handler",
    "Message",
    "Relayed",
    "claim",
    "done",
    "failed",
    "promise",
    "raise_alarms",
    "relay",
    "slow",
    "wake_with",
]
