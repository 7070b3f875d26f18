"""A dossier takes along how the petition went between levels, and its verifier needs no platform to prove it (ST-3.7)."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from escalation.carriage import home, sealing
from escalation.carriage.keyring import Keyring
from escalation.wire import dsse, keys
from tests.escalation.levels import Levels
from tests.zhitongche.documents.dossier.bags import unpack, verified
from tests.zhitongche.documents.dossier.test_verify import relist
from zhitongche.casework.tables import Escalation
from zhitongche.documents.dossier import packing, verify_ed25519
from zhitongche.documents.dossier.collecting import collect
from zhitongche.journal.chain import GENESIS, canonical, link
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import db, tenant_scope, unit_of_work

pytestmark = pytest.mark.clause("ST-3.7")
Line = dict[str, Any]


@pytest.fixture
def bag(levels: Levels, clock: kernel_clock.Simulated, tmp_path: Path) -> Path:
    """The county's dossier of a case that the city has taken, sealed on the way, as it was handed over."""
    levels.send_up()
    sealing.seal("raoping")
    levels.carry()
    levels.arrived()
    levels.up("take", "triage")
    levels.carry()
    clock.advance(timedelta(minutes=10))
    with tenant_scope("raoping"):
        levels.below.hand_in()
    sealing.seal("raoping")
    return unpack(packed(levels, tmp_path), tmp_path / "out")


def packed(levels: Levels, folder: Path) -> Path:
    target = folder / "bag.zip"
    with tenant_scope("raoping"), unit_of_work():
        petition = db.session.scalars(select(Escalation.petition_id)).one()
        contents = collect(petition, levels.below.actor("triage"))
        packing.pack(contents, b"%PDF-1.7 not really", target, petition_id=petition, maker="某", why="核验", at=kernel_clock.now())
    return target


def test_the_untouched_bag_verifies_with_pythons_own_library_alone(bag: Path) -> None:
    code, told = verified(bag)
    assert code == 0, told
    assert "报文 3 条，其中有回执 3 条" in told
    assert "已存证（编号 1、2）" in told
    assert f"信任锚指纹（请与书面交付的核对）：{keys.fingerprint(Keyring(home.folder()).active('_anchor').public)}" in told


def test_the_citys_dossier_proves_the_same_messages_from_its_side(bag: Path, levels: Levels, tmp_path: Path) -> None:
    sealing.seal("chaozhou")
    with tenant_scope("chaozhou"), unit_of_work():
        contents = collect(levels.above.id, levels.above.actor("triage"))
    ours = {json.loads(line)["envelope"] for line in (bag / "data/bridge/messages.jsonl").read_text().splitlines()}
    theirs = {json.loads(line)["envelope"] for line in contents.evidence["messages.jsonl"].decode().splitlines()}
    assert ours == theirs


def lines_of(bag: Path, name: str) -> list[Line]:
    return [json.loads(line) for line in (bag / "data/bridge" / name).read_text("utf-8").splitlines()]


def put(bag: Path, name: str, lines: list[Line]) -> None:
    (bag / "data/bridge" / name).write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    relist(bag)


def payload(line: Line, what: str = "envelope") -> tuple[Line, Line]:
    envelope = json.loads(base64.b64decode(line[what]))
    return envelope, json.loads(base64.b64decode(envelope["payload"]))


def resigned(line: Line, key: keys.PrivateKey, what: str = "envelope", **changes: Any) -> Line:
    _, said = payload(line, what)
    made = dsse.sign(json.dumps({**said, **changes}).encode(), key)
    return {**line, what: base64.b64encode(made).decode()}


def altered(lines: list[Line]) -> list[Line]:
    envelope, said = payload(lines[0])
    said["data"]["title"] = "另一个标题"
    envelope["payload"] = base64.b64encode(json.dumps(said, ensure_ascii=False).encode()).decode()
    return [{**lines[0], "envelope": base64.b64encode(json.dumps(envelope).encode()).decode()}, *lines[1:]]


def by_a_stranger(lines: list[Line]) -> list[Line]:
    return [resigned(lines[0], keys.generate()), *lines[1:]]


def by_the_neighbour(lines: list[Line]) -> list[Line]:
    return [resigned(lines[0], Keyring(home.folder()).active("chaozhou")), *lines[1:]]


def receipt_of_another(lines: list[Line]) -> list[Line]:
    return [{**lines[0], "receipt": lines[1]["receipt"]}, *lines[1:]]


def receipt_by_ourselves(lines: list[Line]) -> list[Line]:
    ours = Keyring(home.folder()).active("raoping")
    return [resigned(lines[0], ours, "receipt", source=payload(lines[0])[1]["source"]), *lines[1:]]


