"""The host name decides the tenant, for the length of one request."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from zhitongche.persistence import current_tenant, tenant_or_none
from zhitongche.tenancy import current
from zhitongche.tenancy.packs import Registry


@pytest.fixture
def client(registry: Registry) -> FlaskClient:
    app = Flask("hosts")
    current.init_app(app, registry)

    @app.get("/")
    def who() -> str:
        assert current.pack().code == current_tenant()
        return current.pack().portal_name

    @app.get("/fails")
    def fails() -> str:
        raise RuntimeError(current_tenant())

    @app.get("/healthz", endpoint="health.healthz")
    def health() -> str:
        return str(tenant_or_none())

    return app.test_client()


@pytest.mark.parametrize("code", ["raoping", "shantou", "chaozhou", "guangdong"])
def test_each_host_is_its_own_tenant(client: FlaskClient, registry: Registry, code: str) -> None:
    answer = client.get("/", base_url=f"http://{code}.localhost:8000")
    assert answer.text == registry[code].portal_name


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "nowhere.localhost", "raoping.localhost.evil.example"]
)
def test_an_unknown_host_is_not_found_and_learns_no_name(
    client: FlaskClient, registry: Registry, host: str
) -> None:
    answer = client.get("/", base_url=f"http://{host}")
    assert answer.status_code == 404
    assert not any(code in answer.text or pack.name in answer.text for code, pack in registry.items())


def test_no_header_of_the_visitor_changes_the_tenant(client: FlaskClient, registry: Registry) -> None:
    headers = {
        "X-Forwarded-Host": "shantou.localhost",
        "X-Tenant": "shantou",
        "Forwarded": "host=shantou.localhost",
    }
    answer = client.get("/?tenant=shantou", base_url="http://raoping.localhost", headers=headers)
    assert answer.text == registry["raoping"].portal_name


def test_the_tenant_ends_with_the_request_even_where_it_fails(client: FlaskClient) -> None:
    client.get("/", base_url="http://raoping.localhost")
    assert tenant_or_none() is None
    assert client.get("/fails", base_url="http://raoping.localhost").status_code == 500
    assert tenant_or_none() is None


def test_health_is_asked_for_under_any_name_and_has_no_tenant(client: FlaskClient) -> None:
    assert client.get("/healthz", base_url="http://10.0.0.7").text == "None"
