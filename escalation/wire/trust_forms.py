"""The form of the trust list, and the rules between its parts: no doubt may be left about who is who."""

from datetime import timedelta
from itertools import chain
from typing import Any, Final
from urllib.parse import urlsplit

from escalation.wire import notation
from escalation.wire.forms import Closed, Whole, coded, many, moment, name, part
from escalation.wire.keys import KEYID
from escalation.wire.listing import Key, TrustList
from escalation.wire.reasons import Rejected

LIFE: Final = timedelta(hours=24)
"""The longest that a list may hold: it is issued anew every few minutes, and what it revokes must not live on."""
MAX_KEYS: Final = 200
"""Of one holder: retired keys stay listed, since what they signed is still to be verified as evidence."""
_ALGORITHM: Final = r"[a-z0-9]+"
_BASE64: Final = r"[A-Za-z0-9+/]+={0,2}"
_TYPE: Final = r"[a-z]+(\.[a-z]+)*\.v[0-9]+"


class _Public(Closed):
    algorithm = coded(_ALGORITHM, 20)
    public = coded(_BASE64, 400)


class _Key(_Public):
    keyid = coded(KEYID, 60)
    from_ = moment(key="from")
    until = moment()
    revoked_at = moment(optional=True)


class _Deployment(Closed):
    code = coded(notation.CODE, 31)
    endpoint = coded(r"https?://[a-z0-9.:\[\]/_-]+", 200)
    keys = many(part(_Key), MAX_KEYS)


class _Tenant(Closed):
    code = coded(notation.CODE, 31)
    deployment = coded(notation.CODE, 31)
    name = name(60)
    parent = coded(notation.CODE, 31, optional=True)
    keys = many(part(_Key), MAX_KEYS)
    may_send = many(coded(_TYPE, 60), 60)


class _List(Closed):
    serial = Whole(least=1)
    issued_at = moment()
    expires_at = moment()
    anchor = part(_Public)
    deployments = many(part(_Deployment), 1000)
    tenants = many(part(_Tenant), 5000)


_FORM: Final = _List()


def check_form(found: dict[str, Any]) -> None:
    """Raises Rejected `trust_form` unless it has the form of a list."""
    if _FORM.validate(found):
        raise Rejected("trust_form", "form")


def check(trust: TrustList) -> None:
    """Raises Rejected `trust_form` where the list contradicts itself."""
    if not timedelta() < trust.expires_at - trust.issued_at <= LIFE:
        raise Rejected("trust_form", "valid for no time or for more than a day")
    for deployment in trust.deployments.values():
        _check_endpoint(deployment.endpoint)
    for code, tenant in trust.tenants.items():
        if tenant.deployment not in trust.deployments:
            raise Rejected("trust_form", f"{code}: no such deployment")
        _check_above(trust, code)
    held = [one.keys for one in trust.deployments.values()] + [one.keys for one in trust.tenants.values()]
    _check_keys([*chain.from_iterable(held)])


def _check_endpoint(endpoint: str) -> None:
    try:
        parts = urlsplit(endpoint)
        whole = bool(parts.hostname) and parts.port != 0 and not endpoint.endswith("/")
    except ValueError:
        whole = False
    if not whole:
        raise Rejected("trust_form", "endpoint")


def _check_above(trust: TrustList, code: str) -> None:
    """From a tenant upwards, nobody twice and nobody unknown."""
    seen = {code}
    above = trust.tenants[code].parent
    while above is not None:
        if above in seen or above not in trust.tenants:
            raise Rejected("trust_form", f"{code}: above it stands nobody, or itself")
        seen.add(above)
        above = trust.tenants[above].parent


def _check_keys(keys: list[Key]) -> None:
    # One key, one holder: else one tenant could speak as another.
    if len({key.keyid for key in keys}) != len(keys):
        raise Rejected("trust_form", "a key twice")
    if any(key.from_ >= key.until for key in keys):
        raise Rejected("trust_form", "a key that never holds")
