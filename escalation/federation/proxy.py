"""A bad line between deployments: what is sent over it is lost, doubled, or comes late and so out of order."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

HOST: Final = "127.0.0.1"
TIMEOUT: Final = 30.0
# What belongs to one connection only: RFC 9110, 7.6.1.
_OF_THE_HOP: Final = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "content-length"}
)


@dataclass(frozen=True, slots=True)
class Faults:
    """Shares (0 to 1) of requests that meet each fault, drawn independently; a delay is at most `seconds`."""

    lost: float = 0.3
    doubled: float = 0.3
    delayed: float = 0.3
    seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class Fate:
    """What befalls one request: `asked` it is lost on its way there, `answered` the answer is; delays in seconds."""

    asked: bool = False
    answered: bool = False
    delay: float = 0.0
    copy_after: float | None = None
    good: bool = False
    """Whether it was drawn after the faults had stopped."""


class Luck:
    """Draws fates, the same ones for the same seed, and counts what was met; shared by all lines, from any thread."""

    def __init__(self, seed: int, faults: Faults) -> None:
        self._rng, self._faults, self._lock = Random(seed), faults, threading.Lock()  # noqa: S311
        self._calm = False
        self.met: Counter[str] = Counter()

    def draw(self) -> Fate:
        """The next request's fate."""
        with self._lock:
            if self._calm:
                return Fate(good=True)
            lost, half, doubled, delayed, late, later = (self._rng.random() for _ in range(6))
        faults = self._faults
        gone = lost < faults.lost
        return Fate(
            asked=gone and half < 0.5,
            answered=gone and half >= 0.5,
            delay=late * faults.seconds if delayed < faults.delayed else 0.0,
            copy_after=later * faults.seconds if doubled < faults.doubled else None,
        )

    def calm(self) -> None:
        """From now on the line is good."""
        with self._lock:
            self._calm = True

    def count(self, *what: str) -> None:
        """Note what was met."""
        with self._lock:
            self.met.update(what)


@dataclass(frozen=True, slots=True)
class Request:
    """What came, byte for byte; the Host too, since it is signed (RFC 9421, @authority)."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def carry(self, port: int) -> tuple[int, list[tuple[str, str]], bytes]:
        """Bring it to that port; status, headers, body. Raises OSError or HTTPException where nobody answers."""
        connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)
        try:
            connection.putrequest(self.method, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers:
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(self.body)))
            connection.endheaders(self.body)
            answer = connection.getresponse()
            return answer.status, _lasting(answer.getheaders()), answer.read()
        finally:
            connection.close()


class Proxy(ThreadingHTTPServer):
    """One line to one web server, at a port of its own; a context manager."""

    daemon_threads = True
    # Many requests wait at once on a slow line.
    request_queue_size = 128

    def __init__(self, port: int, upstream: int, luck: Luck) -> None:
        self.upstream, self.luck = upstream, luck
        super().__init__((HOST, port), _Line)

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, name=f"proxy-{self.upstream}", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()

    def again(self, request: Request, seconds: float) -> None:
        """Deliver a copy later; nobody hears its answer."""
        time.sleep(seconds)
        with suppress(OSError, http.client.HTTPException):
            request.carry(self.upstream)


class _Line(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"
    timeout = TIMEOUT

    def do_POST(self) -> None:
        request = Request(self.command, self.path, tuple(_lasting(self.headers.items())), self._body())
        fate, luck = self.server.luck.draw(), self.server.luck
        luck.count("requests_after" if fate.good else "requests", *(("delayed",) if fate.delay else ()))
        time.sleep(fate.delay)
        if fate.copy_after is not None:
            luck.count("doubled")
            threading.Thread(target=self.server.again, args=(request, fate.copy_after), daemon=True).start()
        if fate.asked:
            return self._break("lost_before")
        try:
            status, headers, body = request.carry(self.server.upstream)
        except (OSError, http.client.HTTPException):
            return self._break("unanswered")
        if fate.answered:
            return self._break("lost_after")
        return self._answer(status, headers, body)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the counters say it."""

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        # Whoever asked may have given up meanwhile.
        with suppress(OSError):
            self.end_headers()
            self.wfile.write(body)

    def _break(self, why: str) -> None:
        self.server.luck.count(why)
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


def _lasting(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _OF_THE_HOP]
