from dataclasses import replace
from uuid import UUID

import pytest

from tests.zhitongche.identity import world
from zhitongche.flow.facts import Actor
from zhitongche.identity import actors, enterprises, members, people, sign_in, sms_codes, words
from zhitongche.identity.enterprises import EnterpriseForm, Registered
from zhitongche.identity.register import Match
from zhitongche.identity.tables import LegalEntity, Person
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound
from zhitongche.persistence import TenantSession, db, tenant_scope, unit_of_work

MOBILE, COLLEAGUE = "13800001234", "13800005678"
FORM = EnterpriseForm(
    world.CREDIT.lower(), f" {world.FIRM} ", "陈静", "138 0000 1234", world.GOOD, industry="陶瓷"
)


class Says:
    """A register that says one thing."""

    def __init__(self, match: Match) -> None:
        self._match = match

    def match(self, credit_code: str, name: str) -> Match:
        return self._match


def code(mobile: str = MOBILE, purpose: str = "register") -> str:
    with unit_of_work():
        return sms_codes.issue(mobile, purpose)


def registered() -> Registered:
    with unit_of_work():
        return enterprises.enrol(FORM)


def owner(made: Registered) -> Actor:
    return actors.actor_of(made.person)


def joined(made: Registered, mobile: str = COLLEAGUE) -> Person:
    with unit_of_work():
        members.invite(made.enterprise.id, name="林工", mobile=mobile, by=owner(made))
    received = code(mobile, "sign_in")
    with unit_of_work():
        return sign_in.enterprise(mobile, code=received)


@pytest.mark.clause("RP-2.2.a")
@pytest.mark.clause("ST-3.1.1")
def test_an_enterprise_registers_with_its_credit_code_and_a_mobile_confirmed_by_sms(
    tenant: TenantSession,
) -> None:
    received = code()
    with unit_of_work():
        made = enterprises.register(FORM, received)
    assert (made.enterprise.credit_code, made.enterprise.name) == (world.CREDIT, world.FIRM)
    actor = actors.actor_of(sign_in.enterprise(MOBILE, password=world.GOOD))
    assert (actor.kind, actor.enterprise_id, actor.roles) == ("enterprise", made.enterprise.id, frozenset())


def test_without_the_right_code_nothing_is_registered(tenant: TenantSession) -> None:
    code()
    with pytest.raises(Invalid) as refused, unit_of_work():
        enterprises.register(FORM, "nocode")
    assert refused.value.errors == {"code": words.WRONG_CODE}
    assert enterprises.by_code(world.CREDIT) is None


def test_every_fault_of_a_registration_is_told_at_once_and_the_code_stays_good(tenant: TenantSession) -> None:
    received = code()
    bad = replace(
        FORM, credit_code="91440500617540496X", name="", person_name="", password="short", address="x" * 201
    )
    with pytest.raises(Invalid) as refused, unit_of_work():
        enterprises.register(bad, received)
    assert set(refused.value.errors) == {"credit_code", "name", "person_name", "password", "address"}
    with unit_of_work():
        assert enterprises.register(FORM, received)


def test_who_does_not_hold_the_mobile_learns_nothing_about_its_account(tenant: TenantSession) -> None:
    registered()
    for form in (FORM, replace(FORM, credit_code=world.OTHER_CREDIT)):
        with pytest.raises(Invalid) as refused, unit_of_work():
            enterprises.register(form, "000000")
        assert refused.value.errors == {"code": words.WRONG_CODE}


def test_whoever_holds_the_mobile_is_told_that_it_or_the_enterprise_is_registered(
    tenant: TenantSession,
) -> None:
    registered()
    received = code()
    with pytest.raises(Invalid) as refused, unit_of_work():
        enterprises.register(replace(FORM, credit_code=world.OTHER_CREDIT), received)
    assert refused.value.errors == {"mobile": words.MOBILE_TAKEN}
    received = code(COLLEAGUE)
    with pytest.raises(Invalid) as refused, unit_of_work():
        enterprises.register(replace(FORM, mobile=COLLEAGUE), received)
    assert refused.value.errors == {"credit_code": words.ENTERPRISE_TAKEN}


def test_an_enterprise_noted_down_by_an_officer_registers_later_as_the_same(tenant: TenantSession) -> None:
    with unit_of_work():
        noted = enterprises.record(FORM)
        assert enterprises.record(replace(FORM, name="别的名称")) is noted
    assert registered().enterprise.id == noted.id


def test_the_same_enterprise_is_another_one_in_another_tenant(tenant: TenantSession) -> None:
    registered()
    with tenant_scope("beta"):
        assert enterprises.by_code(world.CREDIT) is None
        assert people.by_mobile(MOBILE) is None
        registered()


