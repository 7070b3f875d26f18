#!/usr/bin/env python3
"""核验案卷归档包：逐个文件核对校验值，逐条核对办理记录的哈希链。不联网，不用数据库，只用 Python 3.8 以上自带的库。

用法：python3 verify.py [归档包的文件夹或 .zip]；不写则核验本文件所在的文件夹。通过时退出码为 0，不符为 1，不是归档包为 2。
"""

# Travels in every bag (RFC 8493) and must run on machines of other people, years from now: Python 3.8, nothing else.
from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
import runpy
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MANIFEST, TAGS, INFO = "manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"
JOURNAL = "data/journal.jsonl"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
CHUNK = 1 << 20
BROKEN = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""What reading a damaged zip may raise."""


class NotABag(Exception):
    """没有 bagit.txt，或根本读不出来。"""


class Folder:
    """A bag laid out in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.repeated: list[str] = []

    def names(self) -> list[str]:
        return [one.relative_to(self.root).as_posix() for one in self.root.rglob("*") if not one.is_dir()]

    def open(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")


class Zipped:
    """A bag in a zip file, below one folder as RFC 8493 wants it."""

    def __init__(self, content: BinaryIO) -> None:
        try:
            self.zip = zipfile.ZipFile(content)
        except (zipfile.BadZipFile, OSError) as error:
            raise NotABag(f"压缩包打不开：{error}") from error
        every = [one for one in self.zip.namelist() if not one.endswith("/")]
        top = next((one[: -len("bagit.txt")] for one in every if one.count("/") <= 1 and one.split("/")[-1] == "bagit.txt"), "")
        self.top = top
        # What lies beside the bag's folder is no part of it, and is told as too much.
        self.inside = [one[len(top) :] if one.startswith(top) else "../" + one for one in every]
        self.repeated = sorted({one for one in self.inside if self.inside.count(one) > 1})

    def names(self) -> list[str]:
        return self.inside

    def open(self, name: str) -> BinaryIO:
        return self.zip.open(self.top + name)  # type: ignore[return-value]  # an IO[bytes]


def opened(path: Path) -> Folder | Zipped:
    """The bag at a path; raises NotABag."""
    if path.is_dir():
        return Folder(path)
    try:
        return Zipped(path.open("rb"))
    except OSError as error:
        raise NotABag(f"打不开：{error}") from error


def problems(bag: Folder | Zipped) -> list[str]:
    """Everything that is not as the bag says it is; raises NotABag."""
    if "bagit.txt" not in bag.names():
        raise NotABag("这里没有归档包（缺少 bagit.txt）")
    found = ["压缩包内有重名文件：" + one for one in bag.repeated]
    found += [] if read(bag, "bagit.txt") == DECLARATION else ["bagit.txt 的内容不符"]
    return found + files(bag) + journal(bag) + bridge(bag)["wrong"] + inner(bag)


def files(bag: Folder | Zipped) -> list[str]:
    """Every file that is missing, changed, or more than what is listed."""
    present = set(bag.names())
    found: list[str] = []
    payload, tags = listed(bag, MANIFEST, found), listed(bag, TAGS, found)
    for name, expected in list(payload.items()) + list(tags.items()):
        if name not in present:
            found.append("缺少文件：" + name)
        elif digest(bag, name) != expected:
            found.append("内容被改动：" + name)
    known = set(payload) | set(tags) | {TAGS}
    return found + ["多出文件：" + name for name in sorted(present - known)]


def listed(bag: Folder | Zipped, manifest: str, found: list[str]) -> dict[str, str]:
    """The digests of a manifest by name; what cannot be read goes to `found`."""
    if manifest not in bag.names():
        found.append("缺少清单：" + manifest)
        return {}
    expected: dict[str, str] = {}
    for line in lines(bag, manifest, found):
        value, _, name = line.partition("  ")
        name = name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        if len(value) != 64 or not name or name in expected or ".." in name.split("/") or name.startswith("/"):
            found.append(f"清单 {manifest} 中有无法识别或重复的一行：{line[:80]}")
        else:
            expected[name] = value.lower()
    return expected


def journal(bag: Folder | Zipped) -> list[str]:
    """The first place where the chain breaks, and whether its end is the one that bag-info names."""
    info = {}
    if INFO in bag.names():
        info = dict(line.split(": ", 1) for line in lines(bag, INFO, []) if ": " in line)
    if JOURNAL not in bag.names():
        return ["缺少办理记录：" + JOURNAL] if "Journal-Entries" in info else []
    count, head = 0, bytes(32)
    for line in lines(bag, JOURNAL, []):
        count += 1
        why, head = follow(line, count, head, info)
        if why:
            return [f"办理记录第 {count} 条：{why}"]
    if str(count) != info.get("Journal-Entries"):
        return ["办理记录共 {} 条，bag-info.txt 写的是 {} 条：末尾被截去或增添".format(count, info.get("Journal-Entries"))]
    return [] if head.hex() == info.get("Journal-Head-SHA256") else ["办理记录的链头与 bag-info.txt 不符"]


def follow(line: str, number: int, previous: bytes, info: dict[str, str]) -> tuple[str, bytes]:
    """What is wrong with an entry (empty where nothing is), and its hash: sha256(previous ‖ header ‖ sha256(body))."""
    try:
        entry = json.loads(line)
        header, body = entry["header"], base64.b64decode(entry["body"], validate=True)
        plain = json.dumps(header, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        told, stored = bytes.fromhex(entry["prev_hash"]), bytes.fromhex(entry["hash"])
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        return f"读不出来（{type(error).__name__}）", previous
    computed = hashlib.sha256(previous + plain + hashlib.sha256(body).digest()).digest()
    if header.get("seq") != number:
        return "缺少记录或顺序不符（这里是第 {} 条的位置，内容写的是第 {} 条）".format(number, header.get("seq")), previous
    if header.get("petition_id") != info.get("Petition-Id", header.get("petition_id")):
        return "属于另一件诉求", previous
    if told != previous:
        return "与上一条不衔接", previous
    return ("" if computed == stored else "内容与哈希不符"), stored


def bridge(bag: Folder | Zipped) -> dict[str, list[str]]:
    """What is wrong with the messages between levels, and what of them is to be compared with paper."""
    if not any(one.startswith("data/bridge/") for one in bag.names()):
        return {"wrong": [], "told": []}
    here = Path(__file__).resolve()
    try:
        check = runpy.run_path(str(here.with_name("verify_bridge.py")))["check"]
        verify = runpy.run_path(str(here.with_name("verify_ed25519.py")))["verify"]
    except OSError:
        return {"wrong": ["缺少 verify_bridge.py 或 verify_ed25519.py（应与本程序放在一起），上报报文未核验"], "told": []}
    found: dict[str, list[str]] = check(lambda name: read(bag, "data/bridge/" + name), lines(bag, JOURNAL, []), verify)
    return found


def inner(bag: Folder | Zipped) -> list[str]:
    """What is wrong in the bags within a volume's bag."""
    found = []
    for name in sorted(bag.names()):
        if name.startswith("data/bags/") and name.endswith(".zip"):
            try:
                found += [name + "：" + one for one in problems(Zipped(io.BytesIO(read(bag, name))))]
            except NotABag as error:
                found.append(f"{name}：{error}")
    return found


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The stream in pieces that fit into memory."""
    while True:
        piece = stream.read(CHUNK)
        if not piece:
            return
        yield piece


def digest(bag: Folder | Zipped, name: str) -> str:
    """The SHA-256 of a file; empty where it cannot be read to its end."""
    summed = hashlib.sha256()
    try:
        with bag.open(name) as stream:
            for piece in pieces(stream):
                summed.update(piece)
    except BROKEN:
        return ""
    return summed.hexdigest()


def read(bag: Folder | Zipped, name: str) -> bytes:
    """A file's bytes; none where it cannot be read."""
    try:
        with bag.open(name) as stream:
            return stream.read()
    except BROKEN:
        return b""


def lines(bag: Folder | Zipped, name: str, found: list[str]) -> list[str]:
    """A text file's lines; what is no UTF-8 goes to `found`."""
    try:
        return [one for one in read(bag, name).decode("utf-8").split("\n") if one]
    except UnicodeDecodeError:
        found.append("不是 UTF-8 文本：" + name)
        return []


def say(line: str) -> None:
    """To the terminal, whatever its character set."""
    sys.stdout.write(line.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8") + "\n")


def main(arguments: list[str]) -> int:
    """Verify one bag and tell of it."""
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    say(f"正在核验：{path}")
    try:
        bag = opened(path)
        found = problems(bag)
    except NotABag as error:
        say(f"无法核验：{error}")
        return 2
    for one in found:
        say("不符：" + one)
    if found:
        say(f"核验未通过，共 {len(found)} 处。请保留原件并联系移交单位。")
        return 1
    for line in [one for one in lines(bag, INFO, []) if one.startswith("Journal-")] + bridge(bag)["told"]:
        say("  " + line)
    say(f"  归档包校验值（{TAGS} 的 SHA-256）：{digest(bag, TAGS)}")
    say("核验通过：文件齐全、未被改动，办理记录的链条完整。请再与纸质备考表或平台上登记的校验值核对一次。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
