"""核验归档包里的上报报文（data/bridge/）：信任名录、每条报文和回执的签名、顺序、存证。由 verify.py 调用，不联网，不用数据库。"""

# Travels in every bag beside verify.py: Python 3.8, nothing else. What it checks is described in docs/dossier.md.
from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Verify = Callable[[bytes, bytes, bytes], bool]
EVENT = "application/vnd.zhitongche.event+json"
TRUST = "application/vnd.zhitongche.trust+json"
BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError)
"""What reading something that is not of the right form may raise."""


class Wrong(Exception):
    """不符之处。"""


def check(read: Callable[[str], bytes], journal: list[str], verify: Verify) -> dict[str, list[str]]:
    """Everything in data/bridge that is not as it should be (wrong), and what to compare with paper (told)."""
    wrong: list[str] = []
    told: list[str] = []
    try:
        keys = listed(read("trust.json"), verify, told)
    except (Wrong, *BROKEN) as error:
        return {"wrong": ["信任名录 data/bridge/trust.json：" + why(error)], "told": told}
    sent = each(read("messages.jsonl"), "报文", lambda line: message(line, keys, verify), wrong)
    wrong += gaps(sent)
    told.append("报文 {} 条，其中有回执 {} 条".format(len(sent), sum(one["receipted"] for one in sent)))
    hashes = [bytes.fromhex(json.loads(line)["hash"]) for line in journal]
    tenant = json.loads(journal[0])["header"]["tenant_id"] if journal else ""
    sealed = each(read("seals.jsonl"), "存证", lambda line: seal(line, keys, verify, hashes, tenant), wrong)
    told.append("办理记录 {} 条，其中 {} 条已存证（编号 {}）".format(
        len(hashes), sum(len(one["entries"]) for one in sealed), "、".join(str(one["number"]) for one in sealed) or "无"))
    return {"wrong": wrong, "told": told}


def each(content: bytes, what: str, look: Callable[[Any], dict[str, Any]], wrong: list[str]) -> list[dict[str, Any]]:
    """What was found in each line; what is wrong with one is noted."""
    found = []
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        try:
            found.append(look(json.loads(line)))
        except (Wrong, *BROKEN) as error:
            wrong.append(f"第 {number} 条{what}：{why(error)}")
    return found


def why(error: BaseException) -> str:
    return str(error) if isinstance(error, Wrong) else f"读不出来（{type(error).__name__}）"


def opened(envelope: bytes, kind: str, key_of: Callable[[str, Any], bytes], verify: Verify) -> Any:
    """The payload's JSON, if the envelope (DSSE 1.0) is signed once, by the right key, over just these bytes and this type."""
    found = json.loads(envelope)
    payload = base64.b64decode(found["payload"], validate=True)
    if found["payloadType"] != kind or len(found["signatures"]) != 1:
        raise Wrong("签名信封不符")
    said, signature = json.loads(payload), found["signatures"][0]
    signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind.encode(), len(payload), payload)
    if not verify(key_of(signature["keyid"], said), signed, base64.b64decode(signature["sig"], validate=True)):
        raise Wrong("签名校验不通过")
    return dict(said, digest=hashlib.sha256(payload).hexdigest())


def keyid(algorithm: str, public: bytes) -> str:
    """A key's id follows from the key."""
    if algorithm != "ed25519":
        raise Wrong(f"签名算法 {algorithm} 需用其他工具核验")
    return f"{algorithm}-{hashlib.sha256(public).hexdigest()[:32]}"


def listed(content: bytes, verify: Verify, told: list[str]) -> dict[str, dict[str, Any]]:
    """Key id → {tenant, urn, public} of the list, which its anchor signed; whose fingerprint must be the one on paper."""
    def anchor(given: str, said: Any) -> bytes:
        public = base64.b64decode(said["anchor"]["public"])
        if keyid(said["anchor"]["algorithm"], public) != given:
            raise Wrong("信任锚不符")
        return public

    trust = opened(content, TRUST, anchor, verify)
    digits = hashlib.sha256(base64.b64decode(trust["anchor"]["public"])).hexdigest()[:32]
    told.append("信任锚指纹（请与书面交付的核对）：" + " ".join(digits[at : at + 4] for at in range(0, 32, 4)))
    keys: dict[str, dict[str, Any]] = {}
    for tenant in trust["tenants"]:
        for key in tenant["keys"]:
            public = base64.b64decode(key["public"])
            if keyid(key["algorithm"], public) != key["keyid"] or key["keyid"] in keys:
                raise Wrong("密钥编号不符：" + key["keyid"])
            urn = "urn:zhitongche:{}:{}".format(tenant["deployment"], tenant["code"])
            keys[key["keyid"]] = {"tenant": tenant["code"], "urn": urn, "public": public, "from": key["from"], "revoked": key.get("revoked_at")}
    return keys


