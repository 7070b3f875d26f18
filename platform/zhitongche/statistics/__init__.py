"""Figures 指标: counted in the transaction of each act, summed by the worker, proved against the journal. Floor 7."""
