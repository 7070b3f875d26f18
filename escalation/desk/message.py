"""One message: what it is for whoever keeps the machine, what it says for those whose duty the case is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template

from escalation.carriage import tending
from escalation.desk import contents, partners, roles, shown, words
from escalation.desk.deciding import decided, reason_form
from escalation.ledger import acts, viewing
from escalation.ledger.views import Sent
from zhitongche.casework import escalations
from zhitongche.desk import guard
from zhitongche.kernel.errors import Forbidden, NotFound
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from escalation.ledger.views import Received
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("message", __name__, url_prefix="/peers/<peer>/messages/<uuid:message_id>")


@blueprint.get("")
def show(peer: str, message_id: UUID) -> str:
    """Its attributes; its contents only where the case is one's duty, and then the reading is logged."""
    return _page(_found(peer, message_id), reason_form())


@blueprint.post("/retry")
def retry(peer: str, message_id: UUID) -> ResponseReturnValue:
    """Send it now."""
    if not guard.actor().roles & roles.KEEPERS:
        raise Forbidden
    row, form = _found(peer, message_id), reason_form()
    answer = decided(
        form, lambda reason: tending.retry(row.peer, row.id, reason, roles.decider()), lambda _: words.RETRIED,
        "bridge_desk.message.show", peer=peer, message_id=message_id,
    )  # fmt: skip
    return answer or (_page(row, form), 422)


def _found(peer: str, message_id: UUID) -> Sent | Received:
    row = viewing.message(partners.known(peer), message_id)
    if row is None:
        raise NotFound
    return row


def _page(row: Sent | Received, form: PackForm) -> str:
    state, mine = shown.state(row), isinstance(row, Sent)
    with unit_of_work():
        said = contents.read(row) if guard.actor().roles & roles.READERS else None
        return render_template(
            "bridge/message.html", row=row, mine=mine, state=words.STATES[state], means=words.MEANS[state], said=said, form=form,
            may_retry=isinstance(row, Sent) and row.pending and bool(guard.actor().roles & roles.KEEPERS), type=shown.type_of(row.type),
            peer_name=partners.name_of(row.peer), keeper=bool(guard.actor().roles & roles.KEEPERS), receipt=viewing.evidence(row)[1],
            number=escalations.numbers_by_bridge([row.subject]).get(row.subject, ""), acts=acts.of(row.id), words=words,
        )  # fmt: skip
