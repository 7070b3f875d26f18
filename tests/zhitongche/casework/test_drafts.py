"""Drafts: kept, one's own, sent once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.support.stage import TEXT, Play
from zhitongche.casework import drafts, uploads
from zhitongche.casework.tables import Attachment, Draft, Petition
from zhitongche.casework.uploads import Upload
from zhitongche.flow.facts import Actor
from zhitongche.kernel import ids
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.persistence import db, unit_of_work
from zhitongche.worker import tasks

OTHER = "91440300708461136T"


@pytest.fixture
def me(raoping: Play) -> Actor:
    return raoping.people["enterprise"]


@pytest.fixture
def stranger(raoping: Play) -> Actor:
    with unit_of_work():
        return raoping.enterprise_person(OTHER, "乙公司", "13800005678")


def whole(play: Play) -> dict[str, str]:
    return {**TEXT, "category": next(iter(play.pack.categories))}


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_whatever_was_typed_is_kept_however_wrong_and_merged_step_by_step(me: Actor) -> None:
    draft_id = ids.new_id()
    drafts.save(draft_id, me, {"title": "短", "content": "\x00控制字符\ud800"})
    drafts.save(draft_id, me, {"contact_mobile": "不是号码", "unknown": "被丢弃"})
    assert drafts.own(draft_id, me).body == {"title": "短", "content": "控制字符", "contact_mobile": "不是号码"}


@pytest.mark.clause("ST-5.1")
def test_another_persons_draft_is_as_missing_as_none(me: Actor, stranger: Actor) -> None:
    draft_id = ids.new_id()
    drafts.save(draft_id, me, {"title": "我的草稿"})
    (kept,) = drafts.attach(draft_id, me, [Upload("说明.txt", "说明".encode())])
    for attempt in (
        lambda: drafts.own(draft_id, stranger),
        lambda: drafts.save(draft_id, stranger, {"title": "改掉"}),
        lambda: drafts.attach(draft_id, stranger, [Upload("a.txt", b"a")]),
        lambda: drafts.file(draft_id, kept.id, stranger),
        lambda: drafts.detach(draft_id, kept.id, stranger),
        lambda: drafts.discard(draft_id, stranger),
        lambda: drafts.send(draft_id, stranger),
        lambda: drafts.own(ids.new_id(), me),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert drafts.own(draft_id, me).body == {"title": "我的草稿"}


def test_sent_again_it_yields_the_same_petition_and_its_files_move_along(raoping: Play, me: Actor) -> None:
    draft_id = ids.new_id()
    with unit_of_work():
        drafts.save(draft_id, me, whole(raoping))
        drafts.attach(draft_id, me, [Upload("说明.txt", "说明".encode())])
    with unit_of_work():
        first = drafts.send(draft_id, me).number
    with unit_of_work():
        assert drafts.send(draft_id, me).number == first
    assert (count(Petition), count(Draft)) == (1, 0)
    assert db.session.scalars(select(Attachment.petition_id)).one() == draft_id


def test_what_is_incomplete_is_not_sent_and_every_fault_is_told(me: Actor) -> None:
    draft_id = ids.new_id()
    drafts.save(draft_id, me, {"title": "短", "contact_mobile": "123"})
    with pytest.raises(Invalid) as refused:
        drafts.send(draft_id, me)
    assert {"title", "content", "category", "contact_name"} <= set(refused.value.errors)
    assert count(Petition) == 0
    assert drafts.own(draft_id, me).body["title"] == "短"


def test_the_stranger_who_knows_a_sent_drafts_id_gets_nothing(raoping: Play, me: Actor, stranger: Actor) -> None:
    draft_id = ids.new_id()
    with unit_of_work():
        drafts.save(draft_id, me, whole(raoping))
        drafts.send(draft_id, me)
    for attempt in (lambda: drafts.sent(draft_id, stranger), lambda: drafts.send(draft_id, stranger), lambda: drafts.save(draft_id, stranger, {"title": "x"})):
        with pytest.raises(NotFound):
            attempt()


def test_contents_are_deleted_only_when_told_so_after_the_commit(me: Actor) -> None:
    draft_id = ids.new_id()
    with unit_of_work():
        drafts.save(draft_id, me, {"title": "带附件"})
        (kept,) = drafts.attach(draft_id, me, [Upload("说明.txt", "说明".encode())])
        path = uploads.path_of(kept.id)
    with unit_of_work():
        gone = drafts.discard(draft_id, me)
        assert path.is_file(), "a rollback from here on must leave the file"
    drafts.forget(gone)
    assert not path.exists()


def test_nobody_heaps_up_drafts_without_end(me: Actor) -> None:
    for _ in range(drafts.MOST_DRAFTS):
        drafts.save(ids.new_id(), me, {"title": "又一份"})
    with pytest.raises(Invalid, match="填写的内容有误"):
        drafts.save(ids.new_id(), me, {"title": "多出来的"})


def test_a_draft_that_nobody_touches_is_cleared_with_its_files_and_a_touched_one_stays(me: Actor, clock) -> None:
    old, touched = ids.new_id(), ids.new_id()
    with unit_of_work():
        drafts.save(old, me, {"title": "放下的草稿"})
        (file,) = drafts.attach(old, me, [Upload("说明.txt", "说明".encode())])
        drafts.save(touched, me, {"title": "还在写"})
    clock.advance(drafts.KEPT)
    with unit_of_work():
        drafts.save(touched, me, {"title": "还在写，改了"})
    clock.advance(timedelta(hours=1))
    tasks.nightly("raoping")
    assert (drafts.find(old, me), count(Attachment)) == (None, 0)
    assert not uploads.path_of(file.id).exists()
    assert drafts.own(touched, me).body["title"] == "还在写，改了"