@pytest.mark.parametrize(
    ("lay_hands", "told"),
    [
        (altered, "第 1 条报文：签名校验不通过"),
        (by_a_stranger, "第 1 条报文：签名所用密钥不在信任名录中"),
        (by_the_neighbour, "第 1 条报文：声称的来源不是签名的单位"),
        (receipt_of_another, "第 1 条报文：回执对应的不是这条报文"),
        (receipt_by_ourselves, "第 1 条报文：回执不是由接收单位签发的"),
        (lambda lines: lines[1:], "缺少 urn:zhitongche:local:raoping 发出的第 1 号报文"),
        (lambda lines: [*lines, lines[0]], "有重号"),
        (lambda lines: [{"envelope": 1, "receipt": None}, *lines], "第 1 条报文：读不出来"),
    ],
)
def test_what_was_done_to_the_messages_is_found_even_where_the_lists_were_made_anew(
    bag: Path, lay_hands: Callable[[list[Line]], list[Line]], told: str
) -> None:
    put(bag, "messages.jsonl", lay_hands(lines_of(bag, "messages.jsonl")))
    code, said = verified(bag)
    assert code == 1
    assert told in said


def test_a_journal_computed_anew_does_not_stand_under_the_seals(bag: Path) -> None:
    path, previous = bag / "data/journal.jsonl", GENESIS
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        line["header"]["at"] = line["header"]["at"].replace("2026-", "2025-", 1)
        line["prev_hash"] = previous.hex()
        previous = link(previous, canonical(line["header"]), base64.b64decode(line["body"]))
        line["hash"] = previous.hex()
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    info = bag / "bag-info.txt"
    told = [f"Journal-Head-SHA256: {previous.hex()}" if line.startswith("Journal-Head") else line for line in info.read_text("utf-8").splitlines()]
    info.write_text("\n".join(told) + "\n", "utf-8")
    relist(bag)
    code, said = verified(bag)
    assert code == 1
    assert "办理记录第 1 条与第 1 号存证对不上" in said


def test_a_seal_of_ones_own_making_needs_the_key(bag: Path) -> None:
    lines = lines_of(bag, "seals.jsonl")
    _, said = payload(lines[0])
    put(bag, "seals.jsonl", [resigned(lines[0], keys.generate(), data={**said["data"], "root": "00" * 32}), *lines[1:]])
    assert "第 1 条存证：签名所用密钥不在信任名录中" in verified(bag)[1]


def test_a_list_by_another_anchor_is_told_by_its_fingerprint(bag: Path) -> None:
    before = verified(bag)[1]
    file = bag / "data/bridge/trust.json"
    envelope = json.loads(file.read_bytes())
    said = json.loads(base64.b64decode(envelope["payload"]))
    forger = keys.generate()
    file.write_bytes(dsse.sign(json.dumps(said).encode(), forger, dsse.TRUST_TYPE))
    relist(bag)
    assert "信任锚不符" in verified(bag)[1]
    said["anchor"]["public"] = base64.b64encode(forger.public.raw).decode()
    file.write_bytes(dsse.sign(json.dumps(said).encode(), forger, dsse.TRUST_TYPE))
    relist(bag)
    code, after = verified(bag)
    assert code == 0
    assert keys.fingerprint(forger.public) in after
    assert keys.fingerprint(forger.public) not in before


def test_without_its_companions_the_verifier_says_that_it_did_not_look(bag: Path, tmp_path: Path) -> None:
    (bag / "verify_bridge.py").unlink()
    relist(bag)
    assert "上报报文未核验" in verified(bag)[1]


VECTORS = [
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip
"""RFC 8032, 7.1: TEST 1 to 3."""


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_verifiers_signatures_are_those_of_rfc_8032(public: str, message: str, signature: str) -> None:
    key, said, signed = (bytes.fromhex(one) for one in (public, message, signature))
    assert verify_ed25519.verify(key, said, signed)
    assert not verify_ed25519.verify(key, said + b"\x00", signed)
    assert not verify_ed25519.verify(key, said, signed[:-1] + bytes([signed[-1] ^ 1]))
    factor = int.from_bytes(signed[32:], "little") + verify_ed25519.ORDER
    assert not verify_ed25519.verify(key, said, signed[:32] + factor.to_bytes(32, "little"))


def test_it_agrees_with_the_library_that_signs() -> None:
    for number in range(10):
        key = keys.generate()
        signed = key.sign(bytes([number]) * number)
        assert verify_ed25519.verify(key.public.raw, bytes([number]) * number, signed)
        assert not verify_ed25519.verify(keys.generate().public.raw, bytes([number]) * number, signed)
