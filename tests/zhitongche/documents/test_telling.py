"""Whoever has to take the next step of a paper is told, once; its drafter hears how it went."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.stage import Play
from tests.zhitongche.documents.test_lifecycle import NOTICE, drafted, taken
from zhitongche import documents, notices, outbox
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel.settings import Settings
from zhitongche.notices.tables import Notice
from zhitongche.persistence import db, unit_of_work


def told(play: Play, case_app, message: str, who: str) -> list[str]:
    """What this person reads on the site after the worker's turn."""
    case_app.config["SETTINGS"] = Settings()
    assert outbox.relay(notices.HANDLERS, timedelta(seconds=30)).failed == 0
    query = select(Notice.text).where(Notice.channel == "site", Notice.person_id == play.actor(who).person_id, Notice.message == message)
    return list(db.session.scalars(query.order_by(Notice.id)))


def listed(play: Play, **more: object) -> object:
    return drafted(play, "catalogue", meeting="3月工作会议", rows=[{"enterprise": "甲公司", "problem": "道路"}], **more)


@pytest.mark.clause("ST-4.0")
def test_whoever_reviews_and_whoever_approves_is_told_when_the_paper_comes_with_its_kind_its_title_and_its_address(shantou: Play, case_app) -> None:
    paper = listed(shantou)
    assert told(shantou, case_app, "paper_waiting", "supervision") == []
    taken(shantou, documents.submit, paper, "triage")
    (text,) = told(shantou, case_app, "paper_waiting", "supervision")
    assert text.startswith("请审核公文：议题目录“3月工作会议")
    assert text.endswith(f"/desk/papers/{paper.id}")
    assert told(shantou, case_app, "paper_waiting", "leader") == []
    taken(shantou, documents.review, paper, "supervision")
    (text,) = told(shantou, case_app, "paper_waiting", "leader")
    assert text.startswith("请批准公文：")
    assert len(told(shantou, case_app, "paper_waiting", "supervision")) == 1
    assert {row.paper_id for row in db.session.scalars(select(Notice).where(Notice.message == "paper_waiting"))} == {paper.id}


def test_nobody_is_told_twice_for_one_step_but_again_when_the_paper_comes_again(shantou: Play, case_app) -> None:
    paper = listed(shantou)
    taken(shantou, documents.submit, paper, "triage")
    for _ in range(2):
        assert len(told(shantou, case_app, "paper_waiting", "supervision")) == 1
    taken(shantou, documents.return_, paper, "supervision", "请补充期限")
    taken(shantou, documents.submit, paper, "triage")
    assert len(told(shantou, case_app, "paper_waiting", "supervision")) == 2
    channels = db.session.scalars(select(Notice.channel).where(Notice.message == "paper_waiting")).all()
    assert sorted(channels) == ["site", "site", "sms", "sms"]


def test_the_drafter_is_told_why_a_paper_came_back_and_when_it_went_out(shantou: Play, case_app) -> None:
    paper = listed(shantou)
    taken(shantou, documents.submit, paper, "triage")
    taken(shantou, documents.return_, paper, "supervision", "请补充期限")
    (text,) = told(shantou, case_app, "paper_returned", "triage")
    assert "已退回修改，意见：请补充期限。" in text
    taken(shantou, documents.submit, paper, "triage")
    taken(shantou, documents.review, paper, "supervision")
    taken(shantou, documents.approve, paper, "leader")
    (text,) = told(shantou, case_app, "paper_issued", "triage")
    assert "已签发，文号：（不编号）" in text
    assert told(shantou, case_app, "paper_issued", "leader") == []


def test_what_goes_out_with_the_action_that_makes_it_tells_no_official(shantou: Play) -> None:
    drafted(shantou, "refusal_notice", **NOTICE)
    promised = db.session.scalars(select(outbox_payload()).where(outbox_payload()["paper_id"].astext.is_not(None))).all()
    assert promised == []


def test_what_the_machine_could_not_complete_is_told_to_those_who_draft_its_kind_and_waits_for_them(shantou: Play, case_app) -> None:
    handler = shantou.actor("jiaotong")
    shantou.hand_in()
    with unit_of_work():
        about = documents.About.petition(shantou.id)
        paper = documents.draft("refusal_notice", about=about, facts={**NOTICE, "reason": ""}, actor=handler)
    (text,) = told(shantou, case_app, "paper_waiting", "triage")
    assert text.startswith("请核对送审公文：不予受理告知书")
    assert [line.id for line in documents.queries.waiting_for(shantou.actor("triage"))] == [paper.id]


@pytest.mark.clause("ST-3.5")
def test_a_table_that_the_machine_drafts_is_told_to_the_task_force_and_its_issue_too(shantou: Play, case_app) -> None:
    with unit_of_work():
        paper = documents.make_by_calendar("key_list", SYSTEM)
    assert len(told(shantou, case_app, "paper_waiting", "triage")) == 1
    taken(shantou, documents.submit, paper, "triage")
    taken(shantou, documents.approve, paper, "leader")
    assert "请签发公文：重点督办清单" in told(shantou, case_app, "paper_waiting", "triage")[-1]


def test_the_outbox_carries_no_word_of_the_paper(shantou: Play) -> None:
    paper = listed(shantou)
    taken(shantou, documents.submit, paper, "triage")
    taken(shantou, documents.return_, paper, "supervision", "甲公司的期限请补充")
    for payload in db.session.scalars(select(outbox_payload())):
        assert not payload.get("paper_id") or "甲公司" not in str(payload)


def outbox_payload():
    return outbox.tables.Outbox.payload
