"""What the pages of papers say to people."""

from __future__ import annotations

from typing import Final

READ_PAPER: Final = "查看公文“{name}”"
READ_DOWNLOAD: Final = "下载公文“{name}”"
SAVED: Final = "已保存修改。"
MADE: Final = "已拟好，请核对后送审。"
MAKE: Final = "生成{name}"
BODY_HINT: Final = "每段一行；“一、”开头的短句排成一级标题，“（一）”开头的排成二级标题。"
ROW: Final = "第{number}行　{told}"
LONGEST_OPINION: Final = 1000
DONE: Final = {
    "submit": "已送审。", "review": "已审核同意。", "approve": "已批准。", "issue": "已签发，编号和正文不再改动。",
    "return": "已退回拟稿人修改。", "supersede": "已按原文拟出新稿，修改签发后替代原件。",
}  # fmt: skip
BUTTONS: Final = {"draft": ("submit", "送审"), "reviewing": ("review", "审核同意"), "approving": ("approve", "批准"), "approved": ("issue", "签发")}
