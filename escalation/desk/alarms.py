"""What a person must look at, with the way to where something can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template, url_for

from escalation.carriage import watching
from escalation.desk import partners, words
from escalation.ledger import standing
from escalation.protocol.healing import PATIENCE
from zhitongche.casework import escalations
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

blueprint = Blueprint("alarms", __name__, url_prefix="/alarms")
GRAVE: Final = frozenset({"unreceipted", "held", "trust", "ownerless"})
WAYS: Final = {"held": ("bridge_desk.quarantine.show", "去隔离区"), "unreceipted": ("bridge_desk.overview.show", "看各单位队列")}


@dataclass(frozen=True, slots=True)
class Shown:
    """An alarm as a notice."""

    tone: str
    text: str
    url: str = ""
    label: str = ""


@blueprint.get("")
def show() -> str:
    """Everything that is wrong now; the cases that nobody owns by their numbers."""
    ownerless = sorted(escalations.numbers(escalations.ownerless()).values())
    return render_template("bridge/alarms.html", alarms=now(), ownerless=ownerless)


def now() -> list[Shown]:
    """All of them."""
    return [*_watched(), *_counted()]


def _watched() -> Iterator[Shown]:
    for alarm in watching.alarms_now():
        endpoint, label = WAYS.get(alarm.kind, ("", ""))
        yield Shown("danger" if alarm.kind in GRAVE else "warning", alarm.text, url_for(endpoint) if endpoint else "", label)


def _counted() -> Iterator[Shown]:
    for code, peer in standing.peers().items():
        if peer.differences:
            text = words.DIFFERENCES.format(peer=partners.name_of(code), count=peer.differences)
            yield Shown("warning", text, url_for("bridge_desk.queue.show", peer=code), "看该单位队列")
    if gaps := standing.gaps(clock.now() - PATIENCE):
        yield Shown("warning", words.GAPS.format(count=gaps))
    if refused := standing.refused_count():
        yield Shown("warning", words.REFUSED.format(count=refused), url_for("bridge_desk.quarantine.show"), "去隔离区")
