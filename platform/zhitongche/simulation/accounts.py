"""The demonstration's accounts, as they are printed at every start: light, so that printing them loads nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from zhitongche.flow.vocabulary import ROLES
from zhitongche.kernel.settings import Settings
from zhitongche.tenancy import packs

if TYPE_CHECKING:
    from zhitongche.tenancy.pack import Pack
    from zhitongche.tenancy.parts import Unit

PASSWORD: Final = "zhitong-2026-demo"  # noqa: S105  printed at every start, refused in production
MOBILES: Final = ("13800000001", "13800000002")
"""The mobiles of the two demonstration enterprises' people, the same in every tenant."""
ENTERPRISE: Final = "企业"
LOGINS: Final[dict[str, str]] = {
    "triage": "shouli",
    "leader": "lingdao",
    "office": "bangong",
    "supervision": "ducha",
    "reviewer": "heyan",
    "window": "chuangkou",
    "hotline": "rexian",
    "admin": "guanli",
    "operator": "yunwei",
    "province": "sheng",
}
"""Role → the login of whoever is made up for it."""
_SHOWN_HANDLERS: Final = 3


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as; every word is for people to read, `tenant` is the tenant's name."""

    tenant: str
    role: str
    login: str
    password: str
    address: str


def accounts(settings: Settings | None = None) -> list[Account]:
    """The accounts that `demo.load` makes in an empty database, by tenant: one a role, a few handlers, two enterprises."""
    settings = settings or Settings.from_env()
    registry = packs.of(settings)
    return [account for pack in registry.values() for account in _accounts(pack, settings.portal(pack.hosts[0]))]


def _accounts(pack: Pack, address: str) -> Iterator[Account]:
    held = {role for unit in pack.units for role in unit.roles}
    for role, login in LOGINS.items():
        if role in held:
            yield Account(pack.name, ROLES[role], login, PASSWORD, f"{address}/desk/")
    if not pack.takes_petitions:
        return
    for unit in islice(_handling(pack), _SHOWN_HANDLERS):
        yield Account(pack.name, f"{unit.short}{ROLES['handler']}", unit.code, PASSWORD, f"{address}/desk/")
    for mobile in MOBILES if pack.hosted_by is None else ():
        yield Account(pack.name, ENTERPRISE, mobile, PASSWORD, f"{address}/")


def _handling(pack: Pack) -> Iterator[Unit]:
    """Units that only handle, those with the most matters first: their inboxes are the fullest."""
    usual = Counter(matter.usual for matter in pack.matters.values())
    only = [unit for unit in pack.units if unit.roles == {"handler"} and unit.code not in LOGINS.values()]
    yield from sorted(only, key=lambda unit: -usual[unit.code])
