import psycopg
import pytest

from tests.support.processes import PATIENCE, wait_until
from zhitongche.deployment import queue
from zhitongche.deployment.cluster import throwaway
from zhitongche.kernel.settings import Settings
from zhitongche.worker.celery_app import QUEUE, make_celery

pytestmark = pytest.mark.deployment


@pytest.fixture(scope="module")
def cluster():
    with throwaway() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def broker(cluster):
    return queue.prepare(cluster)


def test_preparing_again_changes_nothing(cluster, broker):
    with psycopg.connect(broker.replace("pgmq", "postgresql", 1)) as connection:
        connection.execute("select pgmq.create('kept')")
        connection.execute("""select pgmq.send('kept', '{"id": 1}')""")

    assert queue.prepare(cluster) == broker

    with psycopg.connect(broker.replace("pgmq", "postgresql", 1)) as connection:
        assert connection.execute("select queue_length from pgmq.metrics('kept')").fetchone() == (1,)


def test_another_version_of_the_queue_is_replaced(cluster, broker):
    address = broker.replace("pgmq", "postgresql", 1)
    with psycopg.connect(address) as connection:
        connection.execute("comment on schema pgmq is '0.0.1'")
        connection.execute("drop function if exists pgmq.metrics_all()")

    queue.prepare(cluster)

    with psycopg.connect(address) as connection:
        connection.execute("select * from pgmq.metrics_all()")


def test_the_queues_role_is_no_superuser_and_may_not_make_anything_else(cluster, broker):
    with psycopg.connect(cluster.url()) as connection:
        found = connection.execute(
            "select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles where rolname = %s", [queue.ROLE]
        ).fetchone()

    assert found == (False, False, False, False)


def test_other_roles_cannot_look_into_the_queue(cluster, broker):
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("create role stranger login password 'stranger'")

    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(f"postgresql://stranger:stranger@127.0.0.1:{cluster.port}/{queue.DATABASE}")


def test_a_message_not_acknowledged_comes_back_and_one_that_was_does_not(broker):
    celery = make_celery(Settings(broker_url=broker, environment="test"))
    celery.conf.broker_transport_options["visibility_timeout"] = 3600
    celery.send_task("zhitongche.sweep", [1])

    def take():
        with celery.connection() as connection, connection.SimpleQueue(QUEUE) as simple:
            try:
                return simple.get(block=True, timeout=0.3)
            except simple.Empty:
                return None

    taken = []
    wait_until(lambda: taken.append(take()) or taken[-1])
    first = taken[-1]
    assert first.headers["task"] == "zhitongche.sweep"
    assert take() is None

    with psycopg.connect(broker.replace("pgmq", "postgresql", 1), autocommit=True) as connection:
        # The hour is over: by waiting for a second, a slow machine would see it too early.
        connection.execute(f"update pgmq.q_{QUEUE} set vt = now()")
    again = []
    with celery.connection() as connection, connection.SimpleQueue(QUEUE) as simple:
        wait_until(lambda: again.append(simple.get(block=True, timeout=PATIENCE)) or again)
        assert again[0].headers["id"] == first.headers["id"]
        again[0].ack()

    with psycopg.connect(broker.replace("pgmq", "postgresql", 1)) as connection:
        length = connection.execute("select queue_length from pgmq.metrics(%s)", [QUEUE]).fetchone()
    assert length == (0,)
