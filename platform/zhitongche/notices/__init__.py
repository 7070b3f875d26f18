"""Messages to people (通知): made from promises, sent by SMS, shown on the site. Floor 6."""

from zhitongche.notices.alarms import raise_alarms, tell_stuck
from zhitongche.notices.codes import request_code
from zhitongche.notices.delivering import Delivered, deliver
from zhitongche.notices.fanning_out import TOPIC, fan_out
from zhitongche.outbox import STUCK, Handler

HANDLERS: dict[str, Handler] = {TOPIC: fan_out, STUCK: tell_stuck}
"""Topic → handler, for the relay."""

__all__ = [
    "HANDLERS",
    "TOPIC",
    "Delivered",
    "deliver",
    "fan_out",
    "raise_alarms",
    "request_code",
    "tell_stuck",
]
