"""The words of messages and of the portal: the pack's, and the administrator's wording of messages over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from zhitongche.desk import guard
from zhitongche.desk.admin import words
from zhitongche.desk.admin.acting import done, over_to
from zhitongche.flow.vocabulary import PARTIES
from zhitongche.identity import people
from zhitongche.notices import overrides
from zhitongche.persistence import unit_of_work
from zhitongche.tenancy import current
from zhitongche.tenancy.vocabulary import STANDING_MESSAGES
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.tenancy.pack import Pack
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("texts", __name__, url_prefix="/texts")


@blueprint.get("")
def show() -> str:
    """Every message with the words in force, when it is sent, and the portal's words."""
    pack, own = current.pack(), overrides.in_force()
    rows = [(code, own.get(code, text), code in own, occasions(pack, code)) for code, text in pack.messages.items()]
    return render_template("admin/texts.html", rows=rows, pack=pack, portal=pack.portal)


@blueprint.route("/<code>", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    """Word one message anew; only the fields that are filled when it is made may stand in it."""
    pack = current.pack()
    known = overrides.allowed(pack, code)
    form = build_form([FieldSpec("text", "文案", "longtext", max_length=overrides.LONGEST)], {"text": overrides.message(pack, code)})
    if form.validate_on_submit() and done(form, lambda: _word(code, form)):
        return over_to("desk.admin.texts.show", words.TEXT_SET)
    rows = overrides.history(code)
    page = render_template(
        "admin/text.html", form=form, code=code, original=pack.messages[code], known=sorted(known), names=words.FIELD_NAMES,
        own=code in overrides.in_force(), rows=rows, occasions=occasions(pack, code),
        authors={row.set_by: people.by_id(row.set_by).name for row in rows if row.set_by},
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/<code>/restore")
def restore(code: str) -> ResponseReturnValue:
    """Back to the pack's own words."""
    with unit_of_work():
        overrides.override(current.pack(), code, None, by=guard.actor())
    return over_to("desk.admin.texts.edit", words.TEXT_UNSET, code=code)


def _word(code: str, form: PackForm) -> None:
    overrides.override(current.pack(), code, form.values()["text"], by=guard.actor())


def occasions(pack: Pack, code: str) -> str:
    """When and to whom a message is sent."""
    if code in STANDING_MESSAGES:
        return STANDING_MESSAGES[code]
    actions = pack.flow.actions.values()
    return "；".join(
        f"“{action.name}”后告知{PARTIES[told.party]}" for action in actions for told in action.tells if told.message == code
    )
