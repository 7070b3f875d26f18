"""What objections to being counted (不应计入) are told."""

from typing import Final

CLAUSE: Final = "ST-5.3"
NOT_HANDLER: Final = "只有单位的经办人可以提出“不应计入”"
NOT_DECIDER: Final = "“不应计入”由受理专员或督查专员裁定"
OWN: Final = "不能裁定自己提出的“不应计入”，请由其他有权人员裁定"
NOT_CONTESTABLE: Final = "这项指标不按单位计，不能提出“不应计入”"
NOT_COUNTED: Final = "这件没有计入您单位的这项指标"
BEFORE: Final = "这件已就这项指标提出过“不应计入”"
DECIDED: Final = "这份“不应计入”刚才已由他人裁定，请刷新查看"
REASON: Final = "理由"
DECISION: Final = "裁定理由"
VERDICT: Final = "请选择计入或不计入"
