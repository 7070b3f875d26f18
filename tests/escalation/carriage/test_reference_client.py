"""docs/examples/bridge_client.py, as a program of its own, is understood by a real server; it imports nothing of ours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from escalation.carriage import home, trusted
from escalation.carriage.keyring import Keyring
from escalation.wire import kinds, trust
from tests.escalation.wire import world
from tests.support.processes import PATIENCE
from tests.support.stage import Play
from zhitongche.casework import escalations
from zhitongche.kernel import clock
from zhitongche.persistence import tenant_scope
from zhitongche.tenancy import current

CLIENT = Path(__file__).parents[3] / "docs" / "examples" / "bridge_client.py"


@pytest.fixture
def served(bridge_app: Flask, monkeypatch: pytest.MonkeyPatch):
    """The application behind a real port, and the world whose list it goes by, by the real clock."""
    monkeypatch.setitem(bridge_app.config, "SETTINGS", replace(bridge_app.config["SETTINGS"], deployment="here"))
    server = make_server("127.0.0.1", 0, bridge_app, threaded=True)
    made = world.make(
        clock.now().replace(microsecond=0), f"http://city.localhost:{server.port}/bridge/v1/chaozhou/messages",
        me="chaozhou", peer="raoping", town="huanggang", nearby="xiangqiao", far="shantou",
    )  # fmt: skip
    trusted.take(made.list(), trust.fingerprint(made.anchor.public))
    # The city's own key must be the listed one, or no receipt of its would hold.
    Keyring(home.folder())
    (home.folder() / "keys" / "chaozhou.pem").write_text(made.key("chaozhou").to_pem())
    with tenant_scope("chaozhou"):
        Play.open(current.registry()["chaozhou"])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    thread.join()


def _run(folder: Path, made: world.World, data: dict[str, object], **more: str) -> subprocess.CompletedProcess[str]:
    files = {
        "trust": made.list(), "data": json.dumps(data, ensure_ascii=False).encode(),
        "tenant-key": made.key("raoping").to_pem().encode(), "deployment-key": made.key("there").to_pem().encode(),
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    given = {
        **{name: str(folder / name) for name in files}, "anchor": trust.fingerprint(made.anchor.public),
        "tenant": "raoping", "deployment": "there", "to": "chaozhou", "type": kinds.ESCALATE, **more,
    }  # fmt: skip
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    return subprocess.run([sys.executable, str(CLIENT), *words], capture_output=True, text=True, check=False, timeout=PATIENCE)


def test_another_software_reports_a_case_and_holds_a_receipt(served: world.World, tmp_path: Path) -> None:
    done = _run(tmp_path, served, world.DATA[kinds.ESCALATE])
    assert done.returncode == 0, done.stderr
    subject = json.loads(done.stdout)["subject"]
    with tenant_scope("chaozhou"):
        from uuid import UUID

        assert escalations.petition_by_bridge(UUID(subject)) is not None


def test_what_the_form_does_not_hold_is_refused_and_said(served: world.World, tmp_path: Path) -> None:
    done = _run(tmp_path, served, {**world.DATA[kinds.ESCALATE], "enterprise": "某某陶瓷有限公司"})
    assert done.returncode != 0
    assert "schema" in done.stderr


def test_an_anchor_of_another_fingerprint_is_not_believed(served: world.World, tmp_path: Path) -> None:
    done = _run(tmp_path, served, world.DATA[kinds.ESCALATE], anchor="0000 " * 8)
    assert done.returncode != 0
    assert "信任锚" in done.stderr


def test_it_is_short_and_imports_nothing_of_ours() -> None:
    text = CLIENT.read_text("utf-8")
    assert len(text.splitlines()) < 200
    assert not re.search(r"^(from|import) (zhitongche|escalation)", text, re.MULTILINE)
