"""What an enterprise sees of its petition, and what it does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.stage import Play
from zhitongche.casework.queries import mine, tracking
from zhitongche.casework.queries.mine import Asked
from zhitongche.casework.queries.tracking_view import Tracking
from zhitongche.casework.tables import Attachment
from zhitongche.casework.uploads import Upload
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel import ids
from zhitongche.kernel.errors import NotFound
from zhitongche.persistence import db

OTHER = "91440300708461136T"
SECRET = "机密内部意见"


def seen(play: Play, who: str = "enterprise") -> Tracking:
    db.session.expire_all()
    return tracking.track(play.id, play.people[who])


def everything(tracked: Tracking) -> str:
    """All words of the page."""
    parts: list[Any] = [tracked.stage, tracked.holder, tracked.lead, *tracked.co]
    for event in tracked.events:
        parts += [event.title, event.text, event.who, event.clause]
    parts += [part for limit in tracked.limits for part in (limit.what, limit.who)]
    return " ".join(parts)


@pytest.fixture
def leads(raoping: Play) -> list[str]:
    return [unit.code for unit in raoping.pack.units if "handler" in unit.roles]


def accept(play: Play, lead: str, *co: str) -> None:
    play.hand_in()
    ground = next(iter(play.pack.grounds_accept))
    play.act("accept", "triage", accept_ground=ground, lead=play.unit(lead), co=[play.unit(c) for c in co], opinion=SECRET)


@pytest.mark.clause("RP-2.3.a")
def test_it_says_who_has_it_what_is_owed_next_by_when_and_on_which_rule(raoping: Play, leads: list[str]) -> None:
    raoping.hand_in()
    shown = seen(raoping)
    assert shown.next is not None
    assert (shown.next.what, shown.next.clause) == ("甄别交办", "RP-2.3.a")
    assert shown.next.who == shown.holder == raoping.pack.department
    assert shown.next.due == raoping.clock("screen").due_at
    assert shown.phases[shown.current] == "受理审核"


@pytest.mark.clause("RP-2.3.c")
def test_an_objection_is_told_only_as_the_unit_being_settled(raoping: Play, leads: list[str]) -> None:
    accept(raoping, leads[3])
    raoping.act("object", leads[3], should_be=raoping.unit(leads[5]), reason=f"{SECRET}：不属本单位职责")
    shown = seen(raoping)
    assert shown.stage == "正在核定主办单位"
    text = everything(shown)
    assert "异议" not in text
    assert SECRET not in text
    proposed = next(unit.name for unit in raoping.pack.units if unit.code == leads[5])
    assert proposed not in text
    assert "核定主办单位" in {limit.what for limit in shown.limits}


@pytest.mark.clause("ST-5.1")
def test_no_opinion_note_or_name_of_an_official_reaches_the_enterprise(raoping: Play, leads: list[str]) -> None:
    lead, co = leads[3], leads[4]
    accept(raoping, lead, co)
    raoping.act("receive", lead)
    raoping.act("contact", lead, how="phone", happened=kernel_clock.now(), with_whom="某经理", text=SECRET)
    raoping.act("reply_part", co, reply=f"{SECRET}：协办意见")
    raoping.act("urge", "supervision", text=SECRET)
    raoping.act("reply", lead, reply=f"{SECRET}：拟这样答复", resolution="resolved")
    shown = seen(raoping)
    text = everything(shown)
    assert SECRET not in text
    assert not [person.name for person in raoping.people.values() if person.kind == "official" and person.name in text]
    assert shown.answer is None, "a reply still to be reviewed is no answer yet"


@pytest.mark.clause("RP-2.8.b")
def test_the_answer_is_the_bureaus_and_a_later_final_decision_stands_above_it(raoping: Play, leads: list[str]) -> None:
    lead = leads[3]
    accept(raoping, lead)
    raoping.act("receive", lead)
    raoping.act("reply", lead, reply="承办单位的内部意见", resolution="resolved")
    raoping.act("answer", "triage", reply="统一回复：月底前修复。")
    answered = seen(raoping)
    assert answered.answer is not None
    assert answered.answer.text == "统一回复：月底前修复。"
    raoping.act("rate", "enterprise", satisfaction="unsatisfied", text="还没有修好")
    raoping.act("pass_on", "triage")
    raoping.act("contact", lead, how="phone", happened=kernel_clock.now(), text="已沟通")
    raoping.act("finalise", lead, reply="最后决定：本周内完成。")
    final = seen(raoping)
    assert final.answer is not None
    assert (final.answer.text, final.answer.final) == ("最后决定：本周内完成。", True)
    assert [event.text for event in final.events if event.answer] == ["最后决定：本周内完成。", "统一回复：月底前修复。"]


def test_a_reply_that_was_sent_back_stays_unseen_even_after_withdrawal(raoping: Play, leads: list[str]) -> None:
    accept(raoping, leads[3])
    raoping.act("receive", leads[3])
    raoping.act("reply", leads[3], reply=f"{SECRET}：未经审核的意见", resolution="resolved")
    raoping.act("withdraw", "enterprise", reason="问题已经解决")
    shown = seen(raoping)
    assert shown.petition.outcome == "withdrawn"
    assert shown.answer is None
    assert SECRET not in everything(shown)
    assert shown.phases == ("已提交", "受理审核", "部门办理", "企业撤回")


@pytest.mark.clause("RP-2.10.b")
def test_a_default_rating_is_shown_as_one(raoping: Play, leads: list[str], clock: kernel_clock.Simulated) -> None:
    accept(raoping, leads[3])
    raoping.act("receive", leads[3])
    raoping.act("reply", leads[3], reply="已安排修复。", resolution="resolved")
    raoping.act("answer", "triage", reply="已安排修复。")
    clock.advance(timedelta(days=6))
    raoping.sweep()
    (given,) = seen(raoping).ratings
    assert (given.by, given.label) == ("default", "逾期未评价，系统记为默认满意")


@pytest.mark.clause("RP-2.3.g")
def test_a_refusal_shows_its_ground_and_its_reason(raoping: Play) -> None:
    raoping.hand_in()
    ground = next(iter(raoping.pack.grounds_refuse.values()))
    raoping.act("refuse", "triage", refusal_ground=ground.code, reason="该纠纷已由法院立案")
    shown = seen(raoping)
    assert shown.events[0].text == f"{ground.name}\n该纠纷已由法院立案"
    assert shown.phases == ("已提交", "受理审核", "不予受理")
    assert shown.ended
    assert shown.next is None


@pytest.mark.clause("ST-3.2.b")
def test_the_city_names_the_lead_unit_only_with_the_letter_and_then_its_number(shantou: Play) -> None:
    leads = [unit.code for unit in shantou.pack.units if "handler" in unit.roles]
    shantou.hand_in()
    ground, category = next(iter(shantou.pack.grounds_accept)), next(iter(shantou.pack.categories))
    shantou.act("propose", "triage", accept_ground=ground, category=category, proposed=shantou.unit(leads[3]))
    shantou.act("confirm", leads[3])
    shantou.act("fix", "triage", lead=shantou.unit(leads[3]), opinion=SECRET)
    name = next(unit.name for unit in shantou.pack.units if unit.code == leads[3])
    before = seen(shantou)
    assert name not in everything(before)
    assert SECRET not in everything(before)
    shantou.act("issue", "triage")
    after = seen(shantou)
    assert after.lead == name
    assert after.events[0].title == f"已交{name}办理"
    assert str(shantou.petition.letter_number) in after.events[0].text


@pytest.mark.clause("ST-2.c")
def test_a_joined_petition_shows_the_main_ones_progress_and_answer(raoping: Play, leads: list[str]) -> None:
    accept(raoping, leads[3])
    main = raoping.id
    raoping.act("receive", leads[3])
    raoping.hand_in(title="门口道路什么时候修")
    raoping.act("join", "triage", into=str(main))
    joined, raoping.petition_id = raoping.id, main
    raoping.act("reply", leads[3], reply="已安排修复。", resolution="resolved")
    raoping.act("answer", "triage", reply="统一回复：月底前修复。")
    raoping.petition_id = joined
    shown = seen(raoping)
    assert shown.phases[-1] == "并入在办件"
    assert shown.main is not None
    assert shown.main.answer is not None
    assert shown.main.answer.text == "统一回复：月底前修复。"


@pytest.mark.clause("ST-5.1")
def test_a_foreign_petition_is_as_missing_as_one_that_never_was(raoping: Play) -> None:
    stranger = raoping.enterprise_person(OTHER, "乙公司", "13800005678")
    raoping.hand_in()
    for petition in (raoping.id, ids.new_id()):
        with pytest.raises(NotFound) as refused:
            tracking.track(petition, stranger)
        assert refused.value.message == NotFound().message
    assert mine.listing(stranger, Asked()).rows == ()
    assert mine.listing(stranger, Asked(words="道路")).rows == ()
    assert mine.alike(stranger, raoping.petition.title, raoping.petition.content) == []


@pytest.mark.clause("ST-5.1")
def test_only_own_files_and_those_of_an_answer_can_be_fetched(shantou: Play) -> None:
    leads = [unit.code for unit in shantou.pack.units if "handler" in unit.roles]
    text = Upload("说明.txt", "说明".encode())
    shantou.hand_in(files=[text])
    ground, category = next(iter(shantou.pack.grounds_accept)), next(iter(shantou.pack.categories))
    shantou.act("propose", "triage", accept_ground=ground, category=category, proposed=shantou.unit(leads[3]))
    shantou.act("confirm", leads[3])
    shantou.act("fix", "triage", lead=shantou.unit(leads[3]), opinion="请办理")
    shantou.act("issue", "triage")
    shantou.act("contact", leads[3], how="visit", happened=kernel_clock.now(), text="现场", files=[Upload("内部记录.txt", b"inner")])
    shantou.act("reply", leads[3], reply="已办结，详见附件。", resolution="resolved", files=[Upload("答复.txt", b"answer")])
    rows = {row.name: row.id for row in db.session.scalars(select(Attachment))}
    assert {file.name: file.ours for file in seen(shantou).files} == {"说明.txt": True, "答复.txt": False}
    enterprise = shantou.people["enterprise"]
    assert tracking.file(shantou.id, rows["答复.txt"], enterprise).name == "答复.txt"
    with pytest.raises(NotFound):
        tracking.file(shantou.id, rows["内部记录.txt"], enterprise)


def test_a_limit_that_was_missed_says_so_and_one_between_officials_is_not_told(shantou: Play, clock: kernel_clock.Simulated) -> None:
    shantou.hand_in()
    clock.advance(timedelta(days=10))
    shantou.sweep()
    shown = seen(shantou)
    assert [limit.missed for limit in shown.limits if limit.what == "研判分流"] == [True]
    assert "超过时限：研判分流" in {event.title for event in shown.events}
    assert "approve_key" not in tracking.public_clocks(shantou.pack.flow)
    assert set(shantou.pack.flow.clocks) - set(tracking.public_clocks(shantou.pack.flow)) == {"approve_key"}


def test_the_list_has_open_petitions_first_and_pages_without_gap_or_repeat(raoping: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine, "PAGE", 3)
    numbers = [raoping.hand_in(title=f"第{n}件诉求的标题").number for n in range(7)]
    closed = numbers[::2]
    for number in closed:
        raoping.petition_id = next(row.id for row in all_rows(raoping) if row.number == number)
        raoping.act("withdraw", "enterprise", reason="问题已经解决")
    rows = [row.number for row in all_rows(raoping)]
    assert rows == [*numbers[1::2][::-1], *closed[::-1]]
    assert [row.number for row in mine.listing(raoping.people["enterprise"], Asked(state="closed")).rows] == closed[::-1][:3]


def all_rows(play: Play) -> list[mine.Row]:
    rows: list[mine.Row] = []
    after: str | None = None
    while True:
        page = mine.listing(play.people["enterprise"], Asked(), after)
        rows += page.rows
        after = page.after
        if after is None:
            return rows


def test_what_waits_for_the_enterprise_is_counted_until_it_has_rated(shantou: Play) -> None:
    leads = [unit.code for unit in shantou.pack.units if "handler" in unit.roles]
    shantou.hand_in()
    ground, category = next(iter(shantou.pack.grounds_accept)), next(iter(shantou.pack.categories))
    shantou.act("propose", "triage", accept_ground=ground, category=category, proposed=shantou.unit(leads[3]))
    shantou.act("confirm", leads[3])
    shantou.act("fix", "triage", lead=shantou.unit(leads[3]), opinion="请办理")
    shantou.act("issue", "triage")
    shantou.act("contact", leads[3], how="visit", happened=kernel_clock.now(), text="现场")
    enterprise = shantou.people["enterprise"]
    assert mine.waiting_count(enterprise) == 0
    shantou.act("reply", leads[3], reply="已办结。", resolution="resolved")
    assert mine.waiting_count(enterprise) == 1
    shantou.act("rate", "enterprise", satisfaction="satisfied")
    assert mine.waiting_count(enterprise) == 0
