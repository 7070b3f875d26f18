import socket

from zhitongche.deployment.ports import answers, free_port, is_taken


def test_a_free_port_is_free_until_someone_listens():
    port = free_port()
    assert not is_taken("127.0.0.1", port)

    with socket.create_server(("127.0.0.1", port)):
        assert is_taken("127.0.0.1", port)


def test_no_outgoing_connection_is_given_the_port_meanwhile():
    # Linux hands out ports from 32768 on, others from 49152.
    assert free_port() < 32_000


def test_a_server_that_accepts_and_says_nothing_does_not_answer():
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert not answers("127.0.0.1", server.getsockname()[1])


def test_nobody_does_not_answer():
    assert not answers("127.0.0.1", free_port())
