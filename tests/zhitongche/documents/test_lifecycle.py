"""A paper's way: who takes which step, what is refused, and that an issued paper stays as it is for ever."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from tests.support.database import Database
from tests.support.processes import PATIENCE
from tests.support.stage import Play
from tests.support.threads import start
from zhitongche import documents
from zhitongche.documents import permissions, queries, record, storing
from zhitongche.documents.tables import Paper, PaperEvent, PaperFile, PaperIssue
from zhitongche.flow.facts import SYSTEM
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused, ZhitongcheError
from zhitongche.persistence import db, unit_of_work

NOTICE = {"received": "2026年3月6日", "title": "道路", "number": "ST1", "ground": "第（4）项", "reason": "已立案", "enterprise": "甲公司"}


def drafted(play: Play, kind: str, who: str = "triage", **facts: object) -> Paper:
    if play.petition_id is None:
        play.hand_in()
    with unit_of_work():
        return documents.draft(kind, about=documents.About.petition(play.id), facts=facts, actor=play.actor(who))


def taken(play: Play, step: object, paper: Paper, who: str, *more: str) -> Paper:
    with unit_of_work():
        return step(paper.id, play.actor(who), *more)  # type: ignore[operator]


@pytest.mark.clause("ST-3.2.b")
def test_a_paper_nobody_has_to_see_is_issued_as_it_is_made_with_the_next_number_of_its_series(shantou: Play) -> None:
    first, second = drafted(shantou, "refusal_notice", **NOTICE), drafted(shantou, "refusal_notice", **NOTICE)
    assert [first.number, second.number] == ["汕企不受〔2026〕1号", "汕企不受〔2026〕2号"]
    assert first.state == "issued"


@pytest.mark.clause("ST-4.0")
def test_what_a_leader_approves_is_submitted_reviewed_and_approved_in_this_order_and_by_these_roles(shantou: Play) -> None:
    paper = drafted(shantou, "catalogue", meeting="3月工作会议", rows=[{"enterprise": "甲公司", "problem": "道路"}])
    with pytest.raises(Forbidden) as refused:
        taken(shantou, documents.submit, paper, "leader")
    assert refused.value.clause == "ST-4.0"
    taken(shantou, documents.submit, paper, "triage")
    with pytest.raises(Refused):
        taken(shantou, documents.approve, paper, "leader")
    taken(shantou, documents.review, paper, "supervision", "清单齐全")
    taken(shantou, documents.approve, paper, "leader")
    assert queries.line_of(paper).state == "issued"
    assert [(s.what, s.opinion) for s in queries.steps_of(paper.id)][2:4] == [("审核同意", "清单齐全"), ("批准", "")]


def test_a_blank_fact_is_marked_and_nothing_is_issued_before_it_is_filled_in(shantou: Play) -> None:
    paper = drafted(shantou, "refusal_notice", **{**NOTICE, "reason": ""})
    assert paper.state == "draft"
    assert "【理由】" in "".join(paper.content["body"])
    with pytest.raises(Invalid) as told:
        taken(shantou, documents.submit, paper, "triage")
    assert "尚有未填写的内容：理由" in told.value.errors["body"]
    with unit_of_work():
        documents.edit(paper.id, shantou.actor("triage"), {"body": "理由已经补上。"})
    assert taken(shantou, documents.submit, paper, "triage").state == "issued"


def test_an_issued_paper_can_be_changed_by_no_step(shantou: Play) -> None:
    paper = drafted(shantou, "refusal_notice", **NOTICE)
    for step in (lambda: documents.edit(paper.id, SYSTEM, {"title": "改"}), lambda: documents.submit(paper.id, SYSTEM),
                 lambda: documents.return_(paper.id, SYSTEM, "退"), lambda: documents.issue(paper.id, SYSTEM)):  # fmt: skip
        with pytest.raises((Refused, Forbidden)):
            step()


@pytest.mark.clause("ST-3.2.b")
@pytest.mark.parametrize("statement", [
    "update paper_issue set number = '汕企不受〔2026〕9号'", "update paper_issue set content = '{}'", "delete from paper_issue",
    "update paper_file set sha256 = 'x'", "delete from paper_event", "truncate paper_issue cascade",
])  # fmt: skip
def test_the_database_refuses_the_program_itself_to_change_what_was_issued(shantou: Play, tenant_db: Database, statement: str) -> None:
    drafted(shantou, "refusal_notice", **NOTICE)
    with tenant_db.application.begin() as connection:
        connection.execute(text("select set_config('app.tenant', 'shantou', true)"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(statement))


def test_an_issued_paper_keeps_no_words_that_could_be_changed_beside_the_issued_ones(shantou: Play) -> None:
    paper = drafted(shantou, "refusal_notice", **NOTICE)
    with pytest.raises(IntegrityError, match="issued_says_it_elsewhere"), unit_of_work():
        db.session.execute(update(Paper).where(Paper.id == paper.id).values(content={"title": "改"}))
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.execute(text("delete from paper"))


def test_a_file_that_was_touched_is_told_and_not_handed_out(shantou: Play) -> None:
    paper = drafted(shantou, "refusal_notice", **NOTICE)
    file = db.session.scalars(select(PaperFile).where(PaperFile.form == "pdf")).one()
    assert documents.rendered(paper, "pdf") == storing.path_of(file.id).read_bytes()
    storing.path_of(file.id).write_bytes(b"%PDF bent")
    with pytest.raises(ZhitongcheError, match="校验值不符"):
        documents.rendered(paper, "pdf")


def test_a_paper_is_superseded_once_and_stays_readable(shantou: Play) -> None:
    old = drafted(shantou, "refusal_notice", **NOTICE)
    new = taken(shantou, documents.supersede, old, "triage")
    rival = taken(shantou, documents.supersede, old, "triage")
    taken(shantou, documents.submit, new, "triage")
    with pytest.raises(Conflict, match="已被替代"):
        taken(shantou, documents.submit, rival, "triage")
    lines = {line.id: line for line in documents.papers_of_petition(shantou.id)}
    assert lines[old.id].superseded_by == new.id
    assert lines[old.id].state_name == "被替代"
    assert documents.rendered(old, "pdf").startswith(b"%PDF")
    assert [line.id for line in documents.papers_for_enterprise(shantou.id)] == [new.id]


def test_a_form_that_renews_itself_supersedes_the_one_before(shantou: Play) -> None:
    first, second = (drafted(shantou, "approval_form", opinion=word) for word in ("拟转办", "拟转办，已批示"))
    lines = {line.id: line for line in documents.papers_of_petition(shantou.id)}
    assert (lines[first.id].superseded_by, lines[second.id].superseded_by) == (second.id, None)


@pytest.mark.clause("ST-5.1")
def test_a_paper_of_a_case_is_hidden_from_whoever_has_no_duty_in_it(shantou: Play) -> None:
    paper = drafted(shantou, "catalogue", meeting="会议")
    _, template = record.found(paper.id)
    for who in ("jiaotong", "window", "enterprise"):
        with pytest.raises(NotFound):
            permissions.require_read(shantou.actor(who), paper, template)
    permissions.require_read(shantou.actor("triage"), paper, template)


@pytest.mark.clause("ST-3.2.b")
def test_numbers_of_a_series_have_no_gap_when_many_issue_at_once_and_some_fail(shantou: Play, case_app) -> None:
    shantou.hand_in()
    triage, about, together = shantou.actor("triage"), documents.About.petition(shantou.id), Barrier(6, timeout=PATIENCE)

    def issue(turn: int) -> str | None:
        together.wait()
        with suppress(InterruptedError), unit_of_work():
            number = documents.draft("refusal_notice", about=about, facts=NOTICE, actor=triage).number
            if turn % 3 == 0:
                raise InterruptedError
            return number
        return None

    with ThreadPoolExecutor(6) as pool:
        # In the starter's time: the number is of its year.
        futures = [start(pool, case_app, "shantou", partial(issue, turn)) for turn in range(18)]
        numbers = [number for future in futures if (number := future.result(timeout=PATIENCE))]
    assert sorted(numbers, key=len_and_text) == [f"汕企不受〔2026〕{n}号" for n in range(1, 13)]
    assert db.session.scalar(select(func.count()).select_from(PaperIssue)) == 12


def test_every_step_is_on_the_record_with_who_and_when(shantou: Play) -> None:
    paper = drafted(shantou, "refusal_notice", **NOTICE)
    events = db.session.scalars(select(PaperEvent).where(PaperEvent.paper_id == paper.id).order_by(PaperEvent.id)).all()
    assert [(event.what, event.name) for event in events] == [("drafted", "triage某"), ("issued", "triage某")]


def len_and_text(number: str) -> tuple[int, str]:
    return len(number), number
