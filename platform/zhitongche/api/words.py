"""What the API says to the people who read its answers."""

from __future__ import annotations

from typing import Final

TITLE: Final = "企业诉求直通车接口"
DESCRIPTION: Final = (
    "供 12345 热线工单系统转送诉求，供热线和企业自己的系统跟踪办理情况。\n\n"
    "每个请求须带 `Authorization: Bearer <密钥>`，密钥由本地直通车的运维人员发放，只在发放它的地方有效。"
    "时间一律为 ISO 8601，答复中的时间为北京时间。出错时的答复为 RFC 9457 problem+json，中文说明在 `detail`，"
    "逐项问题在 `errors`。"
)
KEY: Final = "发放的密钥，形如 zt_…"

UNAUTHORIZED: Final = ("密钥无效", "没有提供密钥，或密钥不正确、已停用。请核对 Authorization 请求头。")
TOO_MANY: Final = ("请求太频繁", "请求次数超过上限，请按响应头 Retry-After 所示的秒数后重试。")
READ_ONLY: Final = "这把密钥只能查询，不能登记诉求。"
NOT_JSON: Final = ("请求体不是 JSON", "请求体应为 UTF-8 编码的 JSON 对象，并带请求头 Content-Type: application/json。")
BAD_JSON: Final = ("请求体无法读取", "请求体不是有效的 UTF-8 编码 JSON 对象。")
TOO_LARGE: Final = ("请求体太大", "请求体最大 {kilobytes} KB。")
INVALID: Final = ("内容需要修改", "有 {count} 项内容不符合要求，没有登记，详见 errors。")
OTHER: Final = ("请求没有被接收", "请对照接口说明检查请求。")

ORDER_FORM: Final = "工单编号为1至40个字母、数字或 . _ / : - 字符"
ORDER_CHANGED: Final = "该工单已登记为诉求 {number}，这次的内容与当时不同，没有改动原诉求。补充情况请由热线人员登记，或换用新的工单编号。"
ORDER_FOREIGN: Final = "该工单编号已由本地另一个账号登记。"
CURSOR: Final = "不是本接口给出的游标，请从头读取或使用上次答复中的 next"
NO_NAME: Final = "没有登记过这家企业，请填写企业名称，应与营业执照一致"
OTHER_NAME: Final = "这个统一社会信用代码属于“{name}”，请核对代码和名称"
TAKES_NONE: Final = "本地不受理诉求。"

NOT_OFFICIAL: Final = "没有“{login}”这个工作人员账号，或已停用"
NOT_HOTLINE: Final = "“{login}”不是热线登记员，hotline 密钥须由热线登记员持有"
NOT_MEMBER: Final = "该企业没有这位人员，请核对统一社会信用代码和手机号"
NO_KEY: Final = "没有这把密钥：{key}"
NAME_EMPTY: Final = "请填写密钥的用途，如“12345工单系统”"

READ: Final = "接口“{key}”查询办理情况"
