"""How single values are written on the wire: codes, names of tenants, moments, base64. One form each."""

import base64
import binascii
import re
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from escalation.wire.reasons import Rejected
from zhitongche.kernel import clock

CODE: Final = r"[a-z][a-z0-9-]{1,30}"
"""Of tenants and deployments. Plain ASCII, so that no two codes look alike in another script."""
MOMENT: Final = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z"
"""RFC 3339, UTC, with microseconds."""
UUID_FORM: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SHA256: Final = r"[0-9a-f]{64}"
_URN: Final = re.compile(rf"urn:zhitongche:({CODE}):({CODE})", re.ASCII)


def urn(deployment: str, tenant: str) -> str:
    """The name of a tenant at the deployment that hosts it."""
    return f"urn:zhitongche:{deployment}:{tenant}"


def parted(source: str) -> tuple[str, str]:
    """Deployment and tenant of a urn; raises Rejected `source`."""
    found = _URN.fullmatch(source)
    if not found:
        raise Rejected("source", "not a urn:zhitongche")
    return found.group(1), found.group(2)


def is_code(text: str) -> bool:
    """Whether it may be a tenant's or deployment's code."""
    return re.fullmatch(CODE, text, re.ASCII) is not None


def written(moment: datetime) -> str:
    """An aware moment as it travels; raises ValueError for one without a time zone."""
    return clock.utc(moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def moment(text: str) -> datetime:
    """The moment (UTC) that `written` wrote; raises Rejected `attribute_value`."""
    try:
        if not re.fullmatch(MOMENT, text, re.ASCII):
            raise ValueError
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise Rejected("attribute_value", "not a moment in UTC") from None


def uuid(text: str) -> UUID:
    """The UUID in its one written form; raises Rejected `attribute_value`."""
    if not re.fullmatch(UUID_FORM, text, re.ASCII):
        raise Rejected("attribute_value", "not a UUID")
    return UUID(text)


def base64_of(raw: bytes) -> str:
    """Standard base64 with padding. RFC 4648 section 4."""
    return base64.b64encode(raw).decode("ascii")


def bytes_of(text: str) -> bytes:
    """What base64 spells, in the standard or the URL-safe alphabet; raises Rejected `encoding`.

    Only the one canonical form: padded, no stray bits or characters, else one message would have many spellings.
    """
    for plain, altchars in ((text, None), (text, b"-_")):
        try:
            raw = base64.b64decode(plain.encode("ascii"), altchars, validate=True)
        except (binascii.Error, UnicodeEncodeError, ValueError):
            continue
        if base64.b64encode(raw, altchars).decode("ascii") == text:
            return raw
    raise Rejected("encoding")
