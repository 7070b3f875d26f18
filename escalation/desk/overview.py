"""The bridge at a glance: every neighbour, our keys, the trust list, our epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from escalation.carriage import home, trusted
from escalation.carriage.keyring import Keyring
from escalation.desk import alarms, lines, partners, words
from escalation.ledger import acts, standing
from zhitongche.kernel import clock
from zhitongche.persistence import current_tenant

if TYPE_CHECKING:
    from escalation.wire.listing import Key

blueprint = Blueprint("overview", __name__)


@dataclass(frozen=True, slots=True)
class Own:
    """Our own keys as the list knows them, which of them signs and which is announced."""

    keys: tuple[Key, ...] = ()
    active: str = ""
    coming: str = ""


@blueprint.get("")
def show() -> str:
    """One row a neighbour; beside it what we are known by."""
    return render_template(
        "bridge/overview.html", lines=lines.all_lines(), own=_own(), trust=partners.trust(), anchor=trusted.fingerprint(), epoch=standing.epoch(),
        alarms=len(alarms.now()), kept=standing.kept_count(), acts=acts.latest(8), words=words, now=clock.now(),
    )  # fmt: skip


def _own() -> Own:
    ring, me = Keyring(home.folder()), current_tenant()
    listed = trusted.keys_of(me) if partners.trust() else ()
    coming = ring.next(me)
    return Own(tuple(sorted(listed, key=lambda key: key.from_, reverse=True)), ring.active(me).keyid, coming.keyid if coming else "")
