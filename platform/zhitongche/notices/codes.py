"""Sending the codes that confirm a mobile (短信验证码)."""

from zhitongche.identity import people, sms_codes
from zhitongche.identity.tables.guards import PURPOSES
from zhitongche.kernel import clock, identifiers
from zhitongche.kernel.ids import new_id
from zhitongche.notices import overrides, texts, words
from zhitongche.notices.fanning_out import store
from zhitongche.outbox import waking
from zhitongche.persistence import db
from zhitongche.tenancy import current

MESSAGE = "sms_code"


def request_code(mobile: str, purpose: str, *, address: str | None = None) -> None:
    """Send a code for `register`, `sign_in`, `reset` or `change` (of the mobile), at any hour; the caller commits.

    The answer does not tell whether the mobile has an account: without one, nothing is sent to sign in or
    to reset. Raises Invalid on `mobile` for a bad number or too many requests.
    """
    if purpose not in PURPOSES:
        raise ValueError(purpose)
    number = identifiers.mobile(mobile)
    code = sms_codes.issue(number, purpose, address)
    person = people.by_mobile(number)
    if purpose in {"register", "change"} or (person is not None and person.active):
        _queue(number, code)


def _queue(mobile: str, code: str) -> None:
    pack, now, key = current.pack(), clock.now(), str(new_id())
    text = texts.render(overrides.in_force().get(MESSAGE) or pack.messages.get(MESSAGE, words.CODE), {"portal": pack.portal_name, "text": code})
    row = {
        "key": f"code:{key}",
        "recipient": mobile,
        "channel": "sms",
        "name": mobile,
        "mobile": mobile,
        "message": MESSAGE,
        "text": text,
        "urgent": True,
        "state": "queued",
        "promised_for": now,
        "due_at": now,
        "expires_at": now + sms_codes.LIFE,
    }
    store([row])
    # Somebody is looking at an empty field.
    waking.after_commit(db.session())
