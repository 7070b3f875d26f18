"""`./zhitongche bridge …`, on the database and the data folder of a running installation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from escalation.carriage import home, issuing, trusted
from escalation.carriage.keyring import Keyring
from escalation.carriage.pens import GRACE, TenantPen
from escalation.ledger.tables import BridgeAct, BridgeEpoch
from escalation.wire import dsse, keys, trust
from tests.escalation.levels import Levels
from tests.support.database import Database
from zhitongche.cli.main import run
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import admin, db, tenant_scope
from zhitongche.tenancy import current

Bridge = Callable[..., tuple[int, str]]


@pytest.fixture
def bridge(bridge_app: Flask, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bridge:
    """The word, as a person types it on the machine; its status and what it said."""
    for name, value in {"DATABASE_URL": database.url, "ZHITONGCHE_ENVIRONMENT": "test", "ZHITONGCHE_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)

    def typed(*words: str) -> tuple[int, str]:
        status = run(["bridge", *words])
        said = capsys.readouterr()
        return status, said.out + said.err

    return typed


def _acts(tenant: str) -> list[tuple[str, str]]:
    with tenant_scope(tenant):
        db.session.expire_all()
        return [(row.deed, row.about) for row in db.session.scalars(select(BridgeAct).order_by(BridgeAct.id))]


def test_status_tells_each_neighbours_queue_and_what_needs_a_look(levels: Levels, bridge: Bridge, clock: kernel_clock.Simulated) -> None:
    levels.send_up()
    status, said = bridge("status", "--tenant", "raoping")
    assert (status, "待发出 1 条" in said, "没有需要处理的事项" in said) == (0, True, True)
    clock.advance(timedelta(hours=25))
    status, said = bridge("status", "--tenant", "raoping")
    assert (status, "超过24小时仍无回执" in said) == (1, True)


def test_a_tenant_that_is_not_here_is_said_to_be_so(bridge: Bridge) -> None:
    status, said = bridge("status", "--tenant", "nowhere")
    assert (status, "没有名为“nowhere”的租户" in said) == (1, True)


def test_a_rotated_key_signs_only_when_every_peer_can_know_it(levels: Levels, bridge: Bridge, clock: kernel_clock.Simulated) -> None:
    old = Keyring(home.folder()).active("raoping").keyid
    trusted.refresh()
    clock.advance(GRACE)
    status, said = bridge("keys", "rotate", "--tenant", "raoping")
    new = Keyring(home.folder()).next("raoping")
    assert new is not None
    assert (status, new.keyid in said) == (0, True)
    assert "待启用" in bridge("keys", "list", "--tenant", "raoping")[1]
    assert _signer(levels) == old
    clock.advance(GRACE + timedelta(seconds=1))
    assert _signer(levels) == new.keyid
    assert _acts("raoping") == [("rotate", new.keyid)]


def test_a_revoked_key_signs_no_more_and_messages_still_arrive(levels: Levels, bridge: Bridge, clock: kernel_clock.Simulated) -> None:
    trusted.refresh()
    clock.advance(GRACE)
    lost = Keyring(home.folder()).active("raoping").keyid
    levels.send_up()
    clock.advance(timedelta(seconds=1))
    status, _ = bridge("keys", "revoke", lost, "--tenant", "raoping")
    assert status == 0
    listed = {key.keyid: key for key in trusted.in_force().tenants["raoping"].keys}
    assert listed[lost].revoked_at is not None
    assert _signer(levels) != lost
    # What was signed with it and waits goes out under the new one.
    assert levels.carry() == 1


def test_only_a_key_of_that_tenant_is_revoked(bridge: Bridge) -> None:
    foreign = Keyring(home.folder()).active("chaozhou").keyid
    trusted.refresh()
    status, said = bridge("keys", "revoke", foreign, "--tenant", "raoping")
    assert (status, "没有编号为" in said) == (1, True)
    assert all(key.revoked_at is None for key in trusted.in_force().tenants["chaozhou"].keys)


def test_a_list_is_imported_only_with_the_fingerprint_of_its_anchor(bridge: Bridge, tmp_path: Path) -> None:
    anchor, file = keys.generate(), tmp_path / "list.json"
    member = issuing.Member("local", "http://localhost:8000", Keyring(home.folder()), tuple(current.registry().values()))
    file.write_bytes(trust.sign(issuing.issue([member], None, kernel_clock.now()), anchor))
    own = trusted.fingerprint()
    for words in ((), ("--fingerprint", own), ("--fingerprint", "0000 " * 8)):
        status, said = bridge("trust", "import", str(file), *words)
        assert (status, "不是由约定的信任锚签发" in said) == (1, True)
    assert trusted.fingerprint() == own

    status, said = bridge("trust", "import", str(file), "--fingerprint", keys.fingerprint(anchor.public))
    assert (status, "已导入" in said) == (0, True)
    assert keys.fingerprint(anchor.public) in bridge("trust", "show")[1]
    assert _acts("raoping") == [("import", "1")]
    assert bridge("trust", "import", str(tmp_path / "none"))[0] == 1


def test_where_another_issues_the_list_a_rotated_key_is_handed_over_and_none_is_revoked_here(bridge: Bridge) -> None:
    trusted.refresh()
    (home.folder() / trusted.ANCHOR).write_text(trusted.fingerprint())
    present = Keyring(home.folder()).active("raoping").keyid
    status, said = bridge("keys", "revoke", present, "--tenant", "raoping")
    assert (status, "告诉签发方吊销" in said) == (1, True)
    assert Keyring(home.folder()).active("raoping").keyid == present
    status, said = bridge("keys", "rotate", "--tenant", "raoping")
    assert (status, "BEGIN PUBLIC KEY" in said, "PRIVATE" in said) == (0, True, False)


def test_resync_sends_again_what_the_neighbour_lost(levels: Levels, bridge: Bridge, tenant_db: Database) -> None:
    levels.send_up()
    levels.carry()
    assert "一致" in bridge("resync", "--tenant", "raoping")[1]
    with admin.as_owner(tenant_db.admin_url) as owner:
        owner.execute(text("select set_config('app.tenant', 'chaozhou', false)"))
        for table in ("bridge_incoming", "bridge_stream", "report", "clock", "journal_entry", "dossier_key", "petition_search", "petition"):
            owner.execute(text(f"delete from {table}"))
        owner.commit()
    assert levels.arrived() is None
    status, said = bridge("resync", "--tenant", "raoping", "--peer", "chaozhou")
    assert (status, "1 处不一致，已补发" in said) == (0, True)
    assert levels.arrived() is not None


def test_a_new_epoch_is_taken_above_the_old_one(levels: Levels, bridge: Bridge, clock: kernel_clock.Simulated) -> None:
    levels.send_up()
    clock.advance(timedelta(minutes=1))
    status, _ = bridge("resync", "--tenant", "raoping", "--new-epoch")
    assert status == 0
    with tenant_scope("raoping"):
        epochs = db.session.scalars(select(BridgeEpoch).order_by(BridgeEpoch.epoch)).all()
    assert [row.why for row in epochs] == ["first", "asked"]
    assert _acts("raoping") == [("new_epoch", str(epochs[-1].epoch))]


def test_a_neighbour_that_is_none_is_said_to_be_so(bridge: Bridge) -> None:
    status, said = bridge("resync", "--tenant", "raoping", "--peer", "shantou")
    assert (status, "不是 raoping 的往来单位" in said) == (1, True)


def _signer(levels: Levels) -> str:
    """Whose signature stands on what the county writes now."""
    pen = TenantPen(levels.below.pack.code)
    found = dsse.parse(dsse.sign(b"{}", pen._key())).only(dsse.EVENT_TYPE)
    return found.keyid
