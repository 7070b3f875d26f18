import psycopg
import pytest

from zhitongche.kernel.settings import Settings
from zhitongche.worker.beat import FOLLOWER_SECONDS, LEADERSHIP, LeaderScheduler, Leadership
from zhitongche.worker.celery_app import make_celery


@pytest.fixture
def rivals(database):
    first, second = Leadership(database.url), Leadership(database.url)
    yield first, second
    first.give_up()
    second.give_up()


def kill_holder(server):
    with psycopg.connect(server, autocommit=True) as admin:
        killed = admin.execute(
            "select pg_terminate_backend(pid, 60000) from pg_locks where locktype = 'advisory' and objid = %s",
            [LEADERSHIP],
        ).fetchall()
    assert killed == [(True,)]


def test_of_two_clockworks_one_leads(rivals):
    first, second = rivals

    assert first.held()
    assert not second.held()
    assert first.held()


def test_when_the_leader_goes_the_other_takes_over(rivals):
    first, second = rivals
    assert first.held()

    first.give_up()

    assert second.held()
    assert not first.held()


def test_a_leader_that_lost_its_connection_does_not_think_it_leads(rivals, server):
    first, second = rivals
    assert first.held()
    kill_holder(server)

    assert second.held()
    assert not first.held()
    assert not first.held()


def test_without_a_database_nobody_leads():
    assert not Leadership("postgresql://nobody@127.0.0.1:1/none").held()


def test_only_the_leader_sends_what_is_due(rivals, database, monkeypatch):
    first, _ = rivals
    sent = []
    scheduler = scheduler_on(database, monkeypatch)
    monkeypatch.setattr(scheduler, "apply_entry", lambda entry, producer=None: sent.append(entry.task))
    assert first.held()

    assert scheduler.tick() == FOLLOWER_SECONDS
    assert sent == []

    first.give_up()
    assert scheduler.tick() == 0
    assert sent == ["zhitongche.sweep"]
    scheduler.close()


def scheduler_on(database, monkeypatch):
    for name, value in {
        "DATABASE_URL": database.url,
        "BROKER_URL": "memory://",
        "ZHITONGCHE_ENVIRONMENT": "test",
        "SECRET_KEY": "x" * 32,
    }.items():
        monkeypatch.setenv(name, value)
    celery = make_celery(Settings(environment="test"))
    # At the start everything is due at once, however long its interval.
    celery.conf.beat_schedule = {"sweep": {"task": "zhitongche.sweep", "schedule": 3600.0}}
    return LeaderScheduler(celery)
