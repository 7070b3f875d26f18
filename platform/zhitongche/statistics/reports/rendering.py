"""A kept report in its formats: PDF/A and Word as a bulletin 简报 by the papers' room, Excel with every figure's parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from zhitongche.documents import typesetting, word
from zhitongche.statistics.reports.excel import xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def rendered(content: Mapping[str, Any], form: str, *, at: datetime) -> bytes:
    """The report as pdf, docx or xlsx; the same content and moment (UTC) give the same PDF."""
    if form == "xlsx":
        return xlsx(content)
    told = paper(content)
    if form == "docx":
        return word.docx(told)
    return typesetting.pdf(told, at=at, own_fonts=Path(current_app.config["DATA_DIR"]) / "fonts")


def paper(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as the layouts of papers take it."""
    return {
        "layout": "bulletin", "landscape": False, "mark": content["mark"], "number": content["issue"], "title": content["title"],
        "date": content["date"], "signer": content["department"], "addressee": "", "copies": "", "printer": "", "attachments": [],
        "lead": content["covers"], "sections": content["sections"], "body": [], "boxes": [], "columns": [], "rows": [],
    }  # fmt: skip
