"""The papers of a finding: the letter to the unit or district, the report to the government (ST-1.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhitongche import documents
from zhitongche.casework.queries import repeating, supervised
from zhitongche.documents.filling import day
from zhitongche.flow.facts import SYSTEM
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.supervision import words
from zhitongche.supervision.naming import place_of, subject_of
from zhitongche.supervision.problems import petitions_of
from zhitongche.tenancy import current
from zhitongche.tenancy.repeated import LETTER, REPORT

if TYPE_CHECKING:
    from zhitongche.documents.tables import Paper
    from zhitongche.flow.facts import Actor
    from zhitongche.supervision.tables import Finding, Problem


def letter(row: Finding, problem: Problem, actor: Actor) -> Paper:
    """Draft the letter; where nobody has to see it first, it is out at once."""
    facts = {**_facts(row, problem), "rows": _rows(row, problem)}
    return documents.draft(
        LETTER, about=documents.About.finding(row.id), facts=facts, actor=actor, key=f"{LETTER}:{row.id}", units=[row.addressee_id]
    )


def report(row: Finding, problem: Problem, actor: Actor) -> Paper:
    """Draft the report; it tells of no single petition."""
    return documents.draft(REPORT, about=documents.About.finding(row.id), facts=_facts(row, problem), actor=actor, key=f"{REPORT}:{row.id}")


def _facts(row: Finding, problem: Problem) -> dict[str, Any]:
    rule = current.pack().repeated
    return {
        "lead": units.by_id(row.addressee_id).name, "area": place_of(problem), "matter": subject_of(problem), "ground": problem.ground,
        "count": len(petitions_of(problem.id)), "text": row.text, "opinion": row.suggestion,
        "finish_limit": rule.answer.in_chinese() if rule else None,
    }  # fmt: skip


def _rows(row: Finding, problem: Problem) -> list[dict[str, Any]]:
    """What the unit has no duty in is counted, not told (ST-5.1)."""
    members = petitions_of(problem.id)
    own, known, came = repeating.of_unit(row.addressee_id, members), supervised.by_ids(SYSTEM, members), repeating.received(members)
    told = {one: {"number": known[one].number, "title": known[one].title} if one in own else {"title": words.MASKED} for one in members}
    return [{**told[one], "received": day(clock.local_date(came[one]))} for one in sorted(members, key=lambda one: came[one])]
