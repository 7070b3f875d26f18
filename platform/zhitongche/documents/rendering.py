"""A paper as a file: what was archived, or the same again with a watermark for the official who takes it away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from flask import current_app

from zhitongche.documents import storing, typesetting, word, words
from zhitongche.documents.filling import day
from zhitongche.documents.record import issued
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from zhitongche.documents.tables import Paper
    from zhitongche.flow.facts import Actor

Form = Literal["pdf", "docx"]


def rendered(paper: Paper, form: Form, watermark: str | None = None) -> bytes:
    """The paper in a format; an issued one without a watermark is the archived original, byte by byte.

    Raises ZhitongcheError where the original is not what was archived.
    """
    if watermark is None and paper.state == "issued":
        return storing.original(paper.id, form)
    content = {**shown(paper), "watermark": watermark or ""}
    return typesetting.pdf(content, at=clock.now(), own_fonts=own_fonts()) if form == "pdf" else word.docx(content)


def pictures(paper: Paper, watermark: str = "") -> list[bytes]:
    """The pages as PNG, for a preview on the screen."""
    return typesetting.png({**shown(paper), "watermark": watermark}, own_fonts=own_fonts())


def pages(paper: Paper) -> int:
    """How many pages it has."""
    return len(typesetting.png(shown(paper), ppi=1, own_fonts=own_fonts()))


def watermark_of(actor: Actor) -> str:
    """Who takes a paper away, and when (ST-5.1)."""
    return words.WATERMARK.format(name=actor.name, moment=f"{clock.local(clock.now()):%Y-%m-%d %H:%M}")


def shown(paper: Paper) -> dict[str, Any]:
    """The content with number and date: of the issue, or as they would stand if it were issued now."""
    row = issued(paper.id)
    if row is not None:
        return storing.final(row)
    return {**(paper.content or {}), "number": paper.number or "", "date": day(clock.today()), "draft": True}


def own_fonts() -> Path:
    """Where an installation puts fonts that it has a licence for (仿宋_GB2312, 方正小标宋 …); often not there."""
    return Path(current_app.config["DATA_DIR"]) / "fonts"
