"""ST-2 and ST-3: accepting, refusing, duplicates, transfer, limits, supervision, call-back, records."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from tests.support.stage import Play
from tests.zhitongche.casework.test_shantou_way import LEAD, contacted, transferred
from zhitongche.casework import replay
from zhitongche.casework.queries import contacts, oversight
from zhitongche.casework.tables import Petition, Record
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Forbidden, Invalid, Refused
from zhitongche.outbox.tables import Outbox
from zhitongche.persistence import db, unit_of_work
from zhitongche.supervision import monthly, run_routines


def local(moment) -> str:
    """As a person in China reads it."""
    return f"{kernel_clock.local(moment):%Y-%m-%d %H:%M}"


@pytest.mark.clause("ST-0")
@pytest.mark.clause("ST-1.1.1")
def test_the_loop_closes_and_every_action_names_its_clause(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    contacted(shantou, clock)
    shantou.act("urge", "triage", text="请按时办结")
    shantou.act("reply", LEAD, reply="已完成整改。", resolution="resolved")
    shantou.act("call_back", "triage", how="phone", happened=clock.now(), with_whom="陈静", satisfaction="satisfied")
    assert shantou.petition.outcome == "resolved"
    assert all(action.clause for action in shantou.pack.flow.actions.values())


@pytest.mark.clause("ST-2.a")
def test_accepting_records_which_of_three_grounds_applies(shantou: Play) -> None:
    shantou.hand_in()
    assert len(shantou.pack.grounds_accept) == 3
    with pytest.raises(Invalid) as refused:
        shantou.act("propose", "triage", category="complaint", proposed=shantou.unit(LEAD))
    assert set(refused.value.errors) == {"accept_ground"}
    ground = next(iter(shantou.pack.grounds_accept))
    shantou.act("propose", "triage", accept_ground=ground, category="complaint", proposed=shantou.unit(LEAD))
    assert shantou.petition.accept_ground == ground


@pytest.mark.clause("ST-2.b")
def test_a_refusal_rests_on_one_of_ten_grounds_with_a_reason_in_words(shantou: Play) -> None:
    assert len(shantou.pack.grounds_refuse) == 10
    shantou.hand_in()
    ground = list(shantou.pack.grounds_refuse)[5]
    with pytest.raises(Invalid) as refused:
        shantou.act("refuse", "triage", refusal_ground=ground, reason="  ")
    assert set(refused.value.errors) == {"reason"}
    shantou.act("refuse", "triage", refusal_ground=ground, reason="请直接拨打紧急电话")
    assert shantou.petition.outcome == "refused"
    assert replay.broken(shantou.id) == []


@pytest.mark.clause("ST-2.b")
def test_a_petition_already_with_a_unit_can_no_longer_be_refused(shantou: Play) -> None:
    transferred(shantou)
    with pytest.raises(Refused) as refused:
        shantou.act("refuse", "triage", refusal_ground=next(iter(shantou.pack.grounds_refuse)), reason="不属受理范围")
    assert refused.value.clause == "ST-2.b"


@pytest.mark.clause("ST-2.c")
def test_a_duplicate_joins_the_open_petition_goes_to_its_unit_and_is_not_new(shantou: Play) -> None:
    transferred(shantou)
    first = shantou.id
    shantou.hand_in(title="还是厂区门口道路破损的问题")
    second = shantou.id
    shantou.act("join", "triage", into=str(first))
    assert (shantou.petition.outcome, shantou.petition.joined_into) == ("joined", first)
    passed = db.session.scalars(select(Record).where(Record.petition_id == first, Record.kind == "supplement")).all()
    assert "还是厂区门口" in passed[0].text
    fresh = select(func.count()).select_from(Petition).where(Petition.joined_into.is_(None))
    assert db.session.scalar(fresh) == 1
    assert replay.broken(second) == []


@pytest.mark.clause("ST-2.c")
def test_a_petition_cannot_join_itself_or_another_enterprises(shantou: Play) -> None:
    shantou.hand_in()
    with pytest.raises(Invalid):
        shantou.act("join", "triage", into=str(shantou.id))


@pytest.mark.clause("ST-3.1.2")
def test_what_12345_could_not_resolve_enters_the_register_with_source_time_and_matter(shantou: Play) -> None:
    shantou.hand_in("hotline", source="hotline", order_number="GD2026030512", first_received="2026-03-05T16:20",
                    handled_by="直派市住建局，未能解决", matter=next(iter(shantou.pack.matters)))  # fmt: skip
    petition = shantou.petition
    assert petition.source_facts["order_number"] == "GD2026030512"
    assert petition.source_facts["first_received"].startswith("2026-03-05T08:20")
    assert petition.matter == next(iter(shantou.pack.matters))
    assert shantou.petition.stage == "analysing"


@pytest.mark.clause("ST-3.1.3")
def test_a_petition_collected_on_a_visit_notes_the_visit(shantou: Play) -> None:
    with pytest.raises(Invalid) as refused:
        shantou.hand_in("triage", source="visit", visited_at="2026-03-05T10:00")
    assert set(refused.value.errors) == {"visited_by", "visit_note"}
    shantou.hand_in("triage", source="visit", visited_at="2026-03-05T10:00", visited_by="王科长", visit_note="调研座谈时提出")
    assert shantou.petition.source == "visit"
    with pytest.raises(Forbidden):
        shantou.hand_in("reviewer", source="visit", visited_at="2026-03-05T10:00", visited_by="王科长", visit_note="调研")


@pytest.mark.clause("ST-3.2.a")
@pytest.mark.parametrize(("unit", "due"), [(LEAD, "2026-03-09 17:30"), ("jinping", "2026-03-10 17:30")])
def test_a_unit_confirms_within_one_working_day_and_a_district_within_two(shantou: Play, unit: str, due: str) -> None:
    shantou.hand_in()
    ground = next(iter(shantou.pack.grounds_accept))
    shantou.act("propose", "triage", accept_ground=ground, category="complaint", proposed=shantou.unit(unit))
    confirm = shantou.running()["confirm"]
    assert local(confirm.due_at)[:10] == due[:10]
    assert confirm.clause == "ST-3.2.a"


@pytest.mark.clause("ST-3.2.a")
def test_a_unit_that_does_not_take_it_says_why(shantou: Play) -> None:
    shantou.hand_in()
    ground = next(iter(shantou.pack.grounds_accept))
    shantou.act("propose", "triage", accept_ground=ground, category="complaint", proposed=shantou.unit(LEAD))
    with pytest.raises(Invalid):
        shantou.act("decline", LEAD)
    shantou.act("decline", LEAD, reason="不属本单位职责，建议交通部门")
    assert (shantou.petition.stage, shantou.petition.proposed_unit_id) == ("analysing", None)
    assert replay.broken(shantou.id) == []


@pytest.mark.clause("ST-3.2.b")
def test_a_leader_who_does_not_agree_says_why(shantou: Play) -> None:
    shantou.hand_in()
    ground = next(iter(shantou.pack.grounds_accept))
    shantou.act("propose", "triage", accept_ground=ground, category="complaint", proposed=shantou.unit(LEAD))
    shantou.act("confirm", LEAD)
    shantou.act("fix", "triage", lead=shantou.unit(LEAD), opinion="需市领导协调", leader_needed="y")
    with pytest.raises(Invalid) as refused:
        shantou.act("approve", "leader", verdict="disagree")
    assert set(refused.value.errors) == {"opinion"}
    shantou.act("approve", "leader", verdict="disagree", opinion="请补充牵头单位意见")
    assert shantou.petition.stage == "confirmed"


@pytest.mark.clause("ST-3.2.b")
def test_a_letter_goes_out_only_after_the_leader_approved_where_one_is_needed(shantou: Play) -> None:
    shantou.hand_in()
    ground = next(iter(shantou.pack.grounds_accept))
    shantou.act("propose", "triage", accept_ground=ground, category="complaint", proposed=shantou.unit(LEAD))
    shantou.act("confirm", LEAD)
    shantou.act("fix", "triage", lead=shantou.unit(LEAD), opinion="需市领导协调", leader_needed="y")
    assert shantou.petition.stage == "awaiting_leader"
    with pytest.raises(Refused) as refused:
        shantou.act("issue", "triage")
    assert refused.value.clause == "ST-3.2.b"
    with pytest.raises(Forbidden):
        shantou.act("approve", "triage", verdict="agree")
    shantou.act("approve", "leader", verdict="agree", opinion="同意，抓紧办理")
    shantou.act("issue", "triage")
    assert shantou.petition.letter_number == "汕企直转〔2026〕1号"
    assert "抓紧" not in (shantou.petition.letter_text or "")


@pytest.mark.clause("ST-3.2.b")
def test_letters_are_numbered_without_gaps_and_keep_their_text(shantou: Play) -> None:
    numbers = []
    for _ in range(3):
        transferred(shantou)
        numbers.append(shantou.petition.letter_number)
    assert numbers == [f"汕企直转〔2026〕{n}号" for n in (1, 2, 3)]
    text = shantou.petition.letter_text or ""
    assert shantou.petition.number in text
    assert "请按职责办理" in text


@pytest.mark.clause("ST-3.3.a")
def test_the_unit_contacts_the_enterprise_within_one_working_day(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    assert local(shantou.running()["contact"].due_at)[:10] == "2026-03-09"
    contacted(shantou, clock)
    assert "contact" not in shantou.running()


@pytest.mark.clause("ST-3.3.a")
def test_a_co_organizers_contact_does_not_count_as_the_lead_units(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou, co=("gongxin",))
    contacted(shantou, clock, "gongxin")
    assert "contact" in shantou.running()


@pytest.mark.clause("ST-3.3.b")
@pytest.mark.parametrize(
    ("category", "day"), [("consultation", "2026-03-09"), ("suggestion", "2026-03-10"), ("complaint", "2026-03-11")]
)
def test_the_limit_to_finish_follows_the_category(shantou: Play, category: str, day: str) -> None:
    transferred(shantou, category)
    assert local(shantou.running()["finish"].due_at)[:10] == day


@pytest.mark.clause("ST-3.4.a")
def test_research_on_site_is_noted_and_told_to_the_unit(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    shantou.act("research", "triage", happened=clock.now(), text="现场查看，建议先行便道")
    note = db.session.scalars(select(Record).where(Record.kind == "note")).one()
    assert "便道" in note.text
    assert any(p["message"] == "researched" for p in db.session.scalars(select(Outbox.payload).where(Outbox.topic == "notice")))


@pytest.mark.clause("ST-3.4.b")
def test_a_report_is_due_on_the_working_day_before_a_thursday_that_is_off(shantou: Play, clock: kernel_clock.Simulated) -> None:
    clock.set(kernel_clock.on(kernel_clock.local_date(clock.now()).replace(month=9, day=28), kernel_clock.local(clock.now()).time()))
    transferred(shantou)
    assert local(shantou.running()["progress"].due_at)[:10] == "2026-09-30"


@pytest.mark.clause("ST-3.5")
def test_on_the_25th_the_unfinished_are_listed_once_by_the_machine(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    with unit_of_work():
        run_routines()
    assert monthly.lists() == []
    clock.set(kernel_clock.on(kernel_clock.local_date(clock.now()).replace(day=25)))
    for _ in range(2):
        with unit_of_work():
            run_routines()
    (made,) = monthly.lists()
    (item,) = monthly.items_of(made.id)
    assert (item.petition_id, item.days_late > 0) == (shantou.id, True)


@pytest.mark.clause("ST-3.5")
def test_a_delayed_petition_is_on_the_key_list_only_once_approved(shantou: Play) -> None:
    transferred(shantou)
    shantou.act("propose_key", "triage", reason="逾期两周，进展滞后")
    assert shantou.petition.key_state == "proposed"
    with pytest.raises(Forbidden):
        shantou.act("approve_key", "triage", verdict="agree")
    shantou.act("approve_key", "leader", verdict="agree")
    assert shantou.petition.key_state == "approved"
    with pytest.raises(Refused):
        shantou.act("propose_key", "triage", reason="再次提请列入")


@pytest.mark.clause("ST-3.6.a")
def test_a_call_back_says_how_when_and_with_whom(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    contacted(shantou, clock)
    shantou.act("reply", LEAD, reply="已完成整改。", resolution="resolved")
    with pytest.raises(Invalid) as refused:
        shantou.act("call_back", "triage", satisfaction="satisfied", happened=clock.now() + timedelta(hours=1))
    assert set(refused.value.errors) == {"how", "happened", "with_whom"}
    shantou.act("call_back", "triage", how="phone", happened=clock.now(), with_whom="陈静", satisfaction="unsatisfied")
    assert shantou.petition.stage == "unsettled"
    shantou.act("send_back", "triage", reason="企业反映问题依旧")
    assert (shantou.petition.stage, "redo" in shantou.running()) == ("handling", True)


@pytest.mark.clause("ST-3.6.b")
def test_exemplary_handling_and_buck_passing_are_marked_with_reasons(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    contacted(shantou, clock)
    shantou.act("report_fault", "triage", reason="多次推诿，未联系企业")
    shantou.act("reply", LEAD, reply="已完成整改。", resolution="resolved")
    shantou.act("call_back", "triage", how="phone", happened=clock.now(), with_whom="陈静", satisfaction="satisfied")
    shantou.act("commend", "triage", reason="三天内协调四部门解决")
    assert (shantou.petition.faulted, shantou.petition.commended) == (True, True)
    assert shantou.petition.outcome == "resolved"


@pytest.mark.clause("ST-5.2")
def test_every_contact_leaves_a_record_that_nobody_can_change(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    contacted(shantou, clock)
    record = db.session.scalars(select(Record).where(Record.kind == "contact")).one()
    assert (record.how, record.author) == ("phone", shantou.handler(LEAD).name)
    with pytest.raises(DBAPIError, match="permission denied"), unit_of_work():
        db.session.execute(update(Record).values(text="另一种说法"))


@pytest.mark.clause("ST-5.3")
@pytest.mark.clause("ST-1.1.3")
def test_limits_are_measured_by_unit_and_by_person(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    clock.advance(timedelta(days=6))
    shantou.sweep()
    contacted(shantou, clock)
    handler = shantou.handler(LEAD)
    (unit,) = [f for f in oversight.by_unit() if f.unit_id == handler.unit_id]
    assert (unit.open, unit.late) == (1, 1)
    assert unit.limits_missed >= 1
    (person,) = [f for f in oversight.by_person(handler.unit_id) if f.person_id == handler.person_id]
    assert person.late == 1
    assert person.met >= 2


@pytest.mark.clause("ST-2.c")
def test_the_sender_of_a_duplicate_keeps_the_right_to_the_answer(shantou: Play, clock: kernel_clock.Simulated) -> None:
    transferred(shantou)
    first = shantou.id
    shantou.hand_in(title="还是厂区门口道路破损的问题", contact_name="李强", contact_mobile="13800007777")
    shantou.act("join", "triage", into=str(first))
    assert [c.mobile for c in contacts.of(first)] == ["13800001234", "13800007777"]


@pytest.mark.clause("ST-2.c")
def test_additional_material_goes_straight_to_the_unit(shantou: Play) -> None:
    transferred(shantou)
    shantou.act("supplement", "enterprise", text="补充三张现场照片说明")
    told = [p for p in db.session.scalars(select(Outbox.payload).where(Outbox.topic == "notice")) if p["message"] == "supplemented"]
    assert str(shantou.handler(LEAD).unit_id) in {u for p in told for u in p["units"]}
