"""A second start skips what the first one proved, and only where everything is as it was."""

import os
import signal
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import psycopg
import pytest

from tests.support.processes import wait_until
from zhitongche.deployment import addresses, prepared
from zhitongche.deployment.cluster import Cluster
from zhitongche.deployment.database import equip
from zhitongche.kernel.settings import Settings, bundled

pytestmark = pytest.mark.deployment
COLUMNS = "tenant_id, version, digest, raw, effective_from, stored_at"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared")
    folder.chmod(0o755)
    with Cluster(folder / "postgres", fsync=False) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    return Path(copytree(bundled("tenants"), tmp_path_factory.mktemp("packs") / "tenants"))


@pytest.fixture(scope="module")
def settings(packs):
    return Settings(tenants_dirs=(packs,))


@pytest.fixture(scope="module")
def equipped(settings, cluster):
    return equip(settings, cluster)


@pytest.fixture
def again(settings, cluster, equipped):
    """Ask after a good start."""
    # Another test may have moved the server to another port.
    live = replace(equipped, **addresses.at_todays_port(cluster, addresses.kept(cluster)))
    prepared.remember(live, cluster, demo=True)
    return lambda **changed: prepared.as_before(replace(settings, **changed), cluster, demo=True)


def tell(cluster, *statements):
    with psycopg.connect(cluster.url("zhitongche"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def test_what_is_as_it_was_is_not_prepared_again(again, equipped):
    assert again() == equipped


def test_a_start_that_did_not_come_to_its_end_is_not_rested_upon(again, cluster):
    (cluster.path / "prepared.json").unlink()
    assert again() is None


def test_the_addresses_follow_the_port_of_the_day(again, cluster, settings):
    cluster.stop()
    cluster.start()
    live = again()
    with psycopg.connect(live.database_url) as connection:
        assert connection.execute("select current_user").fetchone() == ("zt_app",)
    assert addresses.kept(cluster)["database_url"] == live.database_url


def test_a_killed_server_changes_nothing_of_it(again, cluster):
    os.kill(cluster.pid, signal.SIGKILL)
    wait_until(cluster.tend)
    assert again() is not None


@pytest.mark.parametrize("changed", [{"base_domain": "example.cn"}, {"environment": "test"}, {"tenants_dirs": ()}, {"served": frozenset({"raoping"})}])
def test_changed_settings_are_noticed(again, changed):
    assert again(**changed) is None


def test_demonstration_data_asked_for_later_is_noticed(again, settings, cluster):
    assert prepared.as_before(settings, cluster, demo=False) is None


def test_a_changed_pack_is_noticed(again, packs):
    file = packs / "raoping" / "flow.yaml"
    before = file.read_bytes()
    file.write_bytes(before + b"\n# changed\n")
    assert again() is None
    file.write_bytes(before)
    assert again() is not None


def test_a_changed_program_is_noticed(again, monkeypatch, tmp_path):
    (tmp_path / "0002_next.py").write_text("revision = '0002'\n")
    files = [*prepared._program(), tmp_path / "0002_next.py"]
    monkeypatch.setattr(prepared, "_program", lambda: files)
    assert again() is None


def test_changed_packages_are_noticed(again, monkeypatch):
    monkeypatch.setattr(prepared, "_packages", lambda: ["pgmq-99.dist-info"])
    assert again() is None


@pytest.mark.parametrize(
    ("change", "back"),
    [
        ("alter table person no force row level security", "alter table person force row level security"),
        ("alter table person disable row level security", "alter table person enable row level security"),
        ("grant truncate on person to zt_app", "revoke truncate on person from zt_app"),
        ("alter role zt_app bypassrls", "alter role zt_app nobypassrls"),
        ("grant zt_owner to zt_app", "revoke zt_owner from zt_app"),
        ("alter policy tenant on person using (true)", None),
        ("drop policy tenant on person", None),
        ("create table loose (tenant_id text)", "drop table loose"),
        ("alter table person add column loose text", "alter table person drop column loose"),
        ("update alembic_version set version_num = 'older'", None),
        (f"insert into pack_version ({COLUMNS}) values ('raoping', 'other', 'x', '{{}}', now(), now())", "delete from pack_version"),
    ],
)
def test_whatever_was_changed_in_the_database_by_hand_is_noticed(again, cluster, change, back):
    tell(cluster, change)
    assert again() is None
    tell(cluster, *([back] if back else []))


def test_a_database_that_is_gone_is_noticed(again, cluster):
    with psycopg.connect(cluster.url(), autocommit=True) as server:
        server.execute("alter database zhitongche rename to away")
    assert again() is None
