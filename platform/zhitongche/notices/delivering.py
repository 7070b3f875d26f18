"""Sending what is due: claim, commit, send, record. Killed in between, it asks before it sends again."""

import logging
import time
from datetime import timedelta
from typing import NamedTuple

from zhitongche.kernel import clock
from zhitongche.notices import claims, digest, providers
from zhitongche.notices.claims import Claimed
from zhitongche.notices.providers import CannotTell, NotSent, Receipt, Rejected, SmsProvider
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import current

_BATCH = 10
_BUDGET = timedelta(seconds=20)
# A provider may take a minute: nobody begins to send what may be another's before it is done.
_MARGIN = timedelta(minutes=2)
_log = logging.getLogger(__name__)


class Delivered(NamedTuple):
    """How many messages were sent, and how many attempts ended otherwise."""

    sent: int
    other: int


def deliver(budget: timedelta = _BUDGET, provider: SmsProvider | None = None) -> Delivered:
    """Send the present tenant's due messages until none is left or `budget` is used up.

    Outside of any transaction, through the provider of the settings unless told; may run in several workers at once. A failure never stops the others.
    """
    provider = provider or providers.configured()
    until = time.monotonic() + budget.total_seconds()
    sent = attempts = 0
    with unit_of_work():
        digest.merge(current.pack())
    while time.monotonic() < until:
        with unit_of_work():
            batch = claims.claim(_BATCH)
        if not batch:
            break
        for claimed in batch:
            if time.monotonic() >= until or clock.now() > claimed.lease_until - _MARGIN:
                _return(claimed)
                continue
            sent += _attempt(provider, claimed)
            attempts += 1
    return Delivered(sent, attempts - sent)


def _attempt(provider: SmsProvider, claimed: Claimed) -> bool:
    try:
        receipt = _earlier(provider, claimed) if claimed.lost else None
        if receipt is None and claimed.expires_at and claimed.expires_at <= clock.now():
            with unit_of_work():
                claims.expired(claimed)
            return False
        receipt = receipt or _send(provider, claimed)
    except Rejected as error:
        with unit_of_work():
            claims.failed(claimed, error)
    except NotSent as error:
        with unit_of_work():
            claims.again(claimed, error)
    except CannotTell:
        with unit_of_work():
            claims.uncertain(claimed)
    except Exception as error:
        # It could not even be asked: the notice stays claimed, and is asked about when the lease ends.
        _log.warning("notice %s: %s", claimed.id, type(error).__name__)
    else:
        with unit_of_work():
            claims.sent(claimed, provider.name, receipt)
        return True
    return False


def _send(provider: SmsProvider, claimed: Claimed) -> Receipt:
    try:
        return provider.send(claimed.id, claimed.mobile, claimed.text)
    except NotSent:
        raise
    except Exception as error:
        _log.warning("notice %s: %s while sending", claimed.id, type(error).__name__)
        receipt = _earlier(provider, claimed)
        if receipt is None:
            raise NotSent(f"{type(error).__name__}: {error}") from error
        return receipt


def _earlier(provider: SmsProvider, claimed: Claimed) -> Receipt | None:
    return provider.lookup(claimed.id)


def _return(claimed: Claimed) -> None:
    # A lost one stays claimed: given back as new, it would be sent without asking.
    if not claimed.lost:
        with unit_of_work():
            claims.give_back(claimed)
