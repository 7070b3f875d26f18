"""The hotline hands in, machines follow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.support.database import Database
from tests.support.stage import CREDIT_CODES
from tests.zhitongche.api.conftest import Machine, Place
from zhitongche.api.schemas import NewPetition
from zhitongche.casework.intake import LABELS, SOURCE_FIELDS, intake_fields
from zhitongche.casework.tables import Petition, ReadLog
from zhitongche.identity import enterprises
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope

CHINESE = range(0x4E00, 0x9FFF)


def pointers(answer) -> set[str]:
    return {fault.get("pointer") or fault["parameter"] for fault in answer.json["errors"]}


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Petition)) or 0


@pytest.mark.clause("ST-3.1.2")
@pytest.mark.clause("RP-2.2.a")
@pytest.mark.parametrize("place", ["raoping", "shantou"])
def test_an_order_becomes_a_petition_of_the_hotline_with_its_source_facts(place: str, request: pytest.FixtureRequest) -> None:
    here: Place = request.getfixturevalue(place)
    answer = here.machine("hotline", "hotline").post(json=here.order(handled_by="先派镇政府，未能解决"), order="GD-7")
    assert answer.status_code == 201, answer.json
    row = db.session.scalars(select(Petition)).one()
    assert (row.number, row.source, row.entered_by) == (answer.json["number"], "hotline", here.play.actor("hotline").person_id)
    assert row.source_facts == {"order_number": "GD-7", "first_received": "2026-03-05T07:30:00+00:00", "handled_by": "先派镇政府，未能解决"}
    assert enterprises.by_id(row.enterprise_id).credit_code == CREDIT_CODES[1]
    assert answer.headers["Location"].endswith(f"/api/v1/petitions/{row.number}")


def test_the_same_order_sent_again_is_the_same_petition(raoping: Place, hotline: Machine) -> None:
    first, again = hotline.post(json=raoping.order()), hotline.post(json=raoping.order())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert count() == 1


def test_an_order_that_comes_twice_at_once_is_one_petition(raoping: Place, hotline: Machine) -> None:
    def send(_: int) -> int:
        # Threads start without the tenant and the clock of the test.
        with kernel_clock.at(moment):
            return hotline.post(json=order).status_code

    moment, order = kernel_clock.now(), raoping.order()
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(send, range(4)))
    assert sorted(codes) == [200, 200, 200, 201]
    assert count() == 1


def test_an_order_that_has_changed_is_not_silently_lost(raoping: Place, hotline: Machine) -> None:
    number = hotline.post(json=raoping.order()).json["number"]
    answer = hotline.post(json=raoping.order(wish="改为赔偿损失"))
    assert answer.status_code == 422
    assert pointers(answer) == {"Idempotency-Key"}
    assert number in answer.json["errors"][0]["detail"]
    assert count() == 1


def test_an_order_without_its_number_is_refused(raoping: Place, hotline: Machine) -> None:
    for order in (None, "", "含中文".encode().decode("latin-1"), "a" * 41, "a b"):
        answer = hotline.post(json=raoping.order(), order=order)
        assert answer.status_code == 422
        assert pointers(answer) == {"Idempotency-Key"}
    assert count() == 0


def test_every_fault_of_an_order_is_told_at_once_in_chinese_with_its_place(raoping: Place, hotline: Machine) -> None:
    answer = hotline.post(json=raoping.order(credit_code="91440500617540496A", category="nothing", contact_mobile="123", first_received="昨天"))
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert pointers(answer) == {"#/credit_code", "#/category", "#/contact_mobile", "#/first_received"}
    assert all(any(ord(c) in CHINESE for c in fault["detail"]) for fault in answer.json["errors"])
    assert count() == 0


def test_shapes_are_refused_in_chinese_with_their_place(raoping: Place, hotline: Machine) -> None:
    order = raoping.order(title=7, wish=None, content="x" * 4001, tilte="错字")
    del order["contact_name"]
    answer = hotline.post(json=order)
    assert pointers(answer) == {"#/title", "#/wish", "#/content", "#/tilte", "#/contact_name"}
    assert all(any(ord(c) in CHINESE for c in fault["detail"]) for fault in answer.json["errors"])
    assert pointers(hotline.post(json=[1])) == {"#"}


def test_an_enterprise_nobody_knows_needs_its_name_and_a_known_one_keeps_its_own(raoping: Place, hotline: Machine) -> None:
    assert pointers(hotline.post(json=raoping.order(enterprise_name=""))) == {"#/enterprise_name"}
    other = hotline.post(json=raoping.order(credit_code=CREDIT_CODES[0], enterprise_name="丁公司"))
    assert pointers(other) == {"#/enterprise_name"}
    assert "甲公司" in other.json["errors"][0]["detail"]
    assert hotline.post(json=raoping.order(credit_code=CREDIT_CODES[0], enterprise_name="")).status_code == 201


def test_the_bounds_that_are_published_are_those_of_casework(raoping: Place) -> None:
    declared = NewPetition().fields
    fields = [*intake_fields(raoping.play.pack), *SOURCE_FIELDS["hotline"]]
    for one in fields:
        if one.name in {"files", "order_number", "first_received"} or one.kind == "choice":
            continue
        bounds = declared[one.name].validate
        assert (bounds.max, max(bounds.min or 1, 1)) == (one.max_length, max(one.min_length, 1)), one.name
        assert declared[one.name].required == one.required, one.name
    assert {one.name for one in fields} - {"files", "order_number"} <= set(declared)
    assert set(LABELS) - {"files"} <= set(declared)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[" * 100_000, 400),
        (b'{"title": ' + b"9" * 5000 + b"}", 400),
        (b'{"title": "\xff"}', 400),
        (b"", 422),
        (b'{"title": "' + b"x" * 300_000 + b'"}', 413),
    ],
)
def test_json_made_to_hurt_is_refused(hotline: Machine, body: bytes, status: int) -> None:
    answer = hotline.post(data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_what_is_no_json_is_refused(hotline: Machine) -> None:
    assert hotline.post(data={"title": "表单"}).status_code == 415


@pytest.mark.parametrize("text", ["零\x00点零零零零零零零零零", "反\u202e向显示的文字反向显示", "半个字\ud800半个字半个字半个字", "0001-01-01T00:00:00+14:00"])
@pytest.mark.parametrize("field", ["content", "enterprise_name", "area", "credit_code", "category", "first_received", "handled_by", "contact_mobile"])
def test_hostile_text_is_refused_beside_its_field_or_kept_as_text(raoping: Place, hotline: Machine, field: str, text: str) -> None:
    answer = hotline.post(json=raoping.order(**{field: text}))
    hostile = text[0] != "0"
    assert answer.status_code == 422 or not hostile, answer.text
    if answer.status_code == 422:
        assert pointers(answer) == {f"#/{field}"}


@pytest.mark.parametrize("place", ["raoping", "shantou"])
def test_who_hands_in_may_follow_to_the_answer(place: str, request: pytest.FixtureRequest) -> None:
    here: Place = request.getfixturevalue(place)
    hotline = here.machine("hotline", "hotline")
    told = hotline.post(json=here.order()).json
    assert (told["status"], told["answer"]) == ("open", None)
    assert told["stage"] == here.play.pack.flow.stages[db.session.scalars(select(Petition.stage)).one()].public
    due = next(limit for limit in told["limits"] if limit["state"] == "open")
    assert due["due"].endswith("+08:00")
    assert hotline.get(f"/petitions/{told['number']}").json == told


@pytest.mark.clause("ST-5.1")
def test_reading_with_an_officials_key_leaves_its_trace(raoping: Place) -> None:
    number = raoping.play.hand_in().number
    before = len(db.session.scalars(select(ReadLog)).all())
    assert raoping.machine("triage").get(f"/petitions/{number}").status_code == 200
    rows = db.session.scalars(select(ReadLog)).all()[before:]
    assert [row.why for row in rows] == ["接口“测试系统”查询办理情况"]


def test_missing_foreign_and_unreadable_get_one_answer(raoping: Place, hotline: Machine, served_app) -> None:
    others = raoping.play.hand_in().number
    with tenant_scope("shantou"):
        foreign = next(_foreign(served_app))
    answers = [hotline.get(f"/petitions/{number}") for number in (others, foreign, "RP2026999999", "x" * 500, "编号", "' or 1=1")]
    assert {(a.status_code, a.get_data()) for a in answers} == {(404, answers[0].get_data())}


def _foreign(app):
    from tests.support.stage import Play
    from zhitongche.tenancy import current

    yield Play.open(current.registry()["shantou"]).hand_in().number


def test_an_enterprises_software_sees_its_own_petitions_only(raoping: Place, hotline: Machine) -> None:
    mine, theirs = raoping.play.hand_in().number, hotline.post(json=raoping.order()).json["number"]
    software = raoping.machine("enterprise")
    assert software.get(f"/petitions/{mine}").json["number"] == mine
    assert software.get(f"/petitions/{theirs}").status_code == 404
    assert software.post(json=raoping.order(), order="GD2").status_code == 403


def test_changes_are_told_once_in_their_order(raoping: Place, hotline: Machine, clock: kernel_clock.Simulated) -> None:
    numbers = [hotline.post(json=raoping.order(title=f"第{i}件诉求的标题"), order=f"GD{i}").json["number"] for i in range(3)]
    assert hotline.get("/petitions").json["changes"] == []
    clock.advance(timedelta(seconds=11))
    first = hotline.get("/petitions").json
    assert ([c["number"] for c in first["changes"]], first["more"]) == (numbers, False)
    assert hotline.get(f"/petitions?since={first['next']}").json == {"changes": [], "next": first["next"], "more": False}
    raoping.play.petition_id = db.session.scalars(select(Petition.id).where(Petition.number == numbers[1])).one()
    raoping.play.act("verify", "reviewer", verdict="agree")
    clock.advance(timedelta(seconds=11))
    second = hotline.get(f"/petitions?since={first['next']}").json
    assert [(c["number"], c["stage"]) for c in second["changes"]] == [(numbers[1], raoping.play.pack.flow.stages["screening"].public)]


def test_no_change_is_told_that_a_transaction_still_running_could_come_before(raoping: Place, hotline: Machine, tenant_db: Database) -> None:
    with tenant_db.application.connect() as slow, kernel_clock.at(slow.scalar(select(func.now())) - timedelta(hours=1)) as clock:
        slow.execute(select(func.pg_current_xact_id()))
        early = hotline.post(json=raoping.order(title="较早的一件诉求"), order="GD1").json["number"]
        clock.advance(timedelta(hours=2))
        late = hotline.post(json=raoping.order(title="较晚的一件诉求"), order="GD2").json["number"]
        clock.advance(timedelta(minutes=5))
        first = hotline.get("/petitions").json
        assert [one["number"] for one in first["changes"]] == [early]
        slow.rollback()
        second = hotline.get(f"/petitions?since={first['next']}").json
        assert [one["number"] for one in second["changes"]] == [late]


def test_a_spoilt_cursor_is_refused_and_does_not_start_anew(hotline: Machine) -> None:
    for since in ("x", "1.2", "99999999999999999.zz", "x" * 100):
        answer = hotline.get(f"/petitions?since={since}")
        assert (answer.status_code, pointers(answer)) == (422, {"since"})


def test_the_codes_of_the_place_are_told(raoping: Place, hotline: Machine) -> None:
    told = hotline.get("/vocabulary").json
    assert [c["code"] for c in told["categories"]] == list(raoping.play.pack.categories)
    assert {"code": "hotline", "name": "12345热线转来"} in told["sources"]
