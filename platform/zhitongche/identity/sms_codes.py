"""Codes sent by SMS (短信验证码): made, counted, redeemed once."""

import hmac
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from zhitongche.identity import keyed, rates, words
from zhitongche.identity.apart import apart
from zhitongche.identity.tables import SmsCode
from zhitongche.identity.tables.guards import MAX_TRIES
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db

LIFE = timedelta(minutes=5)


def issue(mobile: str, purpose: str, address: str | None = None) -> str:
    """A new code of six digits for a mobile, to be sent by the caller; it replaces older ones.

    Raises Invalid on `mobile` where too many were asked for, by this mobile or from this address.
    """
    _limit(mobile, address)
    code = f"{secrets.randbelow(1_000_000):06}"
    id_ = new_id()
    db.session.add(
        SmsCode(
            id=id_,
            mobile=mobile,
            purpose=purpose,
            code_hash=_hash(id_, code),
            expires_at=clock.now() + LIFE,
        )
    )
    db.session.flush()
    return code


def redeem(mobile: str, purpose: str, code: str) -> bool:
    """Use the newest code up if it is this one; False if not. A wrong try counts even if the caller fails."""
    candidate = _try(mobile, purpose)
    if candidate is None or not hmac.compare_digest(candidate[1], _hash(candidate[0], code.strip())):
        return False
    used = db.session.execute(
        update(SmsCode)
        .where(SmsCode.id == candidate[0], SmsCode.used_at.is_(None))
        .values(used_at=clock.now())
        .returning(SmsCode.id)
    )
    return used.first() is not None


def require(mobile: str, purpose: str, code: str) -> None:
    """Redeem or raise Invalid on `code`."""
    if not redeem(mobile, purpose, code):
        raise Invalid({"code": words.WRONG_CODE})


def forget_old() -> None:
    """Delete codes of days gone by."""
    db.session.execute(delete(SmsCode).where(SmsCode.expires_at < clock.now() - timedelta(days=1)))


def _limit(mobile: str, address: str | None) -> None:
    limits = [(rates.CODE_MOBILE, mobile), (rates.CODE_MOBILE_DAY, mobile)]
    if address:
        limits.insert(0, (rates.CODE_ADDRESS, address))
    for rate, key in limits:
        if not rates.allow(rate, key):
            raise Invalid({"mobile": words.CODE_TOO_SOON.format(minutes=rate.minutes)})


def _try(mobile: str, purpose: str) -> tuple[UUID, str] | None:
    newest = (
        select(SmsCode.id)
        .where(SmsCode.mobile == mobile, SmsCode.purpose == purpose)
        .order_by(SmsCode.created_at.desc(), SmsCode.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    counted = (
        update(SmsCode)
        .where(
            SmsCode.id == newest,
            SmsCode.used_at.is_(None),
            SmsCode.expires_at > clock.now(),
            SmsCode.tries < MAX_TRIES,
        )
        .values(tries=SmsCode.tries + 1)
        .returning(SmsCode.id, SmsCode.code_hash)
        .execution_options(synchronize_session=False)
    )
    with apart() as session:
        row = session.execute(counted).first()
        return (row[0], row[1]) if row else None


def _hash(id_: UUID, code: str) -> str:
    return keyed.digest("sms_code", str(id_), code)
