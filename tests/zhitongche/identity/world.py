"""A small tenant with people, for the tests of identity and notices."""

from dataclasses import replace
from functools import cache

from zhitongche.flow.facts import SYSTEM, Actor
from zhitongche.identity import actors, officials, passwords, people, units
from zhitongche.identity.officials import OfficialForm
from zhitongche.identity.tables import Person
from zhitongche.kernel.settings import bundled
from zhitongche.persistence import db
from zhitongche.tenancy import packs
from zhitongche.tenancy.pack import Pack
from zhitongche.tenancy.parts import Contact, Unit

GOOD = "gu-hai-2847x"
CREDIT = "91440500617540496Q"
OTHER_CREDIT = "91440000190357769P"
FIRM = "示例陶瓷有限公司"

UNITS = (
    Unit("bureau", "示例县政务服务局", "政务局", "bureau", "county", "440000", frozenset({"triage"}), None),
    Unit(
        "roads",
        "示例县交通运输局",
        "交通局",
        "department",
        "county",
        "440000",
        frozenset({"handler", "leader"}),
        Contact("周联络", "13900000009", "0754-1234567"),
    ),
    Unit(
        "admin", "系统管理组", "管理组", "admin", "county", "440000", frozenset({"admin", "operator"}), None
    ),
)


@cache
def _some_pack() -> Pack:
    return next(pack for pack in packs.load([bundled("tenants")]).values() if pack.takes_petitions)


def pack(code: str = "alpha") -> Pack:
    """A real pack with units of our own."""
    return replace(_some_pack(), code=code, hosts=(f"{code}.localhost",), units=UNITS)


def official(login: str, *roles: str, unit: str = "bureau", mobile: str = "", digest: bool = True) -> Person:
    """An official whose password is GOOD, committed."""
    made = Person(
        kind="official",
        login=login,
        name=f"{login}某",
        mobile=mobile or None,
        password_hash=passwords.hashed(GOOD),
        unit_id=units.by_code(unit).id,
        roles=sorted(roles),
        notices_digest=digest,
    )
    db.session.add(made)
    db.session.commit()
    return made


def admin() -> Actor:
    """An administrator who acts."""
    boss = (
        people.by_login("boss")
        or officials.create(OfficialForm("boss", "管理员", ("admin",)), by=SYSTEM).person
    )
    db.session.commit()
    return actors.actor_of(boss)
