"""How codes of a pack are shown and offered on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from zhitongche.desk import words
from zhitongche.identity import units
from zhitongche.tenancy import current, versions
from zhitongche.tenancy.vocabulary import SENDS_NOTICE, SENDS_ON_REQUEST, SENDS_TAKEN

if TYPE_CHECKING:
    from zhitongche.casework.choices import Choices
    from zhitongche.tenancy.pack import Pack


GOES_UP: Final = frozenset({"explain", "endorse", "send_up"})
"""Verbs on the way up: who acts has to know what the level above will learn by it."""


def going_up(pack: Pack, verb: str) -> list[tuple[str, str]]:
    """What the level above is told and when, by the pack's way up; empty for any other action."""
    way = next(iter(pack.escalation), None) if verb in GOES_UP else None
    if way is None:
        return []
    parts = (
        (words.SENT_AT_ONCE, SENDS_NOTICE, way.notice), (words.SENT_WHEN_TAKEN, SENDS_TAKEN, way.taken), (words.SENT_ON_REQUEST, SENDS_ON_REQUEST, way.on_request),
    )  # fmt: skip
    return [(label, "、".join(name for code, name in names.items() if code in sent)) for label, names, sent in parts if sent]


def stage_name(pack_version: str, code: str) -> str:
    """The stage's name in the version that the petition began under."""
    stage = versions.pack_at(pack_version).flow.stages.get(code)
    return stage.name if stage else code


def stage_choices(*, open_only: bool = False) -> Choices:
    """The stages of the flow in force."""
    return tuple((s.code, s.name) for s in current.pack().flow.stages.values() if not (open_only and s.final))


def category_choices() -> Choices:
    """Categories of petitions."""
    return _named(current.pack().categories)


def matter_choices() -> Choices:
    """Topics of petitions."""
    return _named(current.pack().matters)


def unit_choices() -> Choices:
    """Units that handle petitions."""
    return tuple((str(ident), name) for ident, name in units.named("handler"))


def level_choices() -> Choices:
    """Levels at which a petition may stand."""
    return tuple(current.pack().levels.items())


def name_of(items: Mapping[str, Any], code: str | None) -> str:
    """The name of a coded thing; the code where this version has none."""
    item = items.get(code or "")
    return item.name if item else code or ""


def _named(items: Mapping[str, Any]) -> Choices:
    return tuple((item.code, item.name) for item in items.values())
