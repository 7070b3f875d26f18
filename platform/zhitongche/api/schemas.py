"""What goes in and out, as marshmallow reads and writes it; casework's own rules come after."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from marshmallow import RAISE, Schema, missing
from marshmallow import fields as ma
from marshmallow.validate import Length, Regexp
from typing_extensions import override

from zhitongche.api import words
from zhitongche.kernel import clock

if TYPE_CHECKING:
    from marshmallow.types import UnknownOption

_SAID: Final[dict[str, Any]] = {"required": "缺少这一项", "null": "不能为空", "invalid": "应为文本", "invalid_utf8": "应为 UTF-8 文本"}
_UNKNOWN: Final = {"unknown": "没有这一项，请对照接口说明检查名称", "type": "应为 JSON 对象"}


def _text(most: int, *, least: int = 0, required: bool = True, example: str = "", description: str = "") -> ma.String:
    said = f"应为{least}到{most}个字" if least else f"最多{most}个字"
    about = {name: text for name, text in (("example", example), ("description", description)) if text}
    limits = Length(min=least or None, max=most, error=said)
    return ma.String(required=required, validate=limits, error_messages=_SAID, metadata=about, load_default=missing if required else "")


class Moment(ma.DateTime):
    """A moment, written in China's time."""

    @override
    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | float | None:
        return super()._serialize(clock.local(value) if value else None, attr, obj, **kwargs)


class Strict(Schema):
    """Refuses what it does not know, so that a misspelt field is not silently lost."""

    error_messages: Final = _UNKNOWN  # type: ignore[misc]  # marshmallow declares it mutable

    class Meta:
        unknown: UnknownOption = RAISE


class OrderHeader(Schema):
    """The external order's number; the same number never makes a second petition."""

    order = ma.String(
        required=True, data_key="Idempotency-Key", error_messages=_SAID, metadata={"description": "外部工单编号；重复发送得到同一件诉求", "example": "GD202603060001"},
        validate=Regexp(r"^[A-Za-z0-9._/:-]{1,40}\Z", error=words.ORDER_FORM),
    )  # fmt: skip


class NewPetition(Strict):
    """A petition as the hotline hands it over. RP-2.2.a, ST-3.1.2."""

    credit_code = _text(40, least=1, example="91440500617540496Q", description="统一社会信用代码")
    enterprise_name = _text(100, required=False, description="企业名称；该企业尚未登记时必填")
    area = _text(40, required=False, description="所在镇（区）")
    address = _text(200, required=False, description="企业地址")
    title = _text(60, least=4, description="诉求标题")
    content = _text(4000, least=10, description="情况和问题")
    wish = _text(1000, required=False, description="希望怎样解决")
    category = _text(60, least=1, description="诉求类别代码，见 /vocabulary")
    matter = _text(60, required=False, description="诉求事项代码，见 /vocabulary")
    contact_name = _text(30, least=1, description="联系人")
    contact_mobile = _text(20, least=1, example="13800001234", description="联系手机")
    first_received = _text(40, least=1, example="2026-03-05T15:30:00+08:00", description="热线收件时间，未写时区的按北京时间")
    handled_by = _text(500, required=False, description="此前直派部门及未解决原因")


class SinceQuery(Strict):
    """From where to go on."""

    since = ma.String(validate=Length(max=60, error=words.CURSOR), error_messages=_SAID, metadata={"description": "上次答复中的 next；不带则从头开始"})


class LimitSchema(Schema):
    """A limit 时限."""

    what = ma.String(required=True)
    who = ma.String(required=True)
    started = Moment(required=True)
    due = Moment(required=True)
    clause = ma.String(required=True)
    state = ma.String(required=True, metadata={"enum": ["open", "met", "ended"]})
    missed = ma.Boolean(required=True)
    provisional = ma.Boolean(required=True, metadata={"description": "所涉年度放假安排未公布，届满时间暂定"})


class AnswerSchema(Schema):
    """The answer 答复."""

    text = ma.String(required=True)
    resolution = ma.String(required=True)
    at = Moment(required=True)


class PetitionSchema(Schema):
    """A petition as its enterprise is shown it."""

    number = ma.String(required=True)
    status = ma.String(required=True, metadata={"enum": ["open", "resolved", "refused", "withdrawn", "joined", "returned"]})
    stage = ma.String(required=True, metadata={"description": "办理环节，公开用语"})
    holder = ma.String(required=True, metadata={"description": "现由谁办理"})
    title = ma.String(required=True)
    category = ma.String(required=True)
    matter = ma.String(required=True)
    lead = ma.String(required=True, metadata={"description": "主办单位，确定之前为空"})
    co = ma.List(ma.String(), required=True)
    received_at = Moment(required=True)
    updated_at = Moment(required=True)
    closed_at = Moment(required=True, allow_none=True)
    limits = ma.List(ma.Nested(LimitSchema), required=True)
    answer = ma.Nested(AnswerSchema, required=True, allow_none=True)
    joined_into = ma.String(required=True, allow_none=True, metadata={"description": "并入的诉求编号"})


class ChangeSchema(Schema):
    """That a petition has changed; what has, is told by asking for it."""

    number = ma.String(required=True)
    status = PetitionSchema._declared_fields["status"]
    stage = ma.String(required=True)
    updated_at = Moment(required=True)


class ChangesSchema(Schema):
    """A stretch of changes, the oldest first."""

    changes = ma.List(ma.Nested(ChangeSchema), required=True)
    next = ma.String(required=True, metadata={"description": "下次从这里接着读"})
    more = ma.Boolean(required=True, metadata={"description": "后面还有，可立即接着读"})


class WordSchema(Schema):
    """A code and what people call it."""

    code = ma.String(required=True)
    name = ma.String(required=True)


class VocabularySchema(Schema):
    """The codes of this place."""

    categories = ma.List(ma.Nested(WordSchema), required=True)
    matters = ma.List(ma.Nested(WordSchema), required=True)
    sources = ma.List(ma.Nested(WordSchema), required=True)


class FaultSchema(Schema):
    """One thing that is wrong."""

    detail = ma.String(required=True)
    pointer = ma.String(metadata={"description": "请求体中的位置（JSON Pointer）"})
    parameter = ma.String(metadata={"description": "请求头或查询参数的名称"})


class ProblemSchema(Schema):
    """RFC 9457."""

    type = ma.String(required=True)
    title = ma.String(required=True)
    status = ma.Integer(required=True)
    detail = ma.String(required=True)
    clause = ma.String()
    reference = ma.String()
    errors = ma.List(ma.Nested(FaultSchema))
