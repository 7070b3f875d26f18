"""What the pages of meetings say."""

from __future__ import annotations

from typing import Final

DONE: Final = "已完成“{step}”。"
PART_DONE: Final = "已登记，本单位还有 {left} 件待公布。"
CALLED: Final = "已列入日程：{title}。"
MOVED: Final = "已改期，相关事项的期限已随之调整，并通知有关人员。"
LEADER: Final = "出席领导已变更，并通知有关人员。"
JUDGED: Final = "已按现有办理情况重新研判。"
DECIDED: Final = "已改定，理由记入会议记录。"
MARKED: Final = "已认定，并重新研判。"
PROPOSED: Final = "处理建议已保存。"
ORDERED: Final = "次序已调整。"
ATTENDED: Final = "到会情况已登记。"
TAKEN_DOWN: Final = "处理意见已保存。"
MEANWHILE: Final = "{name}刚才已记录这一件的处理意见，与您打开时不同。请对照右侧最新内容，再提交一次即以您的为准。"
PUBLISHED: Final = "承诺已保存。"
FULFILLED: Final = "已登记落实情况。"
ADDRESS_MADE: Final = "日历地址已生成。之前的地址已失效。"
ADDRESS_ENDED: Final = "日历地址已停用。"

READ_ITEM: Final = "查看上会诉求（{meeting}）"
READ_SHEET: Final = "会议现场查看（{meeting}）"

STEPS: Final[dict[str, str]] = {
    "announce": "预约公告会在规定日期自动发布。确有需要时可提前发布。",
    "close_list": "报名截止后登记的诉求列入下一次会议。系统会按期自动截止。",
    "draft": "系统按规则逐件研判在办诉求，形成目录草案。结果可在“上会目录”中逐件核对、改定。",
    "settle_leader": "按轮流名单或指定确定出席领导。与原定不同的，须写明原因。",
    "submit": "提交前系统会按最新办理情况再研判一次，目录随之报送。",
    "coordinate": "召集有关单位协调后提交。处理建议请先在“上会目录”中逐件填写。",
    "fix": "审定后目录即固定，之后的调整须写明理由并形成新版本。不能有待定的诉求。",
    "notify": "向参会单位和企业发出通知。通知后目录有调整的，系统会补发或取消。",
    "arrange": "确定当日各项分工的负责人，并通知各分工单位。",
    "hold": "会议召开后登记。没有研究到的诉求请勾选，由主办单位按期答复。",
    "write_up": "每件上会诉求都要有处理意见、承办单位和期限，形成《处理意见》文稿后送审。",
    "review": "核对处理意见的内容、承办单位和期限。需要修改的，请先在“处理意见”中改好。",
    "approve": "审定后处理意见立即交办，承办单位开始计时，并进入督办台账。",
    "answer_rest": "把主办单位已提交的答复统一发给未上会的企业。",
    "archive": "会议研究的诉求全部办结、承诺全部落实后归档。",
}
FIELDS: Final[dict[str, str]] = {
    "leader": "出席领导", "reason": "原因", "place": "地点", "not_taken": "没有研究到的诉求",
}  # fmt: skip
