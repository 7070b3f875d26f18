"""The way to another deployment, over a real port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask

from escalation.carriage import ways


@dataclass
class Peer:
    """A peer that answers what it is told to; `nonces` are the signatures that it saw."""

    port: int = 0
    answers: list[tuple[int, str]] = field(default_factory=list)
    nonces: list[str] = field(default_factory=list)


@pytest.fixture
def peer() -> Iterator[Peer]:
    known = Peer()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            known.nonces.append(self.headers["signature-input"].partition('nonce="')[2].partition('"')[0])
            status, reason = known.answers.pop(0)
            self.send_response(status)
            self.send_header("x-bridge-reason", reason)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    known.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield known
    server.shutdown()
    thread.join()


def test_a_line_that_doubles_does_not_make_the_peer_seem_away(bridge_app: Flask, peer: Peer) -> None:
    peer.answers = [(401, "hop_replayed"), (200, "")]
    assert ways.post(f"http://there.localhost:{peer.port}/x", "text/plain", b"1") == b"ok"
    assert len(set(peer.nonces)) == 2


def test_what_is_refused_twice_is_an_error_and_the_message_waits(bridge_app: Flask, peer: Peer) -> None:
    peer.answers = [(401, "hop_replayed"), (401, "hop_replayed")]
    with pytest.raises(ways.Unreachable, match="hop_replayed"):
        ways.post(f"http://there.localhost:{peer.port}/x", "text/plain", b"1")


def test_nobody_there_is_an_error_and_the_message_waits(bridge_app: Flask) -> None:
    with pytest.raises(ways.Unreachable):
        ways.post("http://there.localhost:1/x", "text/plain", b"1")
