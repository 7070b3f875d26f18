"""ST-1.1.4: repeated problems are proposed, found on, sent to the unit, reported, answered, and their effect is followed."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.support.stage import Play
from tests.zhitongche.casework.test_shantou_way import transferred
from zhitongche import documents
from zhitongche.documents import permissions, record
from zhitongche.documents import queries as papers
from zhitongche.identity import enterprises
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Forbidden, Invalid, NotFound, Refused
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, unit_of_work
from zhitongche.supervision import effect, findings, problems, proposing, summing_up
from zhitongche.supervision.tables import Finding, Problem, ProblemScan

LEAD, OTHER = "zhujian", "gongxin"
CODES = ("91445122MA4UQ12A06", "91440507MA51AB3C10", "91440300708461136T")
WORDS = "厂区门口道路破损积水，货车进出困难，请协调修复"


def several(play: Play, number: int = 4, unit: str = LEAD, **form: str) -> list[UUID]:
    """Petitions of several enterprises about the same thing, in one unit's hands."""
    made, first = [], play.people["enterprise"]
    matter = next(iter(play.pack.matters))
    for turn in range(number):
        if turn:
            with unit_of_work():
                known = enterprises.by_code(CODES[turn % len(CODES)])
                who = f"another{turn % len(CODES)}"
                if known is None:
                    play.people[who] = play.enterprise_person(CODES[turn % len(CODES)], f"第{turn}家公司", f"1380000{turn:04d}")
            play.people["enterprise"] = play.people[who]
        transferred_of(play, unit, matter=matter, title=f"道路破损积水，第{turn}家反映", content=WORDS, **form)
        made.append(play.id)
    play.people["enterprise"] = first
    return made


def transferred_of(play: Play, unit: str, **form: str) -> None:
    """One petition brought to its unit, with words of its own."""
    hand_in = play.hand_in
    play.hand_in = lambda *args, **more: hand_in(*args, **{**more, **form})  # type: ignore[method-assign]
    try:
        transferred(play, lead=unit)
    finally:
        del play.hand_in


def proposed(play: Play) -> Problem:
    """The one problem that the night finds."""
    with unit_of_work():
        assert proposing.nightly()
    (row,) = problems.waiting()
    return row


def written(play: Play, problem: Problem, unit: str = LEAD) -> Finding:
    """The finding on it, on its way to the leader."""
    with unit_of_work():
        return findings.write(
            problem.id, play.actor("triage"), {"addressee": play.unit(unit), "text": "园区道路权属不清。", "suggestion": "三个月内明确养护单位。"}
        )


def sent(play: Play, finding: Finding) -> Finding:
    """Submitted by the officer, approved by the leader."""
    assert finding.letter_id
    with unit_of_work():
        documents.submit(finding.letter_id, play.actor("triage"))
        documents.approve(finding.letter_id, play.actor("leader"), "同意")
    return findings.of(finding.id)


def messages() -> set[tuple[str, str]]:
    """What was told, and to whom."""
    return {(one.message, one.name) for one in db.session.scalars(select(Notice))}


@pytest.mark.clause("ST-1.1.4")
def test_the_night_proposes_similar_petitions_of_one_unit_once_with_their_ground(shantou: Play, clock: kernel_clock.Simulated) -> None:
    cases = several(shantou)
    row = proposed(shantou)
    assert (str(row.unit_id), row.ground, set(problems.petitions_of(row.id))) == (shantou.unit(LEAD), "近90天4件，内容相近", set(cases))
    with unit_of_work():
        assert not proposing.nightly()
    assert len(db.session.scalars(select(ProblemScan)).all()) == 1
    clock.advance(timedelta(days=1))
    with unit_of_work():
        assert proposing.nightly()
    assert [one.id for one in problems.waiting()] == [row.id]
    assert [one.what for one in problems.events_of(row.id)] == ["proposed"]


