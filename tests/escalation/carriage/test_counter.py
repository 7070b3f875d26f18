"""The counter's real address: whoever asks is who signed the request, and gets only what is his."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from escalation.carriage import counter, home, sealing, trusted, ways
from escalation.carriage.keyring import DEPLOYMENT, Keyring
from escalation.cases.handing import Declined
from escalation.wire import hop, keys, strict
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from escalation.wire.keys import PrivateKey
    from tests.escalation.levels import Levels


def ask(app: Flask, what: str, body: dict[str, object], *, key: PrivateKey | None = None, tenant: str = "chaozhou") -> TestResponse:
    """A request as another deployment sends it."""
    (own,) = trusted.in_force().deployments.values()
    url, content = f"{own.endpoint}/bridge/v1/{tenant}/{what}", strict.dump(body)
    headers = {"content-type": counter.MEDIA_TYPE}
    headers |= hop.sign("POST", url, headers, content, key or Keyring(home.folder()).active(DEPLOYMENT), kernel_clock.now())
    return app.test_client().post(f"/bridge/v1/{tenant}/{what}", data=content, headers=headers)


@pytest.fixture
def sealed(levels: Levels) -> Levels:
    """A case of the county's, sealed; the city keeps the seal."""
    levels.send_up()
    sealing.seal("raoping")
    db.session.remove()
    return levels


def test_a_tenant_gets_the_seals_that_are_kept_of_it(sealed: Levels, bridge_app: Flask) -> None:
    answer = ask(bridge_app, "seals", {"from": "raoping", "after": 0})
    assert (answer.status_code, answer.data.count(b"\n") + 1, len(answer.data) > 100) == (200, 1, True)
    assert ask(bridge_app, "seals", {"from": "raoping", "after": 1}).data == b""
    assert ask(bridge_app, "seals", {"from": "shantou", "after": 0}).data == b""


def test_who_did_not_sign_gets_nothing(sealed: Levels, bridge_app: Flask) -> None:
    assert ask(bridge_app, "seals", {"from": "raoping"}, key=keys.generate()).headers["x-bridge-reason"] == "key_unknown"
    unsigned = bridge_app.test_client().post("/bridge/v1/chaozhou/seals", data=b'{"from":"raoping"}', headers={"content-type": counter.MEDIA_TYPE})
    assert (unsigned.status_code, unsigned.headers["x-bridge-reason"]) == (401, "hop_missing")


@pytest.mark.parametrize("body", [{}, {"from": 1}, {"from": "nobody"}, {"from": ["raoping"]}])
def test_who_is_not_hosted_by_the_signer_gets_nothing(sealed: Levels, bridge_app: Flask, body: dict[str, object]) -> None:
    answer = ask(bridge_app, "seals", body)
    assert (answer.status_code, answer.headers["x-bridge-reason"]) == (401, "source")


def test_a_deployment_asks_for_its_own_tenants_only(sealed: Levels, bridge_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    known = trusted.in_force()
    moved = replace(known.tenants["raoping"], deployment="elsewhere")
    monkeypatch.setattr(counter, "trusted", SimpleNamespace(in_force=lambda: replace(known, tenants={**known.tenants, "raoping": moved})))
    assert ask(bridge_app, "seals", {"from": "raoping"}).headers["x-bridge-reason"] == "source"


def test_a_refusal_tells_its_reason_across_the_network(sealed: Levels, bridge_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(bridge_app, "documents", {"from": "raoping", "token": "x" * 43})
    assert (answer.status_code, answer.get_json()["detail"]) == (410, "调阅链接不存在，或不是给本单位的")

    known = trusted.in_force()
    far = replace(known.tenants["chaozhou"], deployment="far")
    listed = replace(known, tenants={**known.tenants, "chaozhou": far}, deployments={**known.deployments, "far": next(iter(known.deployments.values()))})
    monkeypatch.setattr(ways, "trusted", SimpleNamespace(in_force=lambda: listed))

    def post(_url: str, _kind: str, content: bytes) -> bytes:
        said = ask(bridge_app, "documents", strict.load(content, limit=4096))
        raise ways.Unreachable("HTTP 410", said.headers["x-bridge-reason"])

    monkeypatch.setattr(ways, "post", post)
    with pytest.raises(Declined, match="unknown"):
        ways.fetch("chaozhou", "raoping", "documents", token="x" * 43)
