"""Which tenants are served by which deployment (联调方案), as a file says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from escalation.wire import notation
from zhitongche.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhitongche.tenancy.pack import Pack


@dataclass(frozen=True, slots=True)
class Site:
    """One deployment: its code, the tenants that it serves, its folder and its web server's port."""

    code: str
    tenants: tuple[str, ...]
    home: Path
    port: int


def read(file: Path, home: Path, port: int, packs: Mapping[str, Pack]) -> list[Site]:
    """The deployments, on ports one after another; raises Invalid with every complaint about the file.

    A deployment serves the tenants that it names and all below them that no other one names.
    """
    named = _named(file)
    homes = _homes(file, named, packs)
    sites = []
    for number, code in enumerate(named):
        tenants = tuple(tenant for tenant in packs if homes.get(tenant) == code)
        sites.append(Site(code, tenants, home / code, port + number))
    return sites


def _named(file: Path) -> dict[str, list[str]]:
    try:
        raw = yaml.safe_load(file.read_text("utf-8"))
    except OSError as error:
        raise _wrong(file, f"读不到：{error.strerror}") from None
    except yaml.YAMLError as error:
        raise _wrong(file, f"不是 YAML：{error}") from None
    named = raw.get("deployments") if isinstance(raw, dict) else None
    if not isinstance(named, dict) or not named or not all(_is_site(*each) for each in named.items()):
        raise _wrong(file, "应写成“deployments:”，下面每行“部署代码: [租户代码, …]”，部署代码用 2 到 31 个小写字母、数字和连字符")
    return named


def _is_site(code: Any, tenants: Any) -> bool:
    return isinstance(code, str) and notation.is_code(code) and isinstance(tenants, list) and bool(tenants)


def _homes(file: Path, named: Mapping[str, list[str]], packs: Mapping[str, Pack]) -> dict[str, str]:
    homes: dict[str, str] = {}
    for code, tenants in named.items():
        for tenant in tenants:
            if tenant not in packs:
                raise _wrong(file, f"没有名为“{tenant}”的租户，现有：{'、'.join(packs)}")
            if homes.setdefault(tenant, code) != code:
                raise _wrong(file, f"租户“{tenant}”同时写在“{homes[tenant]}”和“{code}”两套部署里，请保留一处")
    return {tenant: home for tenant in packs if (home := _home(tenant, homes, packs))}


def _home(tenant: str, homes: Mapping[str, str], packs: Mapping[str, Pack]) -> str | None:
    """The deployment of the tenant itself, else of the nearest one above that is named."""
    while tenant not in homes:
        parent = packs[tenant].parent if tenant in packs else None
        if parent is None:
            return None
        tenant = parent
    return homes[tenant]


def _wrong(file: Path, what: str) -> Invalid:
    return Invalid({"plan": what}, f"联调方案 {file.name} 有误：{what}。")
