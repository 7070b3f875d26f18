"""A BagIt bag (RFC 8493) in a zip, written file by file: what is archived, and the means to prove it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PROGRAMS: Final = ("verify.py", "verify_bridge.py", "verify_ed25519.py")
HERE: Final = Path(__file__).parent
_COMPRESSED: Final = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".zip", ".jpg", ".jpeg", ".png", ".mp4", ".m4a", ".mp3"})
_CHUNK: Final = 1 << 20


class Bag:
    """A bag being written to `target`; `close` adds the tag files and answers the digest by which it is known."""

    def __init__(self, target: Path, name: str, made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self._name, self._made_at = name, made_at
        self._payload: dict[str, str] = {}
        self._octets = 0

    def add(self, name: str, content: bytes | Path) -> None:
        """Put a file below data/; `name` is taken as it is, see `safe_name`."""
        path = f"data/{name}"
        self._payload[path], size = self._write(path, content)
        self._octets += size

    def close(self, info: Mapping[str, str]) -> str:
        """Write the tag files; the SHA-256 of the tag manifest stands for the whole bag."""
        tags = {
            "bagit.txt": DECLARATION,
            "bag-info.txt": "".join(f"{key}: {_one_line(value)}\n" for key, value in self._described(info).items()),
            "manifest-sha256.txt": _manifest(self._payload),
            "README.txt": (HERE / "bag_readme.txt").read_text("utf-8"),
            **{name: (HERE / name).read_text("utf-8") for name in PROGRAMS},
        }
        listed = _manifest({name: self._write(name, text.encode())[0] for name, text in tags.items()})
        digest, _ = self._write("tagmanifest-sha256.txt", listed.encode())
        self._zip.close()
        return digest

    def _described(self, info: Mapping[str, str]) -> dict[str, str]:
        return {
            **info, "Bagging-Date": f"{clock.local_date(self._made_at):%Y-%m-%d}",
            "Payload-Oxum": f"{self._octets}.{len(self._payload)}", "Bag-Software-Agent": "zhitongche",
        }  # fmt: skip

    def _write(self, path: str, content: bytes | Path) -> tuple[str, int]:
        entry = zipfile.ZipInfo(f"{self._name}/{path}", clock.local(self._made_at).timetuple()[:6])
        entry.external_attr = 0o644 << 16
        packed = Path(path).suffix.lower() in _COMPRESSED
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        summed, size = hashlib.sha256(), 0
        with self._zip.open(entry, "w") as out:
            for piece in _pieces(content):
                summed.update(piece)
                size += len(piece)
                out.write(piece)
        return summed.hexdigest(), size


def safe_name(position: int, name: str) -> str:
    """A name that every file system takes: numbered, without signs that have a meaning anywhere, at most 60 characters."""
    stem, dot, ending = unicodedata.normalize("NFC", name).rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        stem, ending = unicodedata.normalize("NFC", name), ""
    return f"{position:03}-{plain(stem)}{'.' + ending.lower() if ending else ''}"


def plain(name: str) -> str:
    """The name without signs that have a meaning to any file system, at most 60 characters."""
    return (re.sub(r"[^\w（）()\-·]+", "_", name).strip("_") or "附件")[:60]


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _manifest(digests: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {_escaped(name)}\n" for name, digest in sorted(digests.items()))


def _escaped(name: str) -> str:
    # RFC 8493, 2.1.3: only these three are written otherwise.
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _one_line(value: str) -> str:
    return " ".join(value.split())
