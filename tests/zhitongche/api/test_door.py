"""A key or nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from tests.support.database import Database
from tests.support.stage import Play
from tests.zhitongche.api.conftest import Machine, Place
from zhitongche.api import bearers, door, keys
from zhitongche.api.tables import ApiKey
from zhitongche.identity import people
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.kernel.ids import new_id
from zhitongche.persistence import db, tenant_scope, unit_of_work
from zhitongche.tenancy import current

PATHS = ("/vocabulary", "/petitions", "/petitions/RP2026000001")


def test_without_a_right_key_nobody_enters_and_every_wrong_one_gets_one_answer(raoping: Place, hotline: Machine) -> None:
    right = hotline.key
    other = f"zt_{new_id().hex}_{right.rpartition('_')[2]}"
    wrong = ["", "x", right[:-1], right[:-1] + ("A" if right[-1] != "A" else "B"), other, right + "\u00ff", f"{right} {right}", "zt_" + "０" * 32 + right[35:]]
    answers = [Machine(raoping.app, raoping.host, key).get(path) for key in wrong for path in PATHS]
    assert {(a.status_code, a.get_data()) for a in answers} == {(401, answers[0].get_data())}
    assert answers[0].mimetype == "application/problem+json"
    assert answers[0].headers["WWW-Authenticate"].startswith("Bearer ")
    assert hotline.get("/vocabulary").status_code == 200


def test_a_foreign_tenants_key_is_nobody(raoping: Place, hotline: Machine) -> None:
    with tenant_scope("shantou"):
        foreign = Place(raoping.app, Play.open(current.registry()["shantou"])).key("hotline", "hotline")
    assert Machine(raoping.app, raoping.host, foreign).get("/vocabulary").status_code == 401
    assert Machine(raoping.app, "http://shantou.localhost", foreign).get("/vocabulary").status_code == 200
    assert Machine(raoping.app, "http://shantou.localhost", hotline.key).post(json=raoping.order()).status_code == 401


def test_a_revoked_key_is_nobody_at_once(raoping: Place, hotline: Machine) -> None:
    (key,) = keys.listing()
    with unit_of_work():
        keys.revoke(key.id)
    assert hotline.get("/vocabulary").status_code == 401
    with pytest.raises(NotFound):
        keys.revoke(new_id())


def test_the_key_of_somebody_who_has_left_is_nobody(raoping: Place, hotline: Machine) -> None:
    with unit_of_work():
        people.by_id(raoping.play.actor("hotline").person_id).active = False
    assert hotline.get("/vocabulary").status_code == 401


def test_a_key_of_somebody_who_lost_the_role_hands_nothing_in(raoping: Place, hotline: Machine) -> None:
    with unit_of_work():
        people.by_id(raoping.play.actor("hotline").person_id).roles = ["window"]
    assert hotline.post(json=raoping.order()).status_code == 403


def test_the_text_of_a_key_is_kept_nowhere(raoping: Place, hotline: Machine, tenant_db: Database) -> None:
    secret = hotline.key.rpartition("_")[2]
    with tenant_db.superuser.connect() as connection:
        kept = connection.execute(text("select row_to_json(k)::text from api_key k")).scalars().all()
    assert len(kept) == 1
    assert secret not in kept[0]


def test_that_a_key_was_used_is_noted_to_the_minute(hotline: Machine, clock: kernel_clock.Simulated) -> None:
    assert hotline.get("/vocabulary").status_code == 200
    first = db.session.scalars(select(ApiKey.last_used_at)).one()
    clock.advance(timedelta(seconds=30))
    hotline.get("/vocabulary")
    db.session.rollback()
    assert db.session.scalars(select(ApiKey.last_used_at)).one() == first == kernel_clock.now() - timedelta(seconds=30)


def test_too_many_requests_and_too_many_guesses_are_stopped(raoping: Place, hotline: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "KEY", door.Rate("api_key", 2, timedelta(minutes=1)))
    monkeypatch.setattr(door, "DENIED", door.Rate("api_denied", 2, timedelta(minutes=1)))
    for machine, usual in ((hotline, 200), (Machine(raoping.app, raoping.host, "x"), 401)):
        answers = [machine.get("/vocabulary") for _ in range(3)]
        assert [a.status_code for a in answers] == [usual, usual, 429]
        assert answers[-1].headers["Retry-After"] == "60"
        assert answers[-1].mimetype == "application/problem+json"


def test_a_session_of_the_portal_is_no_key_and_no_cookie_is_set(raoping: Place, hotline: Machine) -> None:
    from zhitongche.identity.actors import AccountUser

    client = raoping.app.test_client()
    with client.session_transaction(base_url=raoping.host) as session:
        session["_user_id"] = AccountUser(people.by_id(raoping.play.actor("triage").person_id)).get_id()
    assert client.get("/api/v1/vocabulary", base_url=raoping.host).status_code == 401
    assert "Set-Cookie" not in hotline.get("/vocabulary").headers


def test_only_the_apis_own_pages_go_without_a_form_token(raoping: Place, hotline: Machine, served_app) -> None:
    assert hotline.post(json=raoping.order()).status_code == 201
    from zhitongche.webkit import csrf

    assert {one.name for one in csrf._exempt_blueprints} == {"api_petitions", "api_vocabulary", "bridge_in", "bridge_counter"}
    assert csrf._exempt_views == set()


def test_failures_outside_an_endpoint_are_problems_too(hotline: Machine) -> None:
    missing, method = hotline.get("/nothing"), hotline.ask("DELETE", "/petitions")
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")
    assert (method.status_code, method.mimetype) == (405, "application/problem+json")
    assert {"GET", "POST"} <= set(method.headers["Allow"].split(", "))
    assert "按钮" not in method.text


def test_pages_for_people_stay_pages(raoping: Place) -> None:
    answer = raoping.app.test_client().get("/nothing", base_url=raoping.host)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_a_key_for_a_hotline_is_only_for_who_holds_that_role(raoping: Place) -> None:
    with pytest.raises(Invalid, match="热线登记员"):
        raoping.key("window", "hotline")
    with pytest.raises(Invalid):
        keys.issue(" ", "reader", people.by_id(raoping.play.actor("window").person_id))


def test_a_bearer_is_found_by_login_or_by_enterprise_and_mobile(raoping: Place) -> None:
    actor = raoping.play.actor("enterprise")
    official = people.by_id(raoping.play.actor("hotline").person_id)
    assert bearers.find(official.login, None, None) == (official, None)
    person, enterprise_id = bearers.find(None, "91440500617540496Q", "13800001234")
    assert (person.id, enterprise_id) == (actor.person_id, actor.enterprise_id)
    for wrong in (("nobody", None, None), (None, "91445122MA4UQ12A06", "13800001234"), (None, "91440500617540496Q", "13800009999")):
        with pytest.raises(Invalid):
            bearers.find(*wrong)
