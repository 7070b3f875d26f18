"""Enterprises (企业) register, and invite their people."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from zhitongche.identity import fields, passwords, people, sms_codes, words
from zhitongche.identity.register import LegalRegister, TableRegister
from zhitongche.identity.tables import Enterprise, Membership, Person
from zhitongche.kernel import clock, identifiers
from zhitongche.kernel.errors import Conflict, Invalid, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import current_tenant, db

# Kept, since every page of the portal asks.
_OF_PERSON: Final = (
    select(Enterprise)
    .join(Membership, (Membership.tenant_id == Enterprise.tenant_id) & (Membership.enterprise_id == Enterprise.id))
    .where(Membership.person_id == bindparam("person_id"), Membership.joined_at.is_not(None))
    .order_by(Membership.joined_at)
)


@dataclass(frozen=True, slots=True)
class EnterpriseForm:
    """A registration as filled in; without a password the person signs in by SMS code."""

    credit_code: str
    name: str
    person_name: str
    mobile: str
    password: str = ""
    area: str = ""
    address: str = ""
    legal_person: str = ""
    industry: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A new enterprise and its first person, who is its owner."""

    enterprise: Enterprise
    person: Person


def register(form: EnterpriseForm, code: str, *, legal_register: LegalRegister | None = None) -> Registered:
    """Register with a credit code and a mobile confirmed by an SMS code. RP-2.2.a, RP-2.2.b.

    Raises Invalid (all fields at once), Conflict. That the enterprise or the mobile is known already is only
    told to whoever holds the mobile.
    """
    checked = _checked(form)
    sms_codes.require(checked.mobile, "register", code)
    return _enrol(checked, legal_register)


def enrol(form: EnterpriseForm, *, legal_register: LegalRegister | None = None) -> Registered:
    """Register on the word of an officer, a file or a simulation, without an SMS code; raises like `register`."""
    return _enrol(_checked(form), legal_register)


def record(form: EnterpriseForm, *, legal_register: LegalRegister | None = None) -> Enterprise:
    """The enterprise of a petition taken at the window, by telephone or on a visit: found, or noted down anew.

    It has no person until it registers; only its code and name are asked for. Raises Invalid.
    """
    with fields.collecting() as read:
        code = read.take("credit_code", lambda: identifiers.credit_code(form.credit_code))
        name = read.take("name", lambda: fields.text(form.name, "name", words.ENTERPRISE_NAME_EMPTY, 100))
        area = read.take("area", lambda: fields.optional(form.area, "area", 40)) or ""
        address = read.take("address", lambda: fields.optional(form.address, "address", 200)) or ""
    known = by_code(code)
    return known or _add(EnterpriseForm(code, name, "", "", "", area, address), legal_register)


def standing_for(tenant: str, name: str) -> Enterprise:
    """The one enterprise without a code that stands for all those of a tenant below, until it is known whose a petition is."""
    known = db.session.scalar(select(Enterprise).where(Enterprise.stands_for == tenant))
    if known is None:
        # Two petitions may arrive at once: the first row is everybody's.
        row = insert(Enterprise).values(tenant_id=current_tenant(), id=new_id(), credit_code="", name=name, stands_for=tenant)
        db.session.execute(row.on_conflict_do_nothing(index_elements=["tenant_id", "stands_for"]))
        known = db.session.scalars(select(Enterprise).where(Enterprise.stands_for == tenant)).one()
    return known


def by_code(credit_code: str) -> Enterprise | None:
    """The enterprise with this credit code."""
    return db.session.scalar(select(Enterprise).where(Enterprise.credit_code == credit_code))


def by_id(enterprise_id: UUID) -> Enterprise:
    """The enterprise; raises NotFound."""
    enterprise = db.session.get(Enterprise, (current_tenant(), enterprise_id))
    if enterprise is None:
        raise NotFound
    return enterprise


def of_person(person_id: UUID) -> list[Enterprise]:
    """The enterprises that a person may act for, the oldest first."""
    return list(db.session.scalars(_OF_PERSON, {"person_id": person_id}))


