"""How messages and moments are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from escalation.carriage.watching import PATIENCE
from escalation.desk import words
from escalation.ledger.views import Sent
from escalation.protocol import quarantine
from escalation.wire import kinds, notation
from escalation.wire.reasons import REASONS
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from escalation.ledger.views import Received

_HOUR, _DAY = 3600, 86400


def type_of(code: str | None) -> str:
    """A type's Chinese name."""
    return kinds.TYPES.get(code or "", words.OTHER_TYPE)


def state(row: Sent | Received) -> str:
    """A key of words.STATES."""
    if isinstance(row, Sent):
        return _state_of_sent(row)
    if row.applied_at is not None:
        return "applied"
    if row.place == 0:
        return "overtaken"
    return "standing" if row.held else "waiting"


def _state_of_sent(row: Sent) -> str:
    if row.receipted_at is not None:
        return "again" if row.pending else "delivered"
    if row.reissued_as is not None:
        return "reissued"
    if row.at < clock.now() - PATIENCE:
        return "late"
    return "failed" if row.last_error else "sent" if row.tries else "unsent"


def reason(code: str) -> str:
    """Why something is in quarantine, as a sentence."""
    return REASONS.get(code) or quarantine.REASONS.get(code) or code


def error(text: str | None) -> str:
    """A transport's or a receiver's error in words; what is not known stays as it is."""
    if not text:
        return ""
    first, _, rest = text.partition(" ")
    if first == "HTTP":
        status, _, code = rest.partition(" ")
        return f"对方拒绝了请求（{status}）：{reason(code)}" if code else f"对方应答异常（{status}）"
    told = words.ERRORS.get(first) or REASONS.get(first) or quarantine.REASONS.get(first)
    return told or text


def age(at: datetime | None) -> str:
    """How long ago: 5分钟, 3小时, 2天; empty for none."""
    if at is None:
        return ""
    seconds = max(0, int((clock.now() - at).total_seconds()))
    if seconds < _HOUR:
        return f"{seconds // 60}分钟" if seconds >= 60 else "不到1分钟"
    return f"{seconds // _HOUR}小时" if seconds < 2 * _DAY else f"{seconds // _DAY}天"


def told(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """What a message says, line by line: (label, text)."""
    for key, value in data.items():
        label = f"{before}{words.FIELDS.get(key, key)}"
        if key in words.SECRET:
            yield label, "（不显示）"
        elif isinstance(value, dict):
            yield from told(value, f"{label}·")
        elif isinstance(value, list):
            for number, one in enumerate(value, 1):
                yield from told(one, f"{label}{number}·") if isinstance(one, dict) else [(f"{label}{number}", str(one))]
        else:
            yield label, words.VALUES.get(key, {}).get(str(value)) or _moment(str(value))


def _moment(text: str) -> str:
    is_moment = re.fullmatch(notation.MOMENT, text, re.ASCII)
    return f"{clock.local(notation.moment(text)):%Y-%m-%d %H:%M}" if is_moment else text
