"""Officials' accounts (工作人员账号), kept by the tenant's administrator."""

import re
from dataclasses import dataclass
from uuid import UUID

from zhitongche.flow.facts import Actor
from zhitongche.flow.vocabulary import ROLES
from zhitongche.identity import door_log, fields, passwords, people, units, words
from zhitongche.identity.permissions import require_admin
from zhitongche.identity.tables import Person, Unit
from zhitongche.kernel import identifiers
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.persistence import db

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
# May be given to people of any unit: they keep the system, not the cases.
_ANYWHERE = frozenset({"admin", "operator"})


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """An account as filled in; `unit` is a unit's code or name, `roles` are codes or their Chinese names."""

    login: str
    name: str
    roles: tuple[str, ...]
    unit: str = ""
    mobile: str = ""
    title: str = ""
    digest: bool = True


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account and its first password, which is shown once and kept nowhere."""

    person: Person
    password: str


def create(form: OfficialForm, *, by: Actor, password: str | None = None) -> NewAccount:
    """A new official; without `password` one is invented, to be changed at the first sign-in.

    Raises Invalid (all fields at once), Forbidden.
    """
    require_admin(by)
    values = _read(form, None)
    if password is not None:
        passwords.check_rules(password, personal=(form.login, form.name))
    first = password or passwords.invented()
    person = Person(
        kind="official",
        **values,
        password_hash=passwords.hashed(first),
        must_change_password=password is None,
    )
    db.session.add(person)
    db.session.flush()
    return NewAccount(person, first)


def check(form: OfficialForm) -> None:
    """Raise Invalid with every fault that `create` would find."""
    _read(form, None)


def update(person_id: UUID, form: OfficialForm, *, by: Actor) -> Person:
    """Change an official's name, unit, roles and contact; raises Invalid, Forbidden, NotFound."""
    require_admin(by)
    person = _official(person_id)
    for field, value in _read(form, person).items():
        setattr(person, field, value)
    db.session.flush()
    return person


def deactivate(person_id: UUID, *, by: Actor) -> None:
    """Close an account and end its sessions; what it did stays on the record. Raises Invalid, NotFound."""
    require_admin(by)
    if person_id == by.person_id:
        raise Invalid({"person": words.NOT_YOURSELF})
    person = _official(person_id)
    person.active = False
    person.session_epoch += 1
    door_log.record("deactivated", person.id, by_id=by.person_id)


def activate(person_id: UUID, *, by: Actor) -> None:
    """Open an account again."""
    require_admin(by)
    person = _official(person_id)
    person.active = True
    door_log.record("activated", person.id, by_id=by.person_id)


def reset_password(person_id: UUID, *, by: Actor) -> NewAccount:
    """A new first password for somebody who lost his; his sessions end."""
    require_admin(by)
    person, password = _official(person_id), passwords.invented()
    person.password_hash, person.must_change_password = passwords.hashed(password), True
    person.session_epoch += 1
    door_log.record("password_reset", person.id, by_id=by.person_id)
    return NewAccount(person, password)


def _read(form: OfficialForm, person: Person | None) -> dict[str, object]:
    with fields.collecting() as read:
        unit = read.take("unit", lambda: _unit(form.unit))
        values: dict[str, object] = {
            "login": read.take("login", lambda: _login(form.login, person)),
            "name": read.take("name", lambda: fields.text(form.name, "name", words.NAME_EMPTY, 40)),
            "mobile": read.take(
                "mobile", lambda: identifiers.mobile(form.mobile) if form.mobile.strip() else None
            ),
            "unit_id": unit.id if unit else None,
            "roles": read.take("roles", lambda: _roles(form.roles, unit)),
            "title": read.take("title", lambda: fields.optional(form.title, "title", 40)),
            "notices_digest": form.digest,
        }
    return values


def _login(text: str, person: Person | None) -> str:
    login = fields.folded(text)
    if not _LOGIN.fullmatch(login):
        raise Invalid({"login": words.LOGIN_FORM})
    holder = people.by_login(login)
    if holder is not None and holder is not person:
        raise Invalid({"login": words.LOGIN_TAKEN.format(login=login)})
    return login


def _unit(text: str) -> Unit | None:
    wanted = text.strip()
    if not wanted:
        return None
    for unit in units.listing():
        if wanted in {unit.code, unit.name, unit.short}:
            return unit
    raise Invalid({"unit": words.UNIT_UNKNOWN.format(unit=wanted)})


def roles_held() -> list[tuple[str, str]]:
    """Codes and names of the roles that somebody here may be given, in the order of the vocabulary."""
    held = _ANYWHERE.union(*(unit.roles for unit in units.listing()))
    return [(code, name) for code, name in ROLES.items() if code in held]


def _roles(wanted: tuple[str, ...], unit: Unit | None) -> list[str]:
    codes = {name: code for code, name in ROLES.items()} | {code: code for code in ROLES}
    names = [name.strip() for name in wanted if name.strip()]
    if not names:
        raise Invalid({"roles": words.ROLES_EMPTY})
    for name in names:
        if name not in codes:
            raise Invalid({"roles": words.ROLE_UNKNOWN.format(role=name, known="、".join(name for _, name in roles_held()))})
    roles = sorted({codes[name] for name in names})
    if not unit and not _ANYWHERE.issuperset(roles):
        raise Invalid({"unit": words.UNIT_NEEDED})
    for role in roles:
        if unit and role not in _ANYWHERE and role not in unit.roles:
            raise Invalid({"roles": words.ROLE_NOT_HERE.format(unit=unit.name, role=ROLES[role])})
    return roles


def _official(person_id: UUID) -> Person:
    person = people.by_id(person_id)
    if person.kind != "official":
        raise NotFound
    return person
