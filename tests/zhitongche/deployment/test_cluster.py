import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support.processes import alive, environment, family, wait_until
from zhitongche.deployment.cluster import Cluster, throwaway
from zhitongche.deployment.errors import ClusterBusy, ClusterError, NoPostgres

pytestmark = pytest.mark.deployment


@pytest.fixture
def cluster():
    with throwaway() as cluster:
        yield cluster


def ask(cluster, query):
    with psycopg.connect(cluster.url()) as connection:
        return connection.execute(query).fetchone()[0]


def test_it_is_a_real_server_that_is_new_enough(cluster):
    assert int(ask(cluster, "show server_version_num")) >= 150014


def test_it_knows_chinese_characters(cluster):
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("create extension pg_trgm")
        alike = connection.execute("select similarity('企业诉求办理', '企业诉求')").fetchone()[0]

    assert alike > 0.3


def test_a_wrong_password_opens_nothing(cluster):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(cluster.url().replace(cluster.password(), "wrong"))


def test_only_this_machine_can_reach_it(cluster):
    assert ask(cluster, "show listen_addresses") == "127.0.0.1"
    assert ask(cluster, "show unix_socket_directories") == ""


def test_passwords_are_kept_from_other_users(cluster):
    file = cluster.path / "postgres.password"

    assert file.read_text() == cluster.password()
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_committed_is_there_after_a_restart(cluster):
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("create table kept as select 7 as number")
    cluster.stop()
    cluster.start()

    assert ask(cluster, "select number from kept") == 7


def test_a_server_that_died_is_started_again_at_the_same_address(cluster):
    address = cluster.url()
    os.kill(cluster.pid, signal.SIGKILL)
    wait_until(lambda: not cluster.alive)

    assert cluster.tend()
    assert cluster.url() == address
    assert ask(cluster, "select 1") == 1
    assert not cluster.tend()


def test_after_stopping_nothing_runs(cluster):
    pid = cluster.pid
    children = family(pid)
    assert len(children) > 1

    cluster.stop()

    wait_until(lambda: not any(alive(each) for each in children))
    cluster.stop()


def test_two_owners_of_one_folder_are_one_too_many(cluster):
    with pytest.raises(ClusterBusy, match="另一个"):
        Cluster(cluster.path).start()

    assert ask(cluster, "select 1") == 1


def test_a_folder_of_another_version_is_left_alone_and_said_so(cluster):
    cluster.stop()
    version = cluster.path / "data" / "PG_VERSION"
    version.write_text("9\n")

    with pytest.raises(ClusterError, match="PostgreSQL 9"):
        cluster.start()


def test_a_killed_owner_leaves_no_server_and_a_folder_that_starts_again(tmp_path_factory):
    with throwaway() as donor:
        home = donor.path
        donor.stop()
        script = f"""
from pathlib import Path
from zhitongche.deployment.cluster import Cluster
import time
print(Cluster(Path({str(home)!r}), fsync=False).start().pid, flush=True)
time.sleep(600)
"""
        owner = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment())
        server = int(owner.stdout.readline())
        owner.kill()
        owner.wait()
        if sys.platform == "linux":
            wait_until(lambda: not alive(server))
        donor.start()

        assert ask(donor, "select 1") == 1


def test_a_server_left_behind_is_taken_over(cluster):
    # As where no death signal exists: the server runs on, its owner and its lock are gone.
    left = cluster._process
    cluster._lock.close()

    with Cluster(cluster.path, fsync=False) as heir:
        wait_until(lambda: left.poll() is not None)
        assert ask(heir, "select 1") == 1


def test_programs_that_are_not_there_are_named(tmp_path):
    with pytest.raises(NoPostgres, match="ZHITONGCHE_PG_BINDIR"):
        Cluster(tmp_path, bindir=tmp_path)


def test_a_path_with_blanks_and_chinese_is_a_path():
    with throwaway() as outer, Cluster(outer.path / "数据 目录", fsync=False) as cluster:
        assert ask(cluster, "select 1") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_root_does_not_run_the_server_itself(cluster):
    assert Path(f"/proc/{cluster.pid}").stat().st_uid != 0