def event(envelope: str, keys: dict[str, dict[str, Any]], verify: Verify) -> Any:
    """A message, if the tenant that it names as its source signed it, with a key that was not revoked by then."""
    def key(given: str, said: Any) -> bytes:
        known = keys.get(given)
        if known is None:
            raise Wrong("签名所用密钥不在信任名录中")
        if known["urn"] != said["source"]:
            raise Wrong("声称的来源不是签名的单位")
        if known["revoked"] and said["time"] >= known["revoked"]:
            raise Wrong("签名所用密钥当时已吊销")
        public: bytes = known["public"]
        return public

    return opened(base64.b64decode(envelope, validate=True), EVENT, key, verify)


def message(line: Any, keys: dict[str, dict[str, Any]], verify: Verify) -> dict[str, Any]:
    """A message and its receipt, which the receiver signed for just this one."""
    one = event(line["envelope"], keys, verify)
    if line["receipt"] is not None:
        receipt = event(line["receipt"], keys, verify)
        said = receipt["data"]
        about = (said["message"], said["digest"], said["sequence"], said["epoch"], receipt["subject"], receipt["type"])
        expected = (one["id"], one["digest"], int(one["sequence"]), int(one["epoch"]), one["subject"], "receipt.v1")
        if about != expected:
            raise Wrong("回执对应的不是这条报文")
        if receipt["source"].split(":")[-1] != one["to"] or receipt["to"] != one["source"].split(":")[-1]:
            raise Wrong("回执不是由接收单位签发的")
    return dict(one, receipted=line["receipt"] is not None)


def gaps(messages: list[dict[str, Any]]) -> list[str]:
    """Numbers that are missing: each sender counts its messages about a case from `since` on, without gaps."""
    runs: dict[Any, list[Any]] = {}
    for one in messages:
        runs.setdefault((one["source"], one["to"], one["subject"], one["epoch"]), []).append(one)
    found = []
    for run, members in sorted(runs.items()):
        numbers = {int(one["sequence"]) for one in members}
        missing = sorted(set(range(int(members[0]["since"]), max(numbers) + 1)) - numbers)
        found += [f"缺少 {run[0]} 发出的第 {number} 号报文" for number in missing]
        found += [f"{run[0]} 发出的报文有重号"] if len(numbers) != len(members) else []
    return found


def seal(line: Any, keys: dict[str, dict[str, Any]], verify: Verify, hashes: list[bytes], tenant: str) -> dict[str, Any]:
    """A seal, under whose root the named entries of the journal in this bag stand. RFC 9162, 2.1.3.2."""
    one = event(line["envelope"], keys, verify)
    if one["type"] != "seal.v1" or one["source"].split(":")[-1] != tenant:
        raise Wrong("不是本单位的存证")
    for entry in line["entries"]:
        path = [bytes.fromhex(step) for step in entry["path"]]
        if not 1 <= entry["seq"] <= len(hashes):
            raise Wrong("已存证的办理记录第 {} 条不在包内".format(entry["seq"]))
        if not within(hashes[entry["seq"] - 1], entry["index"], one["data"]["entries"], path, bytes.fromhex(one["data"]["root"])):
            raise Wrong("办理记录第 {} 条与第 {} 号存证对不上".format(entry["seq"], one["data"]["number"]))
    return {"number": one["data"]["number"], "entries": line["entries"]}


def within(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Whether the leaf is the one at `index` of `size` under the root."""
    last, found = size - 1, hashlib.sha256(b"\x00" + leaf).digest()
    if not 0 <= index < size:
        return False
    for step in path:
        if last == 0:
            return False
        if index & 1 or index == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        index, last = index >> 1, last >> 1
    return last == 0 and found == root
