#!/usr/bin/env python3
"""Reference client of the bridge 上报桥: sends one message and verifies its receipt. Needs Python 3.11 and `cryptography`.

    python bridge_client.py --trust trust.json --anchor "ab12 …" --tenant mycounty --tenant-key tenant.pem \
        --deployment mysite --deployment-key site.pem --to thecity --type case.escalate.v1 --data notice.json

Nothing of Zhitongche is imported: this file and docs/bridge.md are all that another software needs.
"""

import argparse
import base64
import hashlib
import json
import secrets
import sys
import time
import urllib.request
import uuid
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

EVENT = "application/vnd.zhitongche.event+json"
TRUST = "application/vnd.zhitongche.trust+json"
BATCH = "application/vnd.zhitongche.batch"
COMPONENTS = ("@method", "@authority", "@path", "content-type", "content-digest")


def b64(raw: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(raw).decode()


def now_text() -> str:
    """RFC 3339, UTC, microseconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def keyid(public: bytes) -> str:
    """A key's id follows from the key."""
    return f"ed25519-{hashlib.sha256(public).hexdigest()[:32]}"


class Key:
    """A private key out of a PEM file."""

    def __init__(self, file: str) -> None:
        key = load_pem_private_key(Path(file).read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            sys.exit(f"{file}：不是 Ed25519 私钥")
        self._key = key
        self.id = keyid(key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(message)


def pae(kind: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding."""
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind.encode(), len(payload), payload)


def envelope(payload: bytes, key: Key) -> bytes:
    """A DSSE envelope; the payload is signed as these bytes and never written anew."""
    signature = {"keyid": key.id, "sig": b64(key.sign(pae(EVENT, payload)))}
    return compact({"payloadType": EVENT, "payload": b64(payload), "signatures": [signature]})


def opened(raw: bytes, kind: str, publics: dict[str, bytes]) -> dict:
    """The verified payload of an envelope signed by one of these keys."""
    found = json.loads(raw)
    (signature,) = found["signatures"]
    payload = base64.b64decode(found["payload"])
    if found["payloadType"] != kind:
        sys.exit("信封类型不符")
    Ed25519PublicKey.from_public_bytes(publics[signature["keyid"]]).verify(base64.b64decode(signature["sig"]), pae(kind, payload))
    return json.loads(payload)


def compact(value: object) -> bytes:
    """JSON as it is written once."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def trust_list(file: str, anchor: str) -> dict:
    """The list, if the anchor whose fingerprint was handed over on paper signed it, and while it lasts."""
    raw = Path(file).read_bytes()
    said = json.loads(base64.b64decode(json.loads(raw)["payload"]))
    public = base64.b64decode(said["anchor"]["public"])
    if keyid(public).rpartition("-")[2] != "".join(anchor.split()).lower():
        sys.exit("信任名录不是由该指纹的信任锚签发的")
    trust = opened(raw, TRUST, {keyid(public): public})
    if trust["expires_at"] <= now_text():
        sys.exit("信任名录已过有效期")
    return trust


def event(args: argparse.Namespace, data: dict) -> dict:
    """One CloudEvent; sequence counts from 1 in each case and direction, epoch is fixed until a restore."""
    return {
        "specversion": "1.0", "id": str(args.id or uuid.uuid4()), "source": f"urn:zhitongche:{args.deployment}:{args.tenant}",
        "to": args.to, "type": args.type, "subject": str(args.subject or uuid.uuid4()), "sequence": f"{args.sequence:010}",
        "since": f"{args.since:010}", "epoch": f"{args.epoch:015}", "time": now_text(), "datacontenttype": "application/json",
        "data": data,
    }  # fmt: skip


def hop(url: str, body: bytes, key: Key) -> dict[str, str]:
    """RFC 9421 over the fixed components, RFC 9530 digest; at most five minutes, a nonce that is used once."""
    parts = urlsplit(url)
    headers = {"content-type": BATCH, "content-digest": f"sha-256=:{b64(hashlib.sha256(body).digest())}:"}
    values = {"@method": "POST", "@authority": parts.netloc.lower(), "@path": parts.path, **headers}
    created = int(time.time())
    listed = " ".join(f'"{name}"' for name in COMPONENTS)
    signed = (
        f'({listed});created={created};expires={created + 300};nonce="{secrets.token_urlsafe(24)}"'
        f';keyid="{key.id}";tag="zhitongche-bridge"'
    )
    base = "\n".join([*(f'"{name}": {values[name]}' for name in COMPONENTS), f'"@signature-params": {signed}'])
    return headers | {"signature-input": f"bridge={signed}", "signature": f"bridge=:{b64(key.sign(base.encode()))}:"}


def post(url: str, body: bytes, key: Key) -> bytes:
    """The answer; names below localhost are this machine."""
    parts = urlsplit(url)
    host = "127.0.0.1" if (parts.hostname or "").endswith(".localhost") else parts.hostname
    address = parts._replace(netloc=f"{host}:{parts.port}" if parts.port else str(host)).geturl()
    request = urllib.request.Request(address, body, {**hop(url, body, key), "host": parts.netloc}, method="POST")
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


def check_receipt(raw: bytes, sent: dict, payload: bytes, trust: dict) -> dict:
    """The receipt, if the receiver signed it for exactly this message: then, and only then, it is delivered 已送达."""
    receiver = next(one for one in trust["tenants"] if one["code"] == sent["to"])
    receipt = opened(raw, EVENT, {one["keyid"]: base64.b64decode(one["public"]) for one in receiver["keys"]})
    said = receipt["data"]
    expected = (sent["id"], hashlib.sha256(payload).hexdigest(), sent["subject"])
    if (said["message"], said["digest"], receipt["subject"]) != expected or receipt["type"] != "receipt.v1":
        sys.exit("回执对应的不是这份报文")
    return said


def main() -> None:
    """Send, verify, print."""
    parser = argparse.ArgumentParser(description="上报桥参考客户端：发送一份报文并核验回执")
    for name in ("trust", "anchor", "tenant", "tenant-key", "deployment", "deployment-key", "to", "type", "data"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("id", "subject"):
        parser.add_argument(f"--{name}", type=uuid.UUID)
    for name, default in (("sequence", 1), ("since", 1), ("epoch", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    args = parser.parse_args()
    trust = trust_list(args.trust, args.anchor)
    sent = event(args, json.loads(Path(args.data).read_text("utf-8")))
    payload = compact(sent)
    receiver = next(one for one in trust["tenants"] if one["code"] == args.to)
    endpoint = next(one["endpoint"] for one in trust["deployments"] if one["code"] == receiver["deployment"])
    url = f"{endpoint.rstrip('/')}/bridge/v1/{args.to}/messages"
    # Several envelopes may go in one request, a line of base64 each; the answer has a line for each.
    answer = post(url, base64.b64encode(envelope(payload, Key(args.tenant_key))), Key(args.deployment_key))
    kind, _, body = answer.partition(b" ")
    if kind != b"receipt":
        sys.exit(f"对方没有接收：{kind.decode()} {base64.b64decode(body).decode(errors='replace')[:200]}")
    receipt = check_receipt(base64.b64decode(body), sent, payload, trust)
    print(json.dumps({"subject": sent["subject"], "message": sent["id"], "received_at": receipt["received_at"]}, ensure_ascii=False))


if __name__ == "__main__":
    main()
