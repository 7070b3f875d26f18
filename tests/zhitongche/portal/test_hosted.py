"""A town has a desk and no portal of its own: whoever comes to its name is led to the county's."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.support.database import Database
from tests.support.stage import Play
from zhitongche.casework.tables import Petition
from zhitongche.identity.tables import Enterprise
from zhitongche.kernel.errors import Forbidden
from zhitongche.persistence import db, tenant_scope
from zhitongche.tenancy import current

TOWN, COUNTY = "http://huanggang.localhost", "http://raoping.localhost:8000/"


@pytest.fixture
def client(served_app: Flask, tenant_db: Database) -> FlaskClient:
    return served_app.test_client()


@pytest.mark.parametrize("path", ["/", "/petitions", "/petitions/new", "/sign-in", "/register", "/account/", "/notices"])
def test_every_page_of_the_portal_leads_to_the_countys(client: FlaskClient, path: str) -> None:
    answer = client.get(path, base_url=TOWN)
    assert (answer.status_code, answer.location) == (302, COUNTY)


def test_a_clause_is_read_at_the_countys_same_address(client: FlaskClient) -> None:
    assert client.get("/rules", base_url=TOWN).location == f"{COUNTY}rules"


def test_the_desk_is_the_towns_own(client: FlaskClient) -> None:
    page = client.get("/desk/sign-in", base_url=TOWN)
    assert page.status_code == 200
    assert "黄冈镇" in page.text
    assert client.get("/desk/", base_url=TOWN).location.startswith("/desk/sign-in")


def test_nothing_can_be_handed_in_at_the_towns_name(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.post("/register", base_url=TOWN, data={"name": "甲公司"}).location == COUNTY
    monkeypatch.setitem(client.application.config, "WTF_CSRF_ENABLED", False)
    refused = client.post("/register", base_url=TOWN, data={"name": "甲公司"})
    assert refused.status_code == 403
    assert "饶平县企业诉求“直通车”" in refused.text
    with client.application.app_context(), tenant_scope("huanggang"):
        assert db.session.scalar(select(func.count()).select_from(Enterprise)) == 0


@pytest.mark.clause("RP-2.3.e")
def test_the_flow_itself_takes_no_petition_from_an_enterprise_in_a_town(served_app: Flask, tenant_db: Database) -> None:
    with served_app.app_context(), tenant_scope("huanggang"):
        play = Play.open(current.registry()["huanggang"])
        with pytest.raises(Forbidden):
            play.hand_in()
        db.session.rollback()
        play.hand_in("window", source="window")
        assert db.session.scalar(select(func.count()).select_from(Petition)) == 1


def test_the_countys_front_page_names_its_towns_and_where_to_ask_there(client: FlaskClient) -> None:
    home = client.get("/", base_url="http://raoping.localhost").text
    assert "在黄冈镇" in home
    assert "黄冈镇便民服务中心窗口" in home
    assert "在黄冈镇" not in client.get("/", base_url="http://chaozhou.localhost").text
