"""An action of the flow makes its papers: filled from the case, numbered, issued, once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.stage import Play
from zhitongche import documents, outbox
from zhitongche.documents.tables import Paper, PaperFile, PaperIssue
from zhitongche.persistence import db


def carried_out() -> None:
    """What the worker does when it is woken."""
    assert outbox.relay(documents.HANDLERS, timedelta(seconds=30)).failed == 0


def to_the_letter(play: Play, **form: object) -> None:
    """From the enterprise's form to the letter's issue."""
    play.hand_in(**form)
    play.act("propose", "triage", accept_ground=next(iter(play.pack.grounds_accept)), category="complaint", proposed=play.unit("jiaotong"))
    play.act("confirm", "jiaotong")
    play.act("fix", "triage", lead=play.unit("jiaotong"), co=[play.unit("chaonan")], opinion="请会同属地修复路面。")
    play.act("issue", "triage")


@pytest.mark.clause("ST-3.2.b")
def test_issuing_the_transfer_letter_makes_it_an_official_paper_with_the_same_number(shantou: Play) -> None:
    to_the_letter(shantou)
    carried_out()
    line = next(one for one in documents.papers_of_petition(shantou.id) if one.kind == "transfer_letter")
    assert (line.state, line.number) == ("issued", shantou.petition.letter_number)
    row = db.session.scalars(select(PaperIssue).where(PaperIssue.paper_id == line.id)).one()
    told = "\n".join(row.content["body"])
    assert row.content["addressee"] == "市交通运输局"
    assert "请会同属地修复路面。" in told
    assert "潮南区人民政府协办" in told
    assert "3个工作日内办结" in told


@pytest.mark.clause("ST-3.2.b")
def test_the_letter_is_archived_as_pdf_and_word_and_comes_back_byte_by_byte(shantou: Play) -> None:
    to_the_letter(shantou)
    carried_out()
    paper = db.session.scalars(select(Paper).where(Paper.kind == "transfer_letter")).one()
    assert documents.rendered(paper, "pdf").startswith(b"%PDF")
    assert documents.rendered(paper, "docx").startswith(b"PK")
    assert sorted(db.session.scalars(select(PaperFile.form).where(PaperFile.paper_id == paper.id))) == ["docx", "pdf"]


def test_a_promise_kept_twice_makes_one_paper(shantou: Play) -> None:
    to_the_letter(shantou)
    carried_out()
    paper = db.session.scalars(select(Paper).where(Paper.kind == "transfer_letter")).one()
    again = outbox.Message(paper.id, "paper", paper.key, {"petition_id": str(shantou.id), "kind": paper.kind, "seq": int(paper.key.rsplit(":", 1)[1])}, paper.drafted_at, 2)
    documents.make(again)
    assert len(db.session.scalars(select(Paper).where(Paper.kind == "transfer_letter")).all()) == 1
