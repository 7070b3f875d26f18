"""One message: a CloudEvent in JSON's structured mode, written once and then carried as bytes. CloudEvents 1.0.2."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from escalation.wire import kinds, notation, strict
from escalation.wire.dsse import MAX_PAYLOAD
from escalation.wire.reasons import Rejected

MAX_SEQUENCE: Final = 2**31 - 1
# CloudEvents' integers end at 2^31 and its `sequence` extension is text that sorts: digits, with zeros in front.
_SEQUENCE: Final = re.compile(r"\d{10}", re.ASCII)
_EPOCH: Final = re.compile(r"\d{15}", re.ASCII)
_FIXED: Final = {"specversion": "1.0", "datacontenttype": "application/json"}
_TEXTS: Final = ("id", "source", "to", "type", "subject", "sequence", "since", "epoch", "time")
_ATTRIBUTES: Final = {*_FIXED, *_TEXTS, "data"}


@dataclass(frozen=True, slots=True)
class Event:
    """One message; `to` is the receiving tenant's code, `time` aware UTC. docs/decisions/0009."""

    id: UUID
    source: str
    to: str
    type: str
    subject: UUID
    sequence: int
    since: int
    epoch: int
    time: datetime
    data: Mapping[str, Any]

    @property
    def deployment(self) -> str:
        """The code of the deployment that the source names."""
        return notation.parted(self.source)[0]

    @property
    def sender(self) -> str:
        """The code of the tenant that the source names."""
        return notation.parted(self.source)[1]


def write(event: Event) -> bytes:
    """The event's bytes. Raises ValueError for what cannot be written; see `issuing` for what may be sent."""
    return strict.dump({
        "specversion": "1.0",
        "id": str(event.id),
        "source": event.source,
        "to": event.to,
        "type": event.type,
        "subject": str(event.subject),
        "sequence": f"{event.sequence:010}",
        "since": f"{event.since:010}",
        "epoch": f"{event.epoch:015}",
        "time": notation.written(event.time),
        "datacontenttype": "application/json",
        "data": dict(event.data),
    })  # fmt: skip


def read(payload: bytes) -> Event:
    """The event that these bytes are; raises Rejected. Says nothing yet of who wrote it."""
    found = strict.load(payload, limit=MAX_PAYLOAD)
    _check_attributes(found)
    notation.parted(found["source"])
    if not notation.is_code(found["to"]):
        raise Rejected("attribute_value", "to")
    message = Event(
        notation.uuid(found["id"]), found["source"], found["to"], found["type"], notation.uuid(found["subject"]),
        _number(found["sequence"], _SEQUENCE), _number(found["since"], _SEQUENCE), _number(found["epoch"], _EPOCH),
        notation.moment(found["time"]), found["data"],
    )  # fmt: skip
    _check_numbering(message)
    return message


def _check_attributes(found: dict[str, Any]) -> None:
    if unknown := found.keys() - _ATTRIBUTES:
        raise Rejected("attribute_unknown", f"{len(unknown)}")
    if missing := _ATTRIBUTES - found.keys():
        raise Rejected("attribute_missing", ", ".join(sorted(missing)))
    if any(found[name] != value for name, value in _FIXED.items()):
        raise Rejected("attribute_value", "specversion or datacontenttype")
    if not all(isinstance(found[name], str) for name in _TEXTS) or not isinstance(found["data"], dict):
        raise Rejected("attribute_value", "not the right JSON type")


def _check_numbering(message: Event) -> None:
    """Some stand in no stream; the others are numbered from the first of their epoch on."""
    numbered = 1 <= message.since <= message.sequence
    if message.sequence != 0 if message.type in kinds.UNNUMBERED else not numbered:
        raise Rejected("attribute_value", "sequence or since")


def _number(text: str, form: re.Pattern[str]) -> int:
    if not form.fullmatch(text) or (form is _SEQUENCE and int(text) > MAX_SEQUENCE):
        raise Rejected("attribute_value", "sequence, since or epoch")
    return int(text)