def rematch(enterprise: Enterprise, *, legal_register: LegalRegister | None = None) -> None:
    """Ask the register again, unless people have confirmed the enterprise. RP-2.2.b."""
    if enterprise.match == "confirmed_by_review":
        return
    found = (legal_register or TableRegister()).match(enterprise.credit_code, enterprise.name)
    enterprise.match, enterprise.match_why, enterprise.matched_at = (
        found.state,
        found.why or None,
        clock.now(),
    )
    # What the enterprise told of itself stands; the register fills what it left open.
    enterprise.address = enterprise.address or found.address
    enterprise.legal_person = enterprise.legal_person or found.legal_person


def settle_match(enterprise_id: UUID, *, agreed: bool, why: str = "") -> Enterprise:
    """The register's keeper has looked at a mismatch (二次审核): the enterprise is right, or stays doubtful.

    Raises NotFound, Invalid where there was nothing to review. RP-2.2.b.
    """
    enterprise = by_id(enterprise_id)
    if enterprise.match == "matched":
        raise Invalid({"enterprise": words.NOTHING_TO_REVIEW})
    enterprise.match = "confirmed_by_review" if agreed else "mismatched"
    enterprise.match_why = why.strip() or enterprise.match_why
    enterprise.matched_at = clock.now()
    db.session.flush()
    return enterprise


def _checked(form: EnterpriseForm) -> EnterpriseForm:
    with fields.collecting() as read:
        checked = EnterpriseForm(
            credit_code=read.take("credit_code", lambda: identifiers.credit_code(form.credit_code)),
            name=read.take("name", lambda: fields.text(form.name, "name", words.ENTERPRISE_NAME_EMPTY, 100)),
            person_name=read.take(
                "person_name", lambda: fields.text(form.person_name, "person_name", words.NAME_EMPTY, 40)
            ),
            mobile=read.take("mobile", lambda: identifiers.mobile(form.mobile)),
            password=form.password,
            area=read.take("area", lambda: fields.optional(form.area, "area", 40)) or "",
            address=read.take("address", lambda: fields.optional(form.address, "address", 200)) or "",
            legal_person=read.take(
                "legal_person", lambda: fields.optional(form.legal_person, "legal_person", 40)
            )
            or "",
            industry=read.take("industry", lambda: fields.optional(form.industry, "industry", 60)) or "",
        )
        if form.password:
            personal = (checked.mobile, checked.person_name)
            read.take("password", lambda: passwords.check_rules(form.password, personal=personal))
    return checked


def _enrol(form: EnterpriseForm, legal_register: LegalRegister | None) -> Registered:
    enterprise = by_code(form.credit_code)
    if enterprise is not None and _has_people(enterprise):
        raise Invalid({"credit_code": words.ENTERPRISE_TAKEN})
    if people.by_mobile(form.mobile) is not None:
        raise Invalid({"mobile": words.MOBILE_TAKEN})
    enterprise = enterprise or _add(form, legal_register)
    person = Person(
        kind="enterprise",
        name=form.person_name,
        mobile=form.mobile,
        password_hash=passwords.hashed(form.password) if form.password else None,
    )
    db.session.add(person)
    _flush()
    db.session.add(
        Membership(enterprise_id=enterprise.id, person_id=person.id, role="owner", joined_at=clock.now())
    )
    _flush()
    return Registered(enterprise, person)


def _add(form: EnterpriseForm, legal_register: LegalRegister | None) -> Enterprise:
    enterprise = Enterprise(
        credit_code=form.credit_code,
        name=form.name,
        area=form.area or None,
        address=form.address or None,
        legal_person=form.legal_person or None,
        industry=form.industry or None,
    )
    rematch(enterprise, legal_register=legal_register)
    db.session.add(enterprise)
    _flush()
    return enterprise


def _has_people(enterprise: Enterprise) -> bool:
    return (
        db.session.scalar(select(Membership).where(Membership.enterprise_id == enterprise.id).limit(1))
        is not None
    )


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as clash:
        raise Conflict from clash