@pytest.mark.clause("ST-1.1.4")
def test_what_was_set_aside_comes_back_only_when_it_has_grown(shantou: Play, clock: kernel_clock.Simulated) -> None:
    several(shantou)
    row, triage = proposed(shantou), shantou.actor("triage")
    with pytest.raises(Invalid), unit_of_work():
        problems.set_aside(row.id, " ", triage)
    with unit_of_work():
        problems.set_aside(row.id, "已列入年度改造计划", triage)
    with unit_of_work():
        proposing.search(triage)
    assert problems.waiting() == []
    several(shantou, 1)
    with unit_of_work():
        proposing.search(triage)
    (again,) = problems.waiting()
    assert (again.id, len(problems.petitions_of(row.id))) == (row.id, 5)
    assert [one.what for one in problems.events_of(row.id)] == ["grown", "aside", "proposed"]


@pytest.mark.clause("ST-1.1.4")
def test_an_officer_takes_petitions_out_and_adds_others_and_the_machine_respects_it(shantou: Play, clock: kernel_clock.Simulated) -> None:
    cases = several(shantou)
    transferred(shantou, lead=OTHER)
    shantou.handler(LEAD)
    other, row, triage = shantou.petition, proposed(shantou), shantou.actor("triage")
    with unit_of_work():
        problems.take_out(row.id, cases[0], "属于另一条道路", triage)
        problems.put_in(row.id, other.number, triage)
        proposing.search(triage)
    assert set(problems.petitions_of(row.id)) == {*cases[1:], other.id}
    for number in ("ST2026999999", other.number):
        with pytest.raises(Invalid) as refused, unit_of_work():
            problems.put_in(row.id, number, triage)
        assert set(refused.value.errors) == {"number"}
    for who in ("leader", "supervision", LEAD):
        with pytest.raises(Forbidden), unit_of_work():
            problems.set_aside(row.id, "不必", shantou.actor(who))


@pytest.mark.clause("ST-1.1.4")
def test_the_finding_goes_to_the_unit_as_a_numbered_paper_once_the_leader_has_approved(
    shantou: Play, clock: kernel_clock.Simulated, relay: Callable[[], object]
) -> None:
    several(shantou)
    row = proposed(shantou)
    with pytest.raises(Invalid) as refused, unit_of_work():
        findings.write(row.id, shantou.actor("triage"), {"addressee": "x", "text": "", "suggestion": ""})
    assert set(refused.value.errors) == {"addressee", "text", "suggestion"}
    finding, handler = written(shantou, row), shantou.handler(LEAD)
    assert (finding.state, findings.to_unit(handler.unit_id)) == ("drafted", [])
    finding = sent(shantou, finding)
    assert (finding.state, kernel_clock.local(finding.due_at).date().isoformat()) == ("sent", "2026-03-20")
    assert finding.letter_id
    paper, template = record.found(finding.letter_id)
    assert (paper.number, template.clause) == ("汕企建〔2026〕1号", "ST-1.1.4")
    permissions.require_read(handler, paper, template)
    with pytest.raises(NotFound):
        permissions.require_read(shantou.handler(OTHER), paper, template)
    relay()
    assert ("finding_sent", handler.name) in messages()
    # The problem is taken: no night proposes it once more.
    clock.advance(timedelta(days=1))
    with unit_of_work():
        proposing.nightly()
    assert problems.waiting() == []


@pytest.mark.clause("ST-1.1.4")
def test_a_letter_tells_nothing_of_petitions_that_the_addressee_has_no_duty_in(shantou: Play, clock: kernel_clock.Simulated) -> None:
    several(shantou)
    row = proposed(shantou)
    with pytest.raises(Invalid) as refused, unit_of_work():
        findings.write(
            row.id, shantou.actor("triage"), {"addressee": shantou.unit(OTHER), "text": "甲公司门前道路破损。甲公司多次反映。", "suggestion": "第1家公司门前先修。"}
        )
    assert "企业名称" in str(refused.value.errors)
    finding = written(shantou, row, OTHER)
    assert finding.letter_id
    content = record.found(finding.letter_id)[0].content
    assert content
    assert content["petitions"] == []
    assert {cells[2] for cells in content["rows"]} == {"（其他单位承办的同类诉求）"}


