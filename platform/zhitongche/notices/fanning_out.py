"""From a promise to notices: one for each recipient and channel, however often it is relayed."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from zhitongche.identity import people
from zhitongche.identity.people import Recipient
from zhitongche.kernel import clock
from zhitongche.kernel.ids import new_id
from zhitongche.notices import timing
from zhitongche.notices.contents import Contents
from zhitongche.notices.tables import Notice
from zhitongche.outbox import Message
from zhitongche.persistence import current_tenant, db
from zhitongche.tenancy import current

TOPIC = "notice"

Row = dict[str, Any]


def fan_out(promised: Message) -> None:
    """Handler of topic `notice`: tell the parties of a petition, by SMS and on the site.

    Payload: `message` (a code of the pack's messages), `party` or `parties`; optional `petition_id`, `paper_id` with its `step`, `units` and
    `enterprises` (ids, those behind the parties), `people` (ids, told whatever their part), `but` (the person who acted), `fields`, `urgent`, `key` (the
    promise's id if left out). Raises KeyError for an unknown message or a field not given, NotFound.
    """
    payload, contents = promised.payload, Contents(promised.payload)
    rows = rows_for(
        _recipients(payload, contents),
        contents.text,
        key=payload.get("key") or str(promised.id),
        message=payload["message"],
        petition_id=contents.petition_id,
        paper_id=contents.paper_id,
        urgent=bool(payload.get("urgent")),
    )
    store(rows)


def rows_for(
    recipients: Iterable[Recipient],
    text: Callable[[Recipient], str],
    *,
    key: str,
    message: str,
    petition_id: UUID | None = None,
    paper_id: UUID | None = None,
    urgent: bool = False,
) -> list[Row]:
    """One row on the site for every person, one SMS for every mobile."""
    rows: dict[tuple[str, str], Row] = {}
    for recipient in recipients:
        common = {
            "key": key,
            "message": message,
            "text": text(recipient),
            "petition_id": petition_id,
            "paper_id": paper_id,
            "urgent": urgent,
            "person_id": recipient.person_id,
            "unit_id": recipient.unit_id,
            "name": recipient.name,
        }
        if recipient.person_id:
            rows.setdefault(("site", str(recipient.person_id)), {**common, **_shown()})
        if recipient.mobile:
            row = {
                **common,
                **_timed(timing.plan(current.pack(), recipient, urgent=urgent)),
                "mobile": recipient.mobile,
            }
            _sooner(rows, ("sms", recipient.mobile), row)
    return [{**row, "channel": channel, "recipient": whom} for (channel, whom), row in rows.items()]


def store(rows: list[Row]) -> None:
    """Write the notices that are not there yet."""
    if not rows:
        return
    common = {"tenant_id": current_tenant(), "created_at": clock.now(), "tries": 0}
    blank = {"mobile": None, "sent_at": None, "digest": False, "expires_at": None}
    statement = insert(Notice).values([{**blank, **row, **common, "id": new_id()} for row in rows])
    unique = [Notice.tenant_id, Notice.key, Notice.channel, Notice.recipient]
    db.session.execute(statement.on_conflict_do_nothing(index_elements=unique))


def _recipients(payload: dict[str, Any], contents: Contents) -> list[Recipient]:
    units = frozenset(UUID(unit) for unit in payload.get("units", ()))
    enterprises = frozenset(UUID(enterprise) for enterprise in payload.get("enterprises", ()))
    parties = payload.get("parties") or [payload["party"]]
    found = [Recipient.of(people.by_id(UUID(person))) for person in payload.get("people", ())]
    found += [one for party in parties for one in people.of_party(party, units, enterprises)]
    if "enterprise" in parties:
        found += contents.contacts()
    # Whoever did it knows it.
    return [one for one in found if one.person_id is None or str(one.person_id) != payload.get("but")]


def _sooner(rows: dict[tuple[str, str], Row], place: tuple[str, str], row: Row) -> None:
    # A handler who is the unit's contact on file too is told once, and as its contact.
    if place not in rows or row["due_at"] < rows[place]["due_at"]:
        rows[place] = row


def _shown() -> Row:
    now = clock.now()
    return {"state": "sent", "sent_at": now, "promised_for": now, "due_at": now}


def _timed(plan: timing.Plan) -> Row:
    return {
        "state": "held" if plan.held else "queued",
        "digest": plan.digest,
        "promised_for": plan.due_at,
        "due_at": plan.due_at,
    }
