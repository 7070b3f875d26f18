"""What a meeting's steps do: word of the pack → use case. Each tells whether the step is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from zhitongche.meetings.steps.after import (
    answer_rest,
    approve,
    archive,
    commit,
    reply_rest,
    review,
    write_up,
)
from zhitongche.meetings.steps.before import (
    announce,
    arrange,
    close_list,
    coordinate,
    draft,
    fix,
    notify,
    settle_leader,
    submit,
)
from zhitongche.meetings.steps.day import hold

if TYPE_CHECKING:
    from zhitongche.meetings.sitting import Sitting
    from zhitongche.meetings.tables import MeetingStep

STEPS: Final[dict[str, Callable[[Sitting, MeetingStep], bool]]] = {
    "announce": announce, "close_list": close_list, "draft": draft, "settle_leader": settle_leader, "submit": submit,
    "coordinate": coordinate, "fix": fix, "notify": notify, "arrange": arrange,
    "hold": hold,
    "write_up": write_up, "review": review, "approve": approve, "commit": commit, "reply_rest": reply_rest,
    "answer_rest": answer_rest, "archive": archive,
}  # fmt: skip