@pytest.mark.clause("ST-1.1.4")
def test_it_is_reported_to_the_government_on_request_and_once(shantou: Play, clock: kernel_clock.Simulated, relay: Callable[[], object]) -> None:
    several(shantou)
    finding = written(shantou, proposed(shantou))
    with unit_of_work():
        paper = findings.report(finding.id, shantou.actor("triage"))
        documents.submit(paper.id, shantou.actor("triage"))
    finding = findings.of(finding.id)
    assert finding.reported_at
    assert papers.line_of(paper).number == "汕企报〔2026〕1号"
    relay()
    assert {("finding_reported", "leader某"), ("finding_reported", "office某")} <= messages()
    with pytest.raises(Refused), unit_of_work():
        findings.report(finding.id, shantou.actor("triage"))


@pytest.mark.clause("ST-1.1.4")
def test_the_unit_answers_by_its_limit_is_reminded_and_the_effect_is_judged(
    shantou: Play, clock: kernel_clock.Simulated, relay: Callable[[], object]
) -> None:
    several(shantou)
    row = proposed(shantou)
    finding, handler, triage = sent(shantou, written(shantou, row)), shantou.handler(LEAD), shantou.actor("triage")
    shantou.handler(OTHER)
    assert findings.remind() == []
    for days in (12, 5):
        clock.advance(timedelta(days=days))
        assert findings.remind() == [finding.id]
        with unit_of_work():
            findings.tell_due(finding.id)
        assert findings.remind() == []
    relay()
    assert {("finding_due", handler.name), ("finding_due", "triage某")} <= messages()
    with pytest.raises(NotFound), unit_of_work():
        findings.answer(finding.id, shantou.handler(OTHER), {})
    with pytest.raises(Invalid) as refused, unit_of_work():
        findings.answer(finding.id, handler, {"done_by": kernel_clock.today() - timedelta(days=1)})
    assert set(refused.value.errors) == {"measures", "person", "done_by"}
    measures = {"measures": "已明确由城投公司养护，月底前完成修复。", "person": "林建明", "done_by": kernel_clock.today() + timedelta(days=20)}
    with unit_of_work():
        findings.answer(finding.id, handler, measures)
        findings.again(finding.id, triage, "没有写明经费来源")
        findings.answer(finding.id, handler, measures)
    clock.advance(timedelta(days=60))
    several(shantou, 1)
    months = {one.first.isoformat(): (one.count, one.when) for one in effect.months(row, finding)}
    assert (months["2026-02-01"], months["2026-03-01"], months["2026-05-01"]) == ((0, "before"), (4, "in"), (1, "after"))
    with pytest.raises(Invalid), unit_of_work():
        findings.close(finding.id, triage, "great", "很好")
    with unit_of_work():
        findings.close(finding.id, triage, "partly", "修复后仍有零星反映")
    assert [one.what for one in problems.events_of(row.id)][::-1] == [
        "proposed", "drafted", "sent", "missed", "answered", "again", "answered", "closed",
    ]  # fmt: skip
    with pytest.raises(Refused), unit_of_work():
        findings.close(finding.id, triage, "effective", "再评一次")


def test_reports_tell_of_letters_and_of_what_waits_and_of_no_petition(shantou: Play, clock: kernel_clock.Simulated) -> None:
    several(shantou)
    several(shantou, unit=OTHER)
    with unit_of_work():
        proposing.nightly()
    row = next(one for one in problems.waiting() if str(one.unit_id) == shantou.unit(LEAD))
    sent(shantou, written(shantou, row))
    today = kernel_clock.today()
    letter, waiting = summing_up.of(today, today)
    assert "（近90天4件，内容相近）" in letter
    assert letter.endswith("目前待单位反馈。")
    assert waiting.startswith("现有待核对的共性问题线索1条：")
    assert summing_up.of(today + timedelta(days=1), today + timedelta(days=1)) == [waiting]


def test_where_the_pack_has_no_rule_nothing_is_proposed(raoping: Play) -> None:
    assert raoping.pack.repeated is None
    with unit_of_work():
        assert not proposing.nightly()
    with pytest.raises(Refused), unit_of_work():
        proposing.search(raoping.actor("triage"))
