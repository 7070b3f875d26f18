"""What a repeated problem is called: its place, its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.casework.queries.repeating import CATEGORY
from zhitongche.identity import units
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from zhitongche.supervision.tables import Problem


def place_of(problem: Problem) -> str:
    """The unit or the area."""
    return units.by_id(problem.unit_id).name if problem.unit_id else problem.area


def subject_of(problem: Problem) -> str:
    """The matter or category in Chinese, by the pack in force."""
    pack = current.pack()
    if problem.subject.startswith(CATEGORY):
        code = problem.subject.removeprefix(CATEGORY)
        return pack.categories[code].name if code in pack.categories else code
    return pack.matters[problem.subject].name if problem.subject in pack.matters else problem.subject


def title_of(problem: Problem) -> str:
    """Both in one line."""
    return f"{place_of(problem)}：{subject_of(problem)}"
