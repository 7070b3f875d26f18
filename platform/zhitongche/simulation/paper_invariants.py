"""What must hold of a tenant's official papers: numbers without gaps, originals as they were archived, none left unmade."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from zhitongche.documents import storing
from zhitongche.documents.tables import Paper, PaperFile, PaperIssue
from zhitongche.kernel.errors import ZhitongcheError
from zhitongche.persistence import db

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = re.compile(r"(.+〔\d{4}〕)(\d+)号")
_FORMS: Final = {"pdf", "docx"}


def check() -> list[str]:
    """What does not hold, in words; of the tenant in scope."""
    return [*_numbers(), *_originals()]


def _numbers() -> Iterator[str]:
    found: dict[str, list[int]] = defaultdict(list)
    for number in db.session.scalars(select(PaperIssue.number).where(PaperIssue.number.is_not(None))):
        parts = _NUMBER.fullmatch(number or "")
        if parts is None:
            yield f"公文编号“{number}”不合规则"
        else:
            found[parts[1]].append(int(parts[2]))
    for series, numbers in sorted(found.items()):
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"公文编号“{series}”有重复或空号"


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
