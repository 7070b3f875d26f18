"""The administrator's wording of messages, over the pack's (短信与站内消息文案)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from zhitongche.flow.vocabulary import TEMPLATE_FIELDS
from zhitongche.identity.permissions import require_admin
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.notices import words
from zhitongche.notices.tables import TextOverride
from zhitongche.persistence import db
from zhitongche.tenancy import current
from zhitongche.tenancy.check_texts import fields

if TYPE_CHECKING:
    from zhitongche.flow.facts import Actor
    from zhitongche.tenancy.pack import Pack

LONGEST: Final = 200
NEEDED: Final = dict.fromkeys(("sms_code", "digest", "due_soon", "overdue"), frozenset({"text"}))
"""Without these a message of the platform's own says nothing: not which code, which work, which limit."""
_OF_THE_PLATFORM: Final = frozenset({"portal", "text"})


def message(pack: Pack, code: str) -> str:
    """The words in force of a message: the administrator's, else the pack's; KeyError where neither has any."""
    # A petition that began under an older version may need a message that came later.
    return in_force().get(code) or pack.messages.get(code) or current.pack().messages[code]


def in_force() -> dict[str, str]:
    """The administrator's wordings that hold now, by message."""
    return {code: row.text for code, row in newest().items() if row.text is not None}


def newest() -> dict[str, TextOverride]:
    """The last word on each message that the administrator ever touched."""
    query = select(TextOverride).ext(distinct_on(TextOverride.message)).order_by(TextOverride.message, TextOverride.id.desc())
    return {row.message: row for row in db.session.scalars(query)}


def history(code: str) -> list[TextOverride]:
    """Every wording of a message, the newest first."""
    return list(db.session.scalars(select(TextOverride).where(TextOverride.message == code).order_by(TextOverride.id.desc())))


def allowed(pack: Pack, code: str) -> frozenset[str]:
    """The fields that are filled when this message is made; NotFound for a message that is never sent."""
    if code not in pack.messages:
        raise NotFound
    if code in NEEDED:
        return _OF_THE_PLATFORM | frozenset(fields(pack.messages[code]))
    return TEMPLATE_FIELDS


def override(pack: Pack, code: str, text: str | None, *, by: Actor) -> None:
    """Word a message anew, or with None return to the pack's words. Raises Invalid on `text`, Forbidden, NotFound."""
    require_admin(by)
    known, text = allowed(pack, code), text.strip() if text is not None else None
    if text is not None:
        _check(text, known, NEEDED.get(code, frozenset()))
    db.session.add(TextOverride(message=code, text=text, set_by=by.person_id))
    db.session.flush()


def _check(text: str, known: frozenset[str], needed: frozenset[str]) -> None:
    if not text:
        raise Invalid({"text": words.TEXT_EMPTY})
    if len(text) > LONGEST:
        raise Invalid({"text": words.TEXT_LONG.format(most=LONGEST, length=len(text))})
    used = fields(text)
    for name in used:
        if name not in known:
            raise Invalid({"text": words.TEXT_FIELD.format(field=f"{{{name}}}", known="、".join(f"{{{one}}}" for one in sorted(known)))})
    for name in sorted(needed - set(used)):
        raise Invalid({"text": words.TEXT_NEEDS.format(field=f"{{{name}}}")})
