"""The trust list 信任名录: who takes part, who is above whom, whose keys hold. Signed by an anchor known on paper."""

from typing import Final

from escalation.wire import dsse, trust_file
from escalation.wire.keys import PrivateKey, fingerprint
from escalation.wire.listing import Deployment, Key, Tenant, TrustList
from escalation.wire.reasons import Rejected
from escalation.wire.trust_forms import LIFE

__all__ = ["LIFE", "Deployment", "Key", "Tenant", "TrustList", "fingerprint", "is_same", "sign", "supersedes", "verify"]

MAX_LIST: Final = 4 * 1024 * 1024


def sign(trust: TrustList, anchor: PrivateKey) -> bytes:
    """The list as the anchor's signed file; raises Rejected `trust_form` for one that nobody would take."""
    payload = trust_file.write(trust, anchor.public)
    trust_file.read(payload)
    return dsse.sign(payload, anchor, dsse.TRUST_TYPE)


def verify(signed: bytes, anchor_fingerprint: str) -> TrustList:
    """The list, if the anchor of this fingerprint (spaces and case do not matter) signed it; raises Rejected.

    Whether it is still valid is asked of the list when it is used, whether it is newer of `supersedes`.
    """
    envelope = dsse.parse(signed, MAX_LIST)
    signature = envelope.only(dsse.TRUST_TYPE)
    anchor = trust_file.anchor_of(envelope.payload)
    if not is_same(fingerprint(anchor), anchor_fingerprint) or signature.keyid != anchor.keyid:
        raise Rejected("trust_anchor")
    envelope.require(anchor, signature)
    return trust_file.read(envelope.payload)


def supersedes(new: TrustList, current: TrustList | None) -> bool:
    """Whether to put it in the place of the list in force; False for the same again.

    Raises Rejected `trust_older` for a lower serial (an old list would bring revoked keys back), `trust_fork`
    for other contents under the same serial.
    """
    if current is None or new.serial > current.serial:
        return True
    if new.serial < current.serial:
        raise Rejected("trust_older", f"{new.serial} < {current.serial}")
    if new != current:
        raise Rejected("trust_fork", str(new.serial))
    return False


def is_same(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they are grouped and written."""
    return _plain(one) == _plain(other)


def _plain(digits: str) -> str:
    return "".join(digits.split()).replace("-", "").lower()
