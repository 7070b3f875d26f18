"""Hand in a petition, follow one, follow all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from marshmallow import RAISE

from zhitongche.api import door, intake, shown, words
from zhitongche.api.parsing import ApiBlueprint
from zhitongche.api.schemas import ChangesSchema, NewPetition, OrderHeader, PetitionSchema, SinceQuery
from zhitongche.casework import access
from zhitongche.casework.queries import following, tracking
from zhitongche.casework.queries.keyset import Mark
from zhitongche.kernel.errors import Invalid
from zhitongche.persistence import unit_of_work

if TYPE_CHECKING:
    from uuid import UUID

blueprint = ApiBlueprint("api_petitions", __name__, url_prefix="/api/v1/petitions", description="诉求件")
door.guard(blueprint)


@blueprint.post("")
@blueprint.arguments(OrderHeader, location="headers")
@blueprint.arguments(NewPetition)
@blueprint.response(201, PetitionSchema, description="已登记为诉求")
@blueprint.alt_response(200, schema=PetitionSchema, description="此前已登记，未再登记", success=True)
@blueprint.problems(400, 403, 404, 409, 413, 415)
def hand_in(header: dict[str, str], sent: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """热线转来一件诉求；同一工单编号重复发送得到同一件."""
    petition_id, made = intake.take(header["order"], sent, door.holder())
    body = _told(petition_id)
    return body, 201 if made else 200, {"Location": url_for("api_petitions.show", number=body["number"])}


@blueprint.get("/<number>")
@blueprint.response(200, PetitionSchema)
@blueprint.problems(404)
def show(number: str) -> dict[str, Any]:
    """一件诉求的办理情况、时限和答复；无权查看的与不存在的答复相同."""
    return _told(following.by_number(number, door.holder().actor))


@blueprint.get("")
@blueprint.arguments(SinceQuery, location="query", unknown=RAISE)
@blueprint.response(200, ChangesSchema)
@blueprint.problems()
def changes(query: dict[str, str]) -> dict[str, Any]:
    """自上次以来有变化的诉求，先变化的在前；最新十秒内的和尚在写入的变化稍后才列出."""
    since = query.get("since")
    mark = Mark.read(since)
    if since and mark is None:
        raise Invalid({"query:since": words.CURSOR})
    page = following.changes(door.holder().actor, mark)
    return {"changes": [shown.change(one) for one in page.rows], "next": page.following or since or "", "more": page.more}


def _told(petition_id: UUID) -> dict[str, Any]:
    """The petition; an official's key leaves its trace, as an official would (ST-5.1)."""
    holder = door.holder()
    with unit_of_work():
        seen = tracking.track(petition_id, holder.actor)
        access.opened(holder.actor, seen.petition, words.READ.format(key=holder.name))
        return shown.petition(seen)
