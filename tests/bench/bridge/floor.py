"""The least that a bridge could do: the same bytes in as many transactions with bare psycopg, both ways signed.

Sender: insert, commit; carry; check the receipt, update, commit. Receiver: check, insert with its receipt, commit.
"""

from __future__ import annotations

import base64
import os
import threading
from typing import Any, Final

import httpx
import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask, Response, request

from zhitongche.kernel.ids import new_id

MAKE: Final = "create table if not exists bench_floor (id uuid primary key, body bytea not null, receipt bytea)"
_KEY: Final = Ed25519PrivateKey.from_private_bytes(b"bench" * 6 + b"ab")
_PUBLIC: Final = _KEY.public_key()
_mine = threading.local()


def take(connection: psycopg.Connection[Any], body: bytes, signature: bytes) -> bytes:
    """The receiver's part; its receipt."""
    _PUBLIC.verify(signature, body)
    receipt = _KEY.sign(body)
    connection.execute("insert into bench_floor (id, body, receipt) values (%s, %s, %s)", [new_id(), body, receipt])
    connection.commit()
    return receipt


def send(connection: psycopg.Connection[Any], bodies: list[bytes], post: Any) -> None:
    """The sender's part; `post` answers the receipts of a batch."""
    batch = []
    for body in bodies:
        batch.append(new_id())
        connection.execute("insert into bench_floor (id, body) values (%s, %s)", [batch[-1], body])
        connection.commit()
    receipts = post([(body, _KEY.sign(body)) for body in bodies])
    for one, body, receipt in zip(batch, bodies, receipts, strict=True):
        _PUBLIC.verify(receipt, body)
        connection.execute("update bench_floor set receipt = %s where id = %s", [receipt, one])
        connection.commit()


def over_http(client: httpx.Client, url: str, batch: list[tuple[bytes, bytes]]) -> list[bytes]:
    """One signed request, one answer with the receipts."""
    body = b"\n".join(base64.b64encode(text) + b" " + base64.b64encode(signature) for text, signature in batch)
    answer = client.post(url, content=body, headers={"x-signature": _KEY.sign(body).hex()})
    assert answer.status_code == httpx.codes.OK, answer.text
    return [base64.b64decode(line) for line in answer.content.split(b"\n")]


def create_app() -> Flask:
    """The receiver as a server."""
    app, url = Flask("floor"), plain(os.environ["DATABASE_URL"])

    @app.get("/ready")
    def ready() -> str:
        return "ready"

    @app.post("/bare")
    def bare() -> Response:
        body = request.get_data()
        _PUBLIC.verify(bytes.fromhex(request.headers["x-signature"]), body)
        if not hasattr(_mine, "connection"):
            _mine.connection = psycopg.connect(url)
        lines = [[base64.b64decode(part) for part in line.split(b" ")] for line in body.split(b"\n")]
        return Response(b"\n".join(base64.b64encode(take(_mine.connection, *line)) for line in lines))

    return app


def plain(url: str) -> str:
    """The address as psycopg itself reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


app = create_app() if "DATABASE_URL" in os.environ else None
