"""A bag with a journal of its own, and the ways in which somebody may have laid hands on it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from zhitongche.documents.dossier import verify
from zhitongche.documents.dossier.bag import Bag
from zhitongche.journal.chain import GENESIS, Header, header_bytes, link

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
PETITION = UUID(int=7)


def chain(count: int, petition: UUID = PETITION) -> list[dict[str, object]]:
    """Entries as the journal exports them."""
    entries, previous = [], GENESIS
    for seq in range(1, count + 1):
        header = header_bytes(
            Header(
                tenant_id="alpha", petition_id=petition, seq=seq, id=UUID(int=100 + seq), at=AT, action="note", actor_kind="official",
                actor_id=None, unit_id=None, on_behalf_of=None, clause="甲-1", from_stage="a", to_stage="b",
            )
        )  # fmt: skip
        body = bytes([seq]) * 40
        made = link(previous, header, body)
        entries.append({"header": json.loads(header), "body": base64.b64encode(body).decode(), "prev_hash": previous.hex(), "hash": made.hex()})
        previous = made
    return entries


def write(target: Path, entries: list[dict[str, object]], *, name: str = "XX2026000001", claimed: dict[str, str] | None = None) -> Path:
    """A zip with this journal; `claimed` is what bag-info says of it instead of the truth."""
    bag = Bag(target, name, AT)
    bag.add("journal.jsonl", "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entries).encode())
    bag.add("dossier.pdf", b"%PDF-1.7 not really")
    bag.add("attachments/001-路面照片.jpg", b"\xff\xd8 not really")
    head = str(entries[-1]["hash"]) if entries else GENESIS.hex()
    info = {"External-Identifier": name, "Petition-Id": str(PETITION), "Journal-Entries": str(len(entries)), "Journal-Head-SHA256": head}
    bag.close(info | (claimed or {}))
    return target


def unpack(bag: Path, folder: Path) -> Path:
    """The bag laid out, as somebody does who wants to change it."""
    with zipfile.ZipFile(bag) as packed:
        packed.extractall(folder)
    return next(folder.iterdir())


def verified(path: Path) -> tuple[int, str]:
    """Exit code and words of the verifier that lies in the bag, alone with Python's own library."""
    script = path / "verify.py" if path.is_dir() else Path(verify.__file__)
    words = [sys.executable, "-I", "-S", str(script), *([] if path.is_dir() else [str(path)])]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}, check=False)
    return done.returncode, done.stdout + done.stderr
