"""Supervision 督办: registers, oversight and the monthly list, made out of cases."""

from zhitongche.supervision.routines import run_routines

__all__ = ["run_routines"]
