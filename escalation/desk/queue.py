"""What goes to one neighbour and what came from it: ids, types, sizes, states."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template, request

from escalation.carriage import tending
from escalation.desk import lines, partners, roles, shown, words
from escalation.desk.deciding import decided, reason_form
from escalation.ledger import viewing
from zhitongche.casework import escalations
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from escalation.ledger.views import Received, Sent
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("queue", __name__, url_prefix="/peers")
SHOWN = 30
TABS = {"waiting": "等回执", "sent": "全部发出", "received": "收到的"}


@blueprint.get("/<peer>")
def show(peer: str) -> str:
    """The messages of one tab, a page of them."""
    return _page(partners.known(peer), reason_form())


@blueprint.post("/<peer>/resume")
def resume(peer: str) -> ResponseReturnValue:
    """Send again now to a neighbour that did not answer."""
    form = reason_form()
    partners.known(peer)
    answer = decided(form, lambda reason: tending.resume(peer, reason, roles.decider()), lambda _: words.RESUMED, "bridge_desk.queue.show", peer=peer)
    return answer or (_page(peer, form), 422)


def _page(peer: str, form: PackForm) -> str:
    tab = request.args.get("tab", "")
    tab = tab if tab in TABS else "waiting"
    rows = _rows(peer, tab, _id(request.args.get("at")))
    return render_template(
        "bridge/queue.html", line=next(one for one in lines.all_lines() if one.code == peer), tab=tab, tabs=TABS, rows=rows[:SHOWN],
        following=rows[SHOWN - 1].id if len(rows) > SHOWN else None, numbers=escalations.numbers_by_bridge({row.subject for row in rows}),
        states={row.id: words.STATES[shown.state(row)] for row in rows}, type_of=shown.type_of, form=form, words=words, now=clock.now(),
    )  # fmt: skip


def _rows(peer: str, tab: str, at: UUID | None) -> Sequence[Sent | Received]:
    if tab == "received":
        return viewing.received(peer, at, SHOWN + 1)
    return viewing.sent(peer, at, SHOWN + 1) if tab == "sent" else viewing.waiting(peer, at, SHOWN + 1)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
