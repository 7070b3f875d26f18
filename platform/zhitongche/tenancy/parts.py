"""The small values a pack is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from zhitongche.kernel import limits
from zhitongche.kernel.limits import Limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


Item = TypeVar("Item", bound=_Coded)


@dataclass(frozen=True, slots=True)
class Brand:
    """Colours (#rrggbb, AA contrast on white) and the line under the name."""

    primary: str
    accent: str
    motto: str


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page."""

    hotline: str
    contact: str
    icp: str


@dataclass(frozen=True, slots=True)
class Letter:
    """How transfer letters (转办函) are titled and numbered: series〔year〕n号."""

    series: str
    title: str
    clause: str


@dataclass(frozen=True, slots=True)
class RegisterUse:
    """The legal-entity register (法人库): which file seeds it, what a mismatch leads to."""

    mismatch: str
    clause: str
    file: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A unit's contact person (联络员)."""

    name: str
    mobile: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (单位) of the tenant; `roles` are those its people may hold, `area` a region code."""

    code: str
    name: str
    short: str
    kind: str
    level: str
    area: str
    roles: frozenset[str]
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class PersonNamed:
    """A leader (领导) and the unit he signs in with."""

    name: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category of petitions (诉求类别); no limit where a plan or the flow's own clocks set it."""

    code: str
    name: str
    limit: Limit | None
    clause: str
    hint: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A topic (诉求事项) and the unit that usually handles it."""

    code: str
    name: str
    usual: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for accepting or refusing (受理、不予受理情形)."""

    code: str
    name: str
    clause: str


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day on which the tenant departs from the national arrangement."""

    date: date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class EscalationWay:
    """To whom (and to which level) a petition may go up, on what ground, after whose review; what is sent when, what returns."""

    to: str
    ground: str
    review: tuple[str, ...]
    clause: str
    name: str
    level: str
    notice: frozenset[str]
    taken: frozenset[str]
    on_request: frozenset[str]
    returns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Portal:
    """The words of the public site; pairs are (name, text), (text, clause) and (question, answer)."""

    welcome: str
    lead: str
    steps: tuple[tuple[str, str], ...]
    promises: tuple[tuple[str, str], ...]
    who_may_file: str
    faq: tuple[tuple[str, str], ...]
    privacy: str


def unit(raw: Mapping[str, Any], area: str, level: str) -> Unit:
    """A unit; its short name, area and level are the name and the tenant's own where left out."""
    return Unit(
        code=raw["code"],
        name=raw["name"],
        short=raw["short"] or raw["name"],
        kind=raw["kind"],
        level=raw["level"] or level,
        area=raw["area"] or area,
        roles=frozenset(raw["roles"]),
        contact=Contact(**raw["contact"]) if raw["contact"] else None,
    )


def category(raw: Mapping[str, Any]) -> Category:
    """A category with its limit parsed."""
    return Category(**{**raw, "limit": limits.parse(raw["limit"]) if raw["limit"] else None})


def own_day(raw: Mapping[str, Any]) -> OwnDay:
    """An own day with its date parsed."""
    return OwnDay(date.fromisoformat(raw["date"]), raw["working"], raw["name"])


def escalation_way(raw: Mapping[str, Any]) -> EscalationWay:
    """A way up; versions kept from before the bridge say only whither."""
    sends = {stage: frozenset(fields) for stage, fields in raw.get("sends", {}).items()}
    told = {stage: sends.get(stage, frozenset()) for stage in ("notice", "taken", "on_request")}
    return EscalationWay(
        raw["to"], raw["ground"], tuple(raw["review"]), raw["clause"], raw.get("name", ""), raw.get("level", ""),
        **told, returns=frozenset(raw.get("returns", ())),
    )  # fmt: skip


def portal(raw: Mapping[str, Any]) -> Portal:
    """The portal's words."""
    return Portal(
        welcome=raw["welcome"],
        lead=raw["lead"],
        steps=tuple((step["name"], step["text"]) for step in raw["steps"]),
        promises=tuple((promise["text"], promise["clause"]) for promise in raw["promises"]),
        who_may_file=raw["who_may_file"],
        faq=tuple((item["question"], item["answer"]) for item in raw["faq"]),
        privacy=raw["privacy"],
    )


def by_code(items: Iterable[Item]) -> Mapping[str, Item]:
    """Read-only, in order."""
    return MappingProxyType({item.code: item for item in items})


def portal_fields(own: Mapping[str, Any]) -> dict[str, str]:
    """The values of `vocabulary.PORTAL_FIELDS`."""
    return {
        "name": own["name"],
        "portal": own["portal_name"],
        "department": own["department"],
        "hotline": own["footer"]["hotline"],
    }


def filled(value: Any, fields: Mapping[str, str]) -> Any:
    """Every `{field}` in every text replaced; a plain replacement, so that a pack's text is never a program."""
    if isinstance(value, str):
        for name, text in fields.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, dict):
        return {key: filled(item, fields) for key, item in value.items()}
    return [filled(item, fields) for item in value] if isinstance(value, list) else value
