"""What the supervisors' pages say."""

from __future__ import annotations

from typing import Final

OPEN: Final = "在办"
STATES: Final = {"late": "已超期", "closed": "已办结"}
NONE_CHOSEN: Final = "请先勾选要催办的诉求件。"
TOO_MANY: Final = "一次最多催办{most}件。"
URGED: Final = "已催办{count}件，承办单位会收到短信，催办记入每件的办理日志。"
NOT_URGED: Final = "有{count}件没有催办：{reason}"
