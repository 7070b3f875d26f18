"""SMS providers (短信通道), chosen by name in the settings."""

from collections.abc import Callable
from pathlib import Path

from flask import current_app

from zhitongche.kernel.errors import Invalid
from zhitongche.notices import words
from zhitongche.notices.providers.console import ConsoleProvider
from zhitongche.notices.providers.failing import FailingProvider
from zhitongche.notices.providers.file import FileProvider
from zhitongche.notices.providers.interface import CannotTell, NotSent, Receipt, Rejected, SmsProvider

__all__ = ["PROVIDERS", "CannotTell", "NotSent", "Receipt", "Rejected", "SmsProvider", "of"]

_EXTENSION = "zhitongche_sms"
PROVIDERS: dict[str, Callable[[Path], SmsProvider]] = {
    "console": lambda data_dir: ConsoleProvider(),
    "file": lambda data_dir: FileProvider(data_dir / "sms"),
    "failing": lambda data_dir: FailingProvider(),
}
"""Name → maker, given the data folder. An installation adds its carrier's provider here at start."""


def of(name: str, data_dir: Path) -> SmsProvider:
    """The provider of this name; raises Invalid."""
    make = PROVIDERS.get(name)
    if make is None:
        raise Invalid(
            {"ZHITONGCHE_SMS": words.PROVIDER_UNKNOWN.format(name=name, known="、".join(PROVIDERS))}
        )
    return make(data_dir)


def configured() -> SmsProvider:
    """The provider of this installation's settings, made once; raises Invalid."""
    made: dict[str, SmsProvider] = current_app.extensions.setdefault(_EXTENSION, {})
    name = current_app.config["SMS_PROVIDER"]
    if name not in made:
        made[name] = of(name, Path(current_app.config["DATA_DIR"]))
    return made[name]
