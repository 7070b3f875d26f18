"""A small grammar of speech: `(甲|乙)` chooses, `{名}` fills in; the same seed says the same."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Final

import yaml

Slots = Mapping[str, "str | Sequence[str]"]

# In C where it is there: read in Python, the words would take a second and a half at every first start.
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CHOICE: Final = re.compile(r"\(([^()]*)\)")
_SLOT: Final = re.compile(r"\{([^{}]+)\}")
_RANGE: Final = re.compile(r"(\d+)-(\d+)(?:/(\d+))?")
_YEARS: Final = 1900
_CLASHES: Final = (
    (re.compile(r"[，、；]+([。！？；])"), r"\1"),
    (re.compile(r"([。！？])[。，]+"), r"\1"),
    (re.compile(r"？[，。！]+"), "？"),
    (re.compile(r"，{2,}"), "，"),
    (re.compile(r"^[，。；]+"), ""),
)


class Speech:
    """One speaker: a source of chance and the words at hand."""

    def __init__(self, rng: Random, slots: Slots) -> None:
        self.rng = rng
        self.slots = slots

    def say(self, template: str) -> str:
        """The template said once. Raises KeyError for a word that is not at hand."""
        text = template
        while True:
            said = _SLOT.sub(self._fill, _CHOICE.sub(self._choose, text))
            if said == text:
                return tidy(text)
            text = said

    def pick(self, templates: Sequence[str]) -> str:
        """One of the templates, said."""
        return self.say(self.rng.choice(templates))

    def all(self, templates: Sequence[str]) -> list[str]:
        """Each template said in turn; what stays silent is left out."""
        return [said for said in map(self.say, templates) if said]

    def _choose(self, found: re.Match[str]) -> str:
        return self.rng.choice(str(found[1]).split("|"))

    def _fill(self, found: re.Match[str]) -> str:
        value = self.slots[found[1]]
        if isinstance(value, str):
            return value
        return self.rng.choice(value)


def tidy(text: str) -> str:
    """Punctuation that collided where parts met, put right."""
    for clash, remedy in _CLASHES:
        text = clash.sub(remedy, text)
    return text


def draw(rng: Random, spec: str | Sequence[str], scale: float = 1.0) -> str:
    """A fact drawn from `4-13`, `80-600/10` (from, to, step), `甲,乙` or a list.

    `scale` below 1 keeps to the lower part of a range, as befits a small enterprise; years are left alone.
    """
    if not isinstance(spec, str):
        return rng.choice(spec)
    found = _RANGE.fullmatch(spec)
    if not found:
        return rng.choice(spec.split(","))
    low, high, step = int(found[1]), int(found[2]), int(found[3] or 1)
    top = high if low >= _YEARS else low + max(step, int((high - low) * scale))
    return str(rng.randrange(low, min(top, high) + 1, step))


@cache
def load(name: str) -> Any:
    """The words kept in `data/<name>.yaml`."""
    source = files(__package__).joinpath("data", f"{name}.yaml")
    return yaml.load(source.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  a safe loader
