"""A bad line: what is lost, doubled and delayed on it, and that the rest arrives byte for byte."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from escalation.federation.proxy import HOST, Fate, Faults, Luck, Proxy
from tests.support.processes import PATIENCE, wait_until
from zhitongche.deployment.ports import free_port

NONE = Faults(lost=0, doubled=0, delayed=0)
BODY = b"\x00\xff{\"a\": 1}\r\n"


class Upstream(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.came: list[tuple[str, bytes]] = []
        super().__init__((HOST, 0), Desk)


class Desk(BaseHTTPRequestHandler):
    server: Upstream

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.headers["Host"], body))
        self.send_response(202)
        self.send_header("X-Seen", self.path)
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ask(port: int) -> http.client.HTTPResponse | None:
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("POST", "/bridge?x=1", BODY, {"Host": f"county.localhost:{port}"})
        return connection.getresponse()
    except (OSError, http.client.HTTPException):
        return None


@pytest.fixture
def line(upstream: Upstream) -> Iterator[object]:
    opened: list[Proxy] = []

    def make(faults: Faults, seed: int = 1) -> tuple[int, Luck]:
        luck, port = Luck(seed, faults), free_port()
        opened.append(Proxy(port, upstream.server_address[1], luck).__enter__())
        return port, luck

    yield make
    for proxy in opened:
        proxy.__exit__(None, None, None)


def test_on_a_good_line_everything_arrives_byte_for_byte_under_the_host_that_was_signed(line, upstream) -> None:
    port, luck = line(NONE)
    answer = ask(port)
    assert (answer.status, answer.headers["X-Seen"], answer.read()) == (202, "/bridge?x=1", BODY[::-1])
    assert upstream.came == [(f"county.localhost:{port}", BODY)]
    assert luck.met == {"requests": 1}


def test_what_is_lost_breaks_the_line_half_of_it_after_it_was_delivered(line, upstream) -> None:
    port, luck = line(Faults(lost=1, doubled=0, delayed=0))
    assert [ask(port) for _ in range(40)] == [None] * 40
    assert luck.met["lost_before"] + luck.met["lost_after"] == 40
    assert len(upstream.came) == luck.met["lost_after"]
    assert 10 <= luck.met["lost_after"] <= 30


def test_what_is_doubled_comes_twice_and_is_answered_once(line, upstream) -> None:
    port, luck = line(Faults(lost=0, doubled=1, delayed=0, seconds=0.1))
    assert ask(port).status == 202
    wait_until(lambda: len(upstream.came) == 2, 10)
    assert upstream.came[0] == upstream.came[1]
    assert luck.met["doubled"] == 1


def test_what_is_delayed_is_overtaken(line, upstream) -> None:
    port, luck = line(Faults(lost=0, doubled=0, delayed=0.5, seconds=0.5))
    done: list[int] = []

    def send(number: int) -> None:
        ask(port)
        done.append(number)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
        time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert luck.met["delayed"]
    assert done != sorted(done)


def test_a_calm_line_loses_nothing_any_more(line) -> None:
    port, luck = line(Faults(lost=1, doubled=1, delayed=1))
    luck.calm()
    assert all(ask(port) for _ in range(10))
    assert luck.met == {"requests_after": 10}


def test_who_does_not_answer_looks_like_a_broken_line(upstream) -> None:
    port, luck = free_port(), Luck(1, NONE)
    with Proxy(port, free_port(), luck):
        assert ask(port) is None
    assert luck.met["unanswered"] == 1


def test_the_same_seed_draws_the_same_fates_and_the_shares_are_kept() -> None:
    first, second = (Luck(7, Faults()) for _ in range(2))
    fates = [first.draw() for _ in range(3000)]
    assert fates == [second.draw() for _ in range(3000)]
    for share in (
        sum(fate.asked or fate.answered for fate in fates),
        sum(fate.copy_after is not None for fate in fates),
        sum(fate.delay > 0 for fate in fates),
    ):
        assert 0.27 < share / 3000 < 0.33
    assert Fate() in fates
