"""A tenant's two colours made into a palette whose every text passes contrast AA."""

from __future__ import annotations

import re
from typing import TypeAlias

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_WHITE = (255, 255, 255)
_AA = 4.5
_STEP = 0.92

Rgb: TypeAlias = tuple[int, int, int]


def palette(primary: str, accent: str) -> dict[str, str]:
    """The custom properties of a tenant's stylesheet; raises ValueError for anything but #rrggbb. WCAG 2.2, 1.4.3."""
    base = readable(_parse(primary))
    mark = _parse(accent)
    return {
        "--zt-primary": _text(base),
        "--zt-primary-rgb": ", ".join(str(part) for part in base),
        "--zt-primary-strong": _text(_mix(base, (0, 0, 0), 0.18)),
        "--zt-primary-deep": _text(_mix(base, (8, 14, 28), 0.42)),
        "--zt-primary-soft": _text(_soft(base)),
        "--zt-primary-line": _text(_mix(base, _WHITE, 0.74)),
        "--zt-primary-tint": _text(_mix(base, _WHITE, 0.965)),
        "--zt-accent": _text(mark),
        "--zt-accent-text": _text(readable(mark)),
        "--zt-accent-soft": _text(_mix(mark, _WHITE, 0.9)),
        "--zt-accent-bright": _text(_bright(mark, base)),
    }


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21. WCAG 2.2, “contrast ratio”."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: Rgb) -> Rgb:
    """The colour itself, or the nearest darker one on which white text can be read."""
    while contrast(colour, _soft(colour)) < _AA:  # the soft background is never lighter than white
        colour = _mix(colour, (0, 0, 0), 1 - _STEP)
    return colour


def _soft(colour: Rgb) -> Rgb:
    return _mix(colour, _WHITE, 0.92)


def _bright(mark: Rgb, ground: Rgb) -> Rgb:
    # On the coloured header the accent draws lines and marks: 3:1 is asked of those (WCAG 1.4.11).
    while contrast(mark, ground) < 3:
        mark = _mix(mark, _WHITE, 0.15)
    return mark


def _parse(text: str) -> Rgb:
    if not _HEX.fullmatch(text):
        raise ValueError(f"not a colour of the form #rrggbb: {text!r}")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a * (1 - share) + b * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _text(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
