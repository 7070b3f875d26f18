"""A tenant pack: all that makes one jurisdiction different from another, as frozen values."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from zhitongche.kernel import limits
from zhitongche.kernel.limits import Limit
from zhitongche.tenancy import flow_build, meeting_parts, parts, routines
from zhitongche.tenancy.forms import clock_time
from zhitongche.tenancy.papers import templates
from zhitongche.tenancy.repeated import Repeated
from zhitongche.tenancy.repeated import repeated as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.flow.definition import Flow
    from zhitongche.tenancy.meeting_parts import MeetingKind
    from zhitongche.tenancy.papers import Template
    from zhitongche.tenancy.parts import (
        Brand,
        Category,
        EscalationWay,
        Footer,
        Ground,
        Letter,
        Matter,
        OwnDay,
        PersonNamed,
        Portal,
        RegisterUse,
        Unit,
    )
    from zhitongche.tenancy.routines import Routine


@dataclass(frozen=True)
class Pack:
    """One version of one tenant's pack. Times of day are China's; `raw` rebuilds it exactly."""

    code: str
    name: str
    full_name: str
    portal_name: str
    department: str
    level: str
    region_code: str
    parent: str | None
    hosts: tuple[str, ...]
    office_hours: tuple[time, time]
    number_prefix: str
    version: str
    effective_from: date
    brand: Brand
    footer: Footer
    takes_petitions: bool
    levels: Mapping[str, str]
    routines: tuple[Routine, ...]
    letter: Letter | None
    register: RegisterUse
    quiet: tuple[time, time]
    digest_at: time
    warn_before: Limit
    settings: Mapping[str, str]
    units: tuple[Unit, ...]
    leaders: tuple[PersonNamed, ...]
    categories: Mapping[str, Category]
    matters: Mapping[str, Matter]
    grounds_accept: Mapping[str, Ground]
    grounds_refuse: Mapping[str, Ground]
    flow: Flow
    days: tuple[OwnDay, ...]
    meetings: Mapping[str, MeetingKind]
    escalation: tuple[EscalationWay, ...]
    messages: Mapping[str, str]
    portal: Portal
    papers: Mapping[str, Template]
    raw: Mapping[str, Any]

    @classmethod
    def from_raw(cls, raw: Mapping[str, Any]) -> Self:
        """The pack that `raw` (plain JSON, as kept in `pack_version`) describes; it has been checked before."""
        own = parts.filled(raw["pack"], {"name": raw["pack"]["name"]})
        matters, offices = raw["matters"], raw["offices"]
        return cls(
            **{key: own[key] for key in _PLAIN},
            hosts=tuple(own["hosts"]),
            office_hours=(
                clock_time(own["office_hours"]["opens"]),
                clock_time(own["office_hours"]["closes"]),
            ),
            effective_from=date.fromisoformat(own["effective_from"]),
            brand=parts.Brand(**own["brand"]),
            footer=parts.Footer(**own["footer"]),
            routines=tuple(routines.routine(one) for one in own["routines"]),
            letter=parts.Letter(**own["letter"]) if own["letter"] else None,
            register=parts.RegisterUse(**own["register"]),
            quiet=(clock_time(own["quiet"]["from"]), clock_time(own["quiet"]["to"])),
            digest_at=clock_time(own["digest"]["at"]),
            warn_before=limits.parse(own["warn_before"]),
            units=tuple(parts.unit(unit, own["region_code"], own["level"]) for unit in offices["units"]),
            leaders=tuple(parts.PersonNamed(**leader) for leader in offices["leaders"]),
            categories=parts.by_code(parts.category(item) for item in matters["categories"]),
            matters=parts.by_code(parts.Matter(**item) for item in matters["matters"]),
            grounds_accept=parts.by_code(parts.Ground(**item) for item in matters["grounds"]["accept"]),
            grounds_refuse=parts.by_code(parts.Ground(**item) for item in matters["grounds"]["refuse"]),
            flow=flow_build.flow(raw["flow"]),
            days=tuple(parts.own_day(item) for item in raw["calendar"]["days"]),
            meetings=meeting_parts.kinds(raw.get("meetings", {"kinds": {}})),
            escalation=tuple(parts.escalation_way(item) for item in raw["escalation"]["ways"]),
            messages=dict(raw["messages"]),
            portal=parts.portal(parts.filled(raw["portal"], parts.portal_fields(own))),
            papers=templates(raw),
            raw=raw,
        )

    def __hash__(self) -> int:
        """Packs are the same where their content is."""
        return hash((self.code, self.digest))

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON of `raw`: sorted keys, no spaces, UTF-8."""
        canonical = json.dumps(self.raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def units_by_code(self) -> Mapping[str, Unit]:
        """The units by their code."""
        return parts.by_code(self.units)

    @property
    def sign(self) -> str:
        """How the place is called in the numbers of its papers (机关代字), like 粤; its name where nothing shorter is told."""
        return str(self.raw["pack"].get("sign") or self.name)

    @property
    def hosted_by(self) -> str | None:
        """The tenant under whose portal this one is hosted: it has a desk, and no portal of its own (towns)."""
        hosted = self.raw["pack"].get("portal")
        return hosted["hosted_by"] if hosted else None

    @cached_property
    def repeated(self) -> Repeated | None:
        """When petitions count as one repeated problem (ST-1.1.4); None where the mechanism writes no findings."""
        return problems(self.raw["pack"].get("repeated"))

    def holders(self, role: str) -> tuple[Unit, ...]:
        """The units whose people may hold the role."""
        return tuple(unit for unit in self.units if role in unit.roles)


_PLAIN = (
    "code",
    "name",
    "full_name",
    "portal_name",
    "department",
    "level",
    "region_code",
    "parent",
    "number_prefix",
    "version",
    "takes_petitions",
    "levels",
    "settings",
)
