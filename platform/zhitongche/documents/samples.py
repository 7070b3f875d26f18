"""Samples of a pack's papers, for those who write templates: believable facts, no database."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

from zhitongche.documents import words
from zhitongche.documents.filling import day, fill
from zhitongche.kernel import clock
from zhitongche.tenancy.parts import filled

if TYPE_CHECKING:
    from zhitongche.tenancy.pack import Pack
    from zhitongche.tenancy.papers import Template

_FILE: Final = "sample_facts.yaml"


def sample(pack: Pack, template: Template) -> dict[str, Any]:
    """The content of a sample, dated today, with a number where its kind has one."""
    told = filled(yaml.safe_load(files(__package__).joinpath(_FILE).read_text(encoding="utf-8")), _own(pack))
    facts = {**told["facts"], **told.get(template.kind, {}), "rows": told["rows"]}
    content = fill(template, pack, facts)
    year = clock.today().year
    number = words.NUMBER.format(series=content["series"], year=year, number=1) if content["series"] else ""
    return {**content, "number": number, "date": day(clock.today())}


def _own(pack: Pack) -> dict[str, str]:
    handlers = [unit.name for unit in pack.units if unit.kind == "department" and "handler" in unit.roles]
    leader = next(iter(pack.leaders), None)
    lead, co = (*handlers, pack.department, pack.department)[:2]
    kind = next(iter(pack.meetings.values()), None)
    meeting = f"{clock.today().year}年12月{kind.name}" if kind else ""
    return {"prefix": pack.number_prefix, "meeting": meeting, "tenant": pack.name, "lead": lead, "co": co, "leader": f"{leader.name}{leader.title}" if leader else ""}
