"""Writes each message to a file of its own."""

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from zhitongche.kernel import clock
from zhitongche.notices.providers.interface import Receipt


class FileProvider:
    """For tests, demonstrations and gateways that pick files up: one JSON file `<notice id>.json` a message.

    A file appears whole or not at all, and once: sending the same notice again answers with the first receipt.
    """

    name = "file"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, notice_id: UUID, mobile: str, text: str) -> Receipt:
        """Write the file, on disk before the receipt is given."""
        at = clock.now()
        content = {"id": str(notice_id), "mobile": mobile, "text": text, "at": at.isoformat()}
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self._folder, suffix=".draft")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(json.dumps(content, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
            # Unlike a rename, a link refuses to replace what is there.
            os.link(draft, self._path(notice_id))
        except FileExistsError:
            return self._receipt(notice_id)
        finally:
            Path(draft).unlink()
        return Receipt(str(notice_id), at)

    def lookup(self, notice_id: UUID) -> Receipt | None:
        """The receipt of the file, if it is there."""
        return self._receipt(notice_id) if self._path(notice_id).exists() else None

    def _receipt(self, notice_id: UUID) -> Receipt:
        content = json.loads(self._path(notice_id).read_text(encoding="utf-8"))
        return Receipt(content["id"], datetime.fromisoformat(content["at"]))

    def _path(self, notice_id: UUID) -> Path:
        return self._folder / f"{notice_id}.json"
