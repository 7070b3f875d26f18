"""A tracked petition in the shapes that the shared macros draw."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import url_for

from zhitongche.portal import words

if TYPE_CHECKING:
    from zhitongche.casework.queries.tracking_view import File, Limit, Tracking


def page_of(tracked: Tracking) -> SimpleNamespace:
    """Entries, the next step, files, actions, all with their addresses."""
    files = {one.id: _file(tracked, one) for one in tracked.files}
    return SimpleNamespace(
        entries=[
            SimpleNamespace(
                title=event.title, at=event.at, icon=event.icon, tone=event.tone, who=event.who, unit="",
                on_behalf_of="", text="" if event.answer and event is tracked.answer else event.text,
                clause=event.clause, files=[files[one] for one in event.files if one in files],
            )
            for event in tracked.events
        ],
        next=_next(tracked),
        files=list(files.values()),
        answer_files=[files[one] for one in tracked.answer.files if one in files] if tracked.answer else [],
        actions=_actions(tracked),
    )  # fmt: skip


def _file(tracked: Tracking, one: File) -> SimpleNamespace:
    url = url_for("portal.files.of_petition", petition_id=tracked.petition.id, file_id=one.id)
    return SimpleNamespace(name=one.name, size=one.size, url=url, note="企业提交" if one.ours else "随答复附上")


def _next(tracked: Tracking) -> SimpleNamespace | None:
    if tracked.ended:
        return None
    limit: Limit | None = tracked.next
    if limit is None:
        return SimpleNamespace(who=tracked.holder, what=tracked.stage, due=None, provisional=False, clause="", note="")
    return SimpleNamespace(
        who=limit.who, what=limit.what, due=limit.due, near_at=limit.near_at, provisional=limit.provisional, clause=limit.clause,
        note=f"规定期限：{limit.limit}",
    )  # fmt: skip


def _actions(tracked: Tracking) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            name=action.name,
            clause="" if action.clause == "setting" else action.clause,
            hint="",
            icon=words.ACTION_ICONS.get(action.verb, "chevron-right"),
            main=action.weight == "primary",
            url=url_for("portal.acting.act", petition_id=tracked.petition.id, code=action.code),
        )
        for action in sorted(tracked.actions, key=lambda one: one.weight != "primary")
    ]
