"""Figures of the tenant in scope: `from zhitongche.statistics import figures`. Codes are those of figures.yaml; unknown ones raise NotFound."""

from zhitongche.statistics.behind import Behind, behind
from zhitongche.statistics.key_names import key_name
from zhitongche.statistics.summing import by_key, by_unit, read, trend

__all__ = ["Behind", "behind", "by_key", "by_unit", "key_name", "read", "trend"]
