"""Whose portal a tenant uses: its own, or that of the tenant above, which then must have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.tenancy import words_rules, words_ways

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.tenancy.draft import Draft


def check(draft: Draft) -> None:
    """Note a host that is not the tenant above, and acts of an enterprise that has nowhere to do them."""
    pack = draft.pack
    if pack.hosted_by is None:
        return
    if pack.hosted_by != pack.parent:
        what = words_rules.not_parent(pack.hosted_by)
        draft.fault(what, words_ways.hosted_by_parent(pack.parent), "pack", "portal", "hosted_by")
    for action in pack.flow.actions.values():
        if "enterprise" in action.who:
            draft.fault(words_ways.no_portal_for(action.name), words_ways.LET_OFFICIALS, "flow", "actions", action.code, "who")


def check_host(draft: Draft, by_code: Mapping[str, Draft]) -> None:
    """Note a host that has no portal of its own either, or takes no petitions."""
    host = by_code.get(draft.pack.hosted_by or "")
    if host is not None and (host.pack.hosted_by is not None or not host.pack.takes_petitions):
        draft.fault(words_ways.hosts_none(host.code), words_ways.HOST_ITSELF, "pack", "portal", "hosted_by")
