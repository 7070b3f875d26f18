"""How the forms of meetings are laid out and carried out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for

from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, Refused, ZhitongcheError
from zhitongche.persistence import db, unit_of_work
from zhitongche.webkit.forms import apply_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from zhitongche.meetings.queries.lines import MeetingLine
    from zhitongche.webkit.forms import PackForm

STALE = (Conflict, Refused, Forbidden)


@dataclass
class FormPage:
    """One form on its page: what it is about, what is filled in, what the button says and by which clause."""

    meeting: MeetingLine
    title: str
    form: PackForm
    button: str
    clause: str = ""
    lead: str = ""
    back: str = ""
    danger: bool = False
    template: str = "meetings/form.html"
    more: dict[str, Any] = field(default_factory=dict)

    def shown(self, problem: ZhitongcheError | None = None) -> ResponseReturnValue:
        """The page; what went wrong stands above the form or beside its field, and nothing typed is gone."""
        back = self.back or url_for("desk.meetings.timeline.show", meeting_id=self.meeting.id)
        clause = "" if self.clause == "setting" else self.clause
        page = render_template(self.template, page=self, meeting=self.meeting, form=self.form, problem=problem, back=back, clause=clause, **self.more)
        return page, status(problem) if problem else 422 if self.form.errors else 200


def attempt(form: PackForm, act: Callable[[], object]) -> ZhitongcheError | None:
    """Do it in a unit of work; what is wrong stands beside its field, what stands in the way is answered."""
    try:
        with unit_of_work():
            act()
    except Invalid as error:
        apply_errors(form, error)
    except STALE as error:
        db.session.expire_all()
        return error
    return None


def status(error: ZhitongcheError) -> int:
    """The answer's status for what stands in the way."""
    return 403 if isinstance(error, Forbidden) else 409
