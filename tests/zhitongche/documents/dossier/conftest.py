"""Dossiers of the two real packs, on a real database."""

from tests.zhitongche.casework.conftest import case_app, raoping, shantou

__all__ = ["case_app", "raoping", "shantou"]
