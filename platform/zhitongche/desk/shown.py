"""How codes of a pack are shown and offered on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zhitongche.identity import units
from zhitongche.tenancy import current, versions

if TYPE_CHECKING:
    from zhitongche.casework.choices import Choices


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
