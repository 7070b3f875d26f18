"""What the commands that prove and rebuild the figures say."""

from typing import Final

JOURNAL: Final = "办理记录重算有而计数事实没有"
FACTS: Final = "计数事实有而办理记录重算没有"
FACT_DIFFERS: Final = "{number}：{where}：{kind}（{day} {key}）"
SUM_DIFFERS: Final = "{start}（{grain}）{unit} {kind} {key}：按事实应为 {wanted}，汇总为 {found}"
GRAINS: Final = {"d": "日", "m": "月"}
WHOLE: Final = "全地"
