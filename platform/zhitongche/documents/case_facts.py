"""What a paper may mention of a petition: the petition itself, and what was filled in with the action that makes the paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from zhitongche.casework import words as case_words
from zhitongche.casework.case import facts_now
from zhitongche.documents.filling import day
from zhitongche.flow.vocabulary import HOW, RESOLUTIONS, SATISFACTION, VERDICTS
from zhitongche.identity import enterprises, units
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhitongche.casework.tables import Petition
    from zhitongche.journal import Entry
    from zhitongche.tenancy.pack import Pack

_CHOSEN: Final[dict[str, Mapping[str, str]]] = {"how": HOW, "resolution": RESOLUTIONS, "satisfaction": SATISFACTION, "verdict": VERDICTS}
_COPIED: Final = ("reason", "text", "reply", "with_whom", "opinion")
_TO_FIELD: Final = {"should_be": "should_be", "proposed": "proposed"}


def of(petition: Petition, pack: Pack, entries: Sequence[Entry] = ()) -> dict[str, Any]:
    """The facts by name (`tenancy.papers_vocabulary.FIELDS`); of the action where the journal up to it is given."""
    facts = {**_of_petition(petition, pack), **_units(petition), **_limits(petition, pack)}
    return {**facts, **(_of_entry(entries[-1], facts) if entries else {}), "review": _opinion_before(entries)}


def _of_petition(petition: Petition, pack: Pack) -> dict[str, Any]:
    enterprise = enterprises.by_id(petition.enterprise_id)
    ground = pack.grounds_refuse.get(petition.refusal_ground or "")
    return {
        "number": petition.number, "title": petition.title, "enterprise": enterprise.name, "credit_code": enterprise.credit_code,
        "contact": petition.contact_name, "mobile": petition.contact_mobile, "area": petition.area, "content": petition.content,
        "wish": petition.wish, "source": case_words.SOURCES[petition.source], "received": day(clock.local_date(petition.received_at)),
        "category": _name(pack.categories, petition.category), "matter": _name(pack.matters, petition.matter),
        "accept_ground": _name(pack.grounds_accept, petition.accept_ground), "level": pack.levels.get(petition.level, ""),
        "letter": petition.letter_number, "stage": pack.flow.stages[petition.stage].name, "opinion": petition.transfer_opinion,
        "answer": petition.answer, "resolution": RESOLUTIONS.get(petition.resolution or ""),
        "ground": ground.name if ground else None, "reason": petition.refusal_reason,
    }  # fmt: skip


def _units(petition: Petition) -> dict[str, Any]:
    co = [units.by_id(unit).name for unit in sorted(facts_now(petition).co)]
    return {"lead": _unit(petition.lead_unit_id), "proposed": _unit(petition.proposed_unit_id), "co": "、".join(co)}


def _limits(petition: Petition, pack: Pack) -> dict[str, Any]:
    contact, category = pack.flow.clocks.get("contact"), pack.categories.get(petition.category)
    return {
        "contact_limit": contact.limit.default.in_chinese() if contact and contact.limit.default else None,
        "finish_limit": category.limit.in_chinese() if category and category.limit else None,
    }


def _of_entry(entry: Entry, facts: Mapping[str, Any]) -> dict[str, Any]:
    form: Mapping[str, Any] = (entry.body or {}).get("form", {})
    found: dict[str, Any] = {name: form[name] for name in _COPIED if name in form}
    found |= {name: names.get(form[name], "") for name, names in _CHOSEN.items() if name in form}
    found |= {name: _unit(UUID(form[name])) for name in _TO_FIELD if name in form}
    if "due" in form:
        found["due"] = day(date.fromisoformat(form["due"]))
    if "happened" in form:
        found["happened"] = f"{clock.local(datetime.fromisoformat(form['happened'])):%Y年%-m月%-d日%H:%M}"
    if "verdict" in form:
        # Beside the opinion that was put forward, the word of the one who decided.
        decided = "，".join(one for one in (found["verdict"], form.get("opinion", "")) if one)
        found |= {"approval": f"{decided}。（{entry.actor_name}，{day(clock.local_date(entry.at))}）", "opinion": facts["opinion"]}
    return {**found, "actor": entry.actor_name, "unit": _unit(entry.unit_id) or facts["lead"], "clause": entry.clause}


def _opinion_before(entries: Sequence[Entry]) -> str | None:
    """The opinion put forward before the last entry: that on which the last one decides."""
    told = [(entry.body or {}).get("form", {}).get("opinion") for entry in entries[:-1]]
    return next((opinion for opinion in reversed(told) if opinion), None)


def _unit(unit_id: UUID | None) -> str | None:
    return units.by_id(unit_id).name if unit_id else None


def _name(known: Mapping[str, Any], code: str | None) -> str | None:
    return known[code].name if code and code in known else None
