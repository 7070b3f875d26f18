"""A client that keeps its connections and costs next to nothing, so that the server is what is measured."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

AGENT = "zhitongche-bench"
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def cookies(self) -> dict[str, str]:
        """Cookies that were set."""
        return dict(pair.decode().split("=", 1) for pair in re.findall(rb"set-cookie: *([^;\r\n]+)", self.head, re.IGNORECASE))


@dataclass
class Connection:
    """One kept-alive connection to a server on this machine."""

    port: int
    _socket: socket.socket | None = field(default=None, repr=False)
    _rest: bytes = b""

    def ask(self, request: bytes) -> Answer:
        """Send a request and read the whole answer; connects anew where the server has hung up."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        return self._read(self._socket)

    def _read(self, stream: socket.socket) -> Answer:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more(stream)
        head, body = data[:end], data[end + 4 :]
        length = _LENGTH.search(head)
        assert length, f"no length: {head!r}"
        while len(body) < int(length[1]):
            body += self._more(stream)
        return Answer(int(head[9:12]), head, body)

    def _more(self, stream: socket.socket) -> bytes:
        got = stream.recv(1 << 18)
        assert got, "the server hung up"
        return got

    def close(self) -> None:
        if self._socket:
            self._socket.close()


def request(host: str, path: str, cookie: str = "", body: bytes | None = None) -> bytes:
    """A request ready to be sent; a form where a body is given."""
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", f"Host: {host}", f"User-Agent: {AGENT}"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    if body is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


@dataclass
class Load:
    """How it went: seconds of each answer, and how long all took."""

    latencies: list[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Seconds within which this share of answers came."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def run(port: int, requests: Iterator[bytes], right: Callable[[Answer], bool], *, seconds: float, connections: int) -> Load:
    """Ask as fast as answers come, over so many connections; raises AssertionError at the first wrong answer."""
    taken: list[list[float]] = [[] for _ in range(connections)]
    lock, wrong = threading.Lock(), []
    until = time.perf_counter() + seconds

    def work(mine: list[float]) -> None:
        connection = Connection(port)
        try:
            while time.perf_counter() < until and not wrong:
                with lock:
                    ready = next(requests, None)
                if ready is None:
                    return
                began = time.perf_counter()
                answer = connection.ask(ready)
                mine.append(time.perf_counter() - began)
                if not right(answer):
                    wrong.append(answer)
        finally:
            connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(mine,)) for mine in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, f"{wrong[0].status} {wrong[0].head!r} {wrong[0].text[:2000]}"
    return Load([one for mine in taken for one in mine], time.perf_counter() - began)