def test_a_colleague_joins_by_signing_in_with_the_invited_mobile(tenant: TenantSession) -> None:
    made = registered()
    with unit_of_work():
        invited = members.invite(made.enterprise.id, name="林工", mobile=COLLEAGUE, by=owner(made))
    with pytest.raises(Forbidden):
        actors.actor_of(invited)
    received = code(COLLEAGUE, "sign_in")
    with unit_of_work():
        sign_in.enterprise(COLLEAGUE, code=received)
    assert actors.actor_of(invited).enterprise_id == made.enterprise.id
    assert [
        (person.mobile, membership.role) for person, membership in members.listing(made.enterprise.id)
    ] == [
        (MOBILE, "owner"),
        (COLLEAGUE, "member"),
    ]


def test_only_an_owner_invites_and_removes(tenant: TenantSession) -> None:
    made = registered()
    member = actors.actor_of(joined(made))
    with pytest.raises(Forbidden):
        members.invite(made.enterprise.id, name="某", mobile="13800007777", by=member)
    with pytest.raises(Forbidden):
        members.remove(made.enterprise.id, made.person.id, by=member)
    with pytest.raises(Invalid):
        members.invite(made.enterprise.id, name="林工", mobile=COLLEAGUE, by=owner(made))


def test_an_enterprise_is_never_left_without_an_owner(tenant: TenantSession) -> None:
    made = registered()
    boss, colleague = owner(made), joined(made)
    with pytest.raises(Invalid) as refused:
        members.remove(made.enterprise.id, made.person.id, by=boss)
    assert refused.value.errors == {"person": words.LAST_OWNER}
    members.make_owner(made.enterprise.id, colleague.id, by=boss)
    members.remove(made.enterprise.id, made.person.id, by=boss)
    with pytest.raises(Forbidden):
        actors.actor_of(made.person)


def test_a_person_acts_only_for_enterprises_joined(tenant: TenantSession) -> None:
    made = registered()
    with unit_of_work():
        other = enterprises.enrol(EnterpriseForm(world.OTHER_CREDIT, "另一公司", "吴", "13800009999"))
        members.invite(other.enterprise.id, name="陈静", mobile=MOBILE, by=actors.actor_of(other.person))
    with pytest.raises(Forbidden):
        actors.actor_of(made.person, enterprise_id=other.enterprise.id)
    with unit_of_work():
        members.join(made.person.id)
    assert (
        actors.actor_of(made.person, enterprise_id=other.enterprise.id).enterprise_id == other.enterprise.id
    )
    assert len(enterprises.of_person(made.person.id)) == 2


@pytest.mark.clause("RP-2.2.b")
def test_what_the_register_knows_of_a_matching_enterprise_fills_what_it_left_open(tenant: TenantSession) -> None:
    db.session.add(LegalEntity(credit_code=world.CREDIT, name=world.FIRM, legal_person="张海", address="示例路1号"))
    db.session.commit()
    made = enterprises.enrol(replace(FORM, address="仓库在示例路9号")).enterprise
    assert (made.match, made.legal_person, made.address) == ("matched", "张海", "仓库在示例路9号")
    db.session.rollback()
    assert registered().enterprise.address == "示例路1号"


@pytest.mark.clause("RP-2.2.b")
def test_an_enterprise_that_does_not_match_is_told_nothing_of_the_register(tenant: TenantSession) -> None:
    db.session.add(LegalEntity(credit_code=world.CREDIT, name="别家有限公司", legal_person="张海", address="示例路1号"))
    db.session.commit()
    made = registered().enterprise
    assert (made.match, made.legal_person, made.address) == ("mismatched", None, None)


@pytest.mark.clause("RP-2.2.b")
@pytest.mark.parametrize("state", ["matched", "mismatched", "unknown"])
def test_what_the_register_says_is_kept_with_the_enterprise(tenant: TenantSession, state: str) -> None:
    made = enterprises.enrol(FORM, legal_register=Says(Match(state, "因为"))).enterprise
    assert (made.match, made.match_why, made.matched_at is not None) == (state, "因为", True)


@pytest.mark.clause("RP-2.2.b")
def test_a_mismatch_is_settled_by_a_second_review_which_the_register_does_not_overrule(
    tenant: TenantSession,
) -> None:
    made = enterprises.enrol(FORM, legal_register=Says(Match("mismatched", "名称不符"))).enterprise
    enterprises.settle_match(made.id, agreed=False, why="执照过期")
    assert (made.match, made.match_why) == ("mismatched", "执照过期")
    enterprises.settle_match(made.id, agreed=True)
    enterprises.rematch(made, legal_register=Says(Match("mismatched")))
    assert made.match == "confirmed_by_review"


@pytest.mark.clause("RP-2.2.b")
def test_what_matches_needs_no_review(tenant: TenantSession) -> None:
    made = enterprises.enrol(FORM, legal_register=Says(Match("matched"))).enterprise
    with pytest.raises(Invalid):
        enterprises.settle_match(made.id, agreed=True)
    with pytest.raises(NotFound):
        enterprises.settle_match(UUID(int=1), agreed=True)
