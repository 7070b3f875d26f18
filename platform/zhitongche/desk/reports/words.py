"""What the pages of reports say."""

from __future__ import annotations

from typing import Final

ASKED: Final = "报告正在生成，通常不到一分钟，可以先去做别的事。"
EVERYTHING: Final = "不改动即为全部。没有内容可说的部分不会出现。"
TODAY_TOO: Final = "最晚为今天；当天已发生的也计入。"
PRESETS: Final = ("本月", "上月", "本季度", "上季度", "本年")
