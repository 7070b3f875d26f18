"""Officials' accounts: listed, made, changed, closed; a first password is shown once."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, render_template, request

from zhitongche.desk import guard
from zhitongche.desk.admin import words
from zhitongche.desk.admin.acting import attempt, done, over_to, shown_once
from zhitongche.flow.vocabulary import ROLES
from zhitongche.identity import officials, people, units
from zhitongche.identity.officials import OfficialForm
from zhitongche.kernel.errors import Invalid, NotFound
from zhitongche.persistence import unit_of_work
from zhitongche.webkit.forms import FieldSpec, build_form

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from zhitongche.identity.tables import Person, Unit
    from zhitongche.webkit.forms import PackForm

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("")
def show() -> str:
    """All accounts, in the order of the units."""
    wanted = {name: request.args.get(name, "").strip()[:40] for name in ("q", "unit", "role", "state")}
    everybody = people.officials(with_inactive=True)
    rows = [(person, unit) for person, unit in everybody if _fits(person, unit, wanted)]
    choices = (
        ("unit", "单位", tuple((unit.code, unit.name) for unit in units.listing())),
        ("role", "角色", tuple(officials.roles_held())),
        ("state", "状态", tuple(words.PERSON_STATES.items())),
    )
    filters = [SimpleNamespace(name=n, label=label, value=wanted[n], choices=c) for n, label, c in choices]
    return render_template("admin/people.html", rows=rows, total=len(everybody), filters=filters, q=wanted["q"], roles=ROLES)


@blueprint.route("/new", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    """A new account; the answer shows its first password, once."""
    form = _form({"digest": True})
    if form.validate_on_submit():
        made = attempt(form, lambda: officials.create(_read(form), by=guard.actor()))
        if made:
            return shown_once(render_template("admin/passwords.html", made=[made], title="账号已建立"))
    page = render_template("admin/person.html", form=form, person=None, role_units=_role_units())
    return page, 422 if form.errors else 200


@blueprint.route("/<uuid:person_id>", methods=["GET", "POST"])
def edit(person_id: UUID) -> ResponseReturnValue:
    """One account; what is changed holds from the next page its owner opens."""
    person = _official(person_id)
    unit = units.by_id(person.unit_id) if person.unit_id else None
    form = _form({
        "login": person.login, "name": person.name, "unit": unit.code if unit else "", "roles": list(person.roles),
        "mobile": person.mobile or "", "title": person.title or "", "digest": person.notices_digest,
    })  # fmt: skip
    if form.validate_on_submit() and done(form, lambda: officials.update(person_id, _read(form), by=guard.actor())):
        return over_to("desk.admin.people.show", words.SAVED)
    page = render_template("admin/person.html", form=form, person=_official(person_id), role_units=_role_units(), me=guard.person().id)
    return page, 422 if form.errors else 200


@blueprint.post("/<uuid:person_id>/close")
def close(person_id: UUID) -> ResponseReturnValue:
    """Close an account; what it did stays on the record."""
    person = _official(person_id)
    try:
        with unit_of_work():
            officials.deactivate(person_id, by=guard.actor())
    except Invalid as error:
        return over_to("desk.admin.people.edit", "".join(error.errors.values()), "danger", person_id=person_id)
    return over_to("desk.admin.people.show", words.CLOSED.format(name=person.name))


@blueprint.post("/<uuid:person_id>/open")
def reopen(person_id: UUID) -> ResponseReturnValue:
    """Open a closed account again."""
    with unit_of_work():
        officials.activate(_official(person_id).id, by=guard.actor())
    return over_to("desk.admin.people.edit", words.OPENED.format(name=_official(person_id).name), person_id=person_id)


@blueprint.post("/<uuid:person_id>/password")
def reset(person_id: UUID) -> ResponseReturnValue:
    """A new first password, shown once; all sessions of the account end."""
    with unit_of_work():
        made = officials.reset_password(_official(person_id).id, by=guard.actor())
    return shown_once(render_template("admin/passwords.html", made=[made], title="密码已重置"))


def _official(person_id: UUID) -> Person:
    person = people.by_id(person_id)
    if person.kind != "official":
        raise NotFound
    return person


def _fits(person: Person, unit: Unit | None, wanted: dict[str, str]) -> bool:
    return (
        (not wanted["q"] or any(wanted["q"].lower() in text for text in (person.name, person.login or "", person.mobile or "")))
        and (not wanted["unit"] or (unit is not None and unit.code == wanted["unit"]))
        and (not wanted["role"] or wanted["role"] in person.roles)
        and (not wanted["state"] or person.active == (wanted["state"] == "active"))
    )


def _form(data: dict[str, object]) -> PackForm:
    named = [(unit.code, unit.name) for unit in units.listing()]
    return build_form((
        FieldSpec("login", "账号", max_length=32, hint="小写字母、数字、点、横线或下划线，登录时使用", autocomplete="off"),
        FieldSpec("name", "姓名", max_length=40, autocomplete="off"),
        FieldSpec("unit", "单位", "choice", required=False, choices=named, hint="系统管理员和运维人员可以不选"),
        FieldSpec("roles", "角色", "multi", choices=officials.roles_held()),
        FieldSpec("mobile", "手机号", "mobile", required=False, hint="用于接收办理提醒短信"),
        FieldSpec("title", "职务", required=False, max_length=40, autocomplete="off"),
        FieldSpec("digest", "非紧急短信每天汇总为一条", "checkbox", required=False),
    ), data)  # fmt: skip


def _read(form: PackForm) -> OfficialForm:
    values = form.values()
    texts = {name: values[name] or "" for name in ("login", "name", "unit", "mobile", "title")}
    return OfficialForm(roles=tuple(values["roles"]), digest=values["digest"], **texts)


def _role_units() -> list[tuple[str, str]]:
    """Which units' people may hold each role that is not everybody's, for the page's help."""
    held = ((ROLES[role], [unit.name for unit in units.of_role(role)]) for role in ROLES if role != "handler")
    return [(role, "、".join(names)) for role, names in held if names]
