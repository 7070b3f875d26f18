import pytest
from flask import Flask, current_app

from zhitongche.kernel.settings import Settings
from zhitongche.worker.celery_app import TASK_SECONDS, make_celery

PGMQ = "pgmq://zt_broker:secret@127.0.0.1:5433/queue"


def celery(broker_url):
    return make_celery(Settings(broker_url=broker_url, environment="test"))


@pytest.mark.parametrize("broker_url", [PGMQ, "amqp://guest@broker//", None])
def test_a_task_in_flight_is_never_lost_with_its_worker(broker_url):
    conf = celery(broker_url).conf

    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.result_backend is None
    assert conf.accept_content == ["json"]


def test_no_message_comes_back_while_its_task_may_still_run():
    options = celery(PGMQ).conf.broker_transport_options

    assert options["visibility_timeout"] > TASK_SECONDS


def test_the_embedded_queue_needs_no_extension_and_does_not_wait_in_the_server():
    options = celery(PGMQ).conf.broker_transport_options

    assert options["conn_string"] == PGMQ.replace("pgmq", "postgresql", 1)
    assert options["init_extension"] is False
    assert options["wait_time_seconds"] == 0


def test_rabbitmq_gets_quorum_queues():
    made = celery("amqp://guest@broker//")
    (queue,) = made.amqp.queues.values()

    assert queue.queue_arguments == {"x-queue-type": "quorum"}


def test_the_password_of_the_broker_does_not_stand_in_the_address_that_celery_prints():
    assert "secret" not in celery(PGMQ).conf.broker_url


def test_tasks_run_inside_the_application():
    app = Flask("inside")
    made = make_celery(Settings(environment="test"), app)

    @made.task(name="which")
    def which():
        return current_app.name

    assert which() == "inside"
    assert not current_app
