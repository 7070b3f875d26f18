"""An official's own account, and acting for an absent colleague on the record."""

from datetime import timedelta

from tests.support.pages import Visitor, forms_of
from tests.zhitongche.desk.conftest import Office
from tests.zhitongche.desk.test_inbox import HANDLER, accept
from zhitongche import journal
from zhitongche.flow.facts import SYSTEM
from zhitongche.identity import officials
from zhitongche.identity.officials import OfficialForm
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import unit_of_work


def press(visitor: Visitor, page: str, ending: str):
    """Press the button whose form goes to an address with this ending."""
    return visitor.send(next(one for one in forms_of(page) if one.action.endswith(ending)))


def entrust(office: Office, absent: str, deputy: str) -> None:
    """The absent official lets a colleague stand in for three days."""
    official = office.at_desk(absent)
    values = {"stand_in": str(office.play.actor(deputy).person_id), "since": "2026-03-06T09:00", "until": "2026-03-09T18:00", "reason": "外出培训"}
    assert official.fill(official.see("/desk/account"), "stand_in", **values).status_code == 303


def acting_for(office: Office, absent: str, deputy: str) -> Visitor:
    entrust(office, absent, deputy)
    official = office.at_desk(deputy)
    answer = press(official, official.see("/desk/account"), f"/act-for/{office.play.actor(absent).person_id}")
    assert answer.status_code == 303
    return official


def test_who_stands_in_acts_with_the_absent_ones_duty_and_the_journal_says_so(raoping: Office) -> None:
    raoping.play.hand_in()
    accept(raoping)
    deputy = acting_for(raoping, HANDLER, "zhujian")
    page = deputy.see("/desk/")
    assert "每一步都会记录为代办" in page
    assert "平台接收" in page
    assert deputy.fill(deputy.see(raoping.do("receive")), "version").status_code == 303
    last = journal.entries(raoping.play.id)[-1]
    assert last.action == "receive"
    assert (last.actor_id, last.on_behalf_of) == (raoping.play.actor("zhujian").person_id, raoping.play.actor(HANDLER).person_id)
    assert "（代handler某）" in deputy.see(raoping.case)


def test_standing_in_ends_at_its_time_and_the_deputy_is_told(raoping: Office, clock: kernel_clock.Simulated) -> None:
    raoping.play.hand_in()
    accept(raoping)
    deputy = acting_for(raoping, HANDLER, "zhujian")
    clock.advance(timedelta(days=4))
    page = deputy.see("/desk/")
    assert "代办期已结束" in page
    assert "平台接收" not in page
    assert deputy.get(raoping.case).status_code == 404


def test_the_deputy_may_return_to_himself_at_any_time(raoping: Office) -> None:
    deputy = acting_for(raoping, HANDLER, "zhujian")
    assert deputy.get("/desk/account/act-for-myself").status_code == 303
    assert "您正在代" not in deputy.see("/desk/")


def test_nobody_can_stand_in_for_whom_he_was_not_named(raoping: Office) -> None:
    raoping.play.handler(HANDLER)
    entrust(raoping, HANDLER, "zhujian")
    intruder = raoping.at_desk("huanggang")
    form = next(one for one in forms_of(intruder.see("/desk/account")) if "stand_in" in one.names)
    answer = intruder.send(form, to=f"/desk/account/act-for/{raoping.play.actor(HANDLER).person_id}")
    assert answer.status_code == 403


def test_the_absent_one_may_end_it_early(raoping: Office) -> None:
    entrust(raoping, HANDLER, "zhujian")
    official = raoping.at_desk(HANDLER)
    assert press(official, official.see("/desk/account"), "/end").status_code == 303
    assert "已提前结束" in official.see("/desk/account")
    assert "现在没有人委托您代办" in raoping.at_desk("zhujian").see("/desk/account")


def test_a_new_password_ends_all_other_sessions_but_not_this_one(raoping: Office) -> None:
    with unit_of_work():
        made = officials.create(OfficialForm("linxm", "林晓敏", ("triage",), "zhengshu"), by=SYSTEM)
        login, first = made.person.login, made.password
    here, there = raoping.visitor(), raoping.visitor()
    for visitor in (here, there):
        visitor.fill(visitor.see("/desk/sign-in"), "login", login=login, password=first)
    page = here.see("/desk/account/password")
    twice = here.fill(page, "old", old=first, new="another1plumtree", again="another1plumtre")
    assert "两次输入的新密码不一致" in twice.get_data(as_text=True)
    assert here.fill(page, "old", old=first, new="another1plumtree", again="another1plumtree").status_code == 303
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302


def test_the_digest_of_messages_is_the_officials_own_choice(raoping: Office) -> None:
    official = raoping.at_desk("triage")
    page = official.see("/desk/account")
    form = next(one for one in forms_of(page) if one.action.endswith("/digest"))
    assert official.send(form, digest="no").status_code == 303
    assert "逐条即时发送" in official.see("/desk/account")
