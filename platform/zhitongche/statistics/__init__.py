"""Figures 指标: counted in the transaction of each act, summed by the worker, proved against the journal. Floor 7."""

from zhitongche.statistics import definitions, figures, province
from zhitongche.statistics.period import Period
from zhitongche.statistics.values import Value

__all__ = ["Period", "Value", "definitions", "figures", "province"]
