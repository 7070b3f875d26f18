"""What must hold of a tenant's official papers: numbers without gaps, originals as they were archived, none left unmade."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import or_, select

from zhitongche.casework.tables import Petition
from zhitongche.documents import storing
from zhitongche.documents.deciding import LETTER, PAPER
from zhitongche.documents.tables import Paper, PaperFile, PaperIssue
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import db
from zhitongche.persistence.tables import NumberSeries
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = re.compile(r"(.+)〔(\d{4})〕(\d+)号")
_FORMS: Final = {"pdf", "docx"}


def check() -> list[str]:
    """What does not hold, in words; of the tenant in scope."""
    return [*_numbers(), *_originals()]


def _numbers() -> Iterator[str]:
    """Every series runs from 1 to its last number within its year."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number in _given():
        parts = _NUMBER.fullmatch(number)
        if parts is None:
            yield f"公文编号“{number}”不合规则"
        else:
            found[_counter(parts[1]), int(parts[2])].append(int(parts[3]))
    series = select(NumberSeries).where(or_(NumberSeries.kind == LETTER, NumberSeries.kind.startswith(PAPER)))
    last = {(row.kind, row.year): row.last for row in db.session.scalars(series)}
    for kind, year in sorted({*found, *last}):
        if sorted(found[kind, year]) != list(range(1, last.get((kind, year), 0) + 1)):
            yield f"公文编号“{kind.removeprefix(PAPER)}〔{year}〕”有重复或空号"


def _given() -> list[str]:
    """The numbers of petitions' letters and of papers; a letter that is both counts once."""
    letters = [number for number in db.session.scalars(select(Petition.letter_number)) if number]
    papers = set(db.session.scalars(select(PaperIssue.number)))
    return letters + [number for number in papers.difference(letters) if number]


def _counter(series: str) -> str:
    letter = current.pack().letter
    return LETTER if letter and letter.series == series else PAPER + series


def _originals() -> Iterator[str]:
    forms: dict[object, set[str]] = defaultdict(set)
    for file in db.session.scalars(select(PaperFile)):
        forms[file.paper_id].add(file.form)
        try:
            storing.original(file.paper_id, file.form)
        except ZhitongcheError:
            yield f"公文原件与登记的校验值不符（{file.paper_id}）"
    for paper_id in db.session.scalars(select(Paper.id).where(Paper.state == "issued")):
        if forms[paper_id] != _FORMS:
            yield f"已签发的公文缺少原件（{paper_id}）"
