"""What the standard makes of a content: which paragraphs are headings, and what stands beside the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADINGS: Final = (("h1", re.compile(r"[一二三四五六七八九十]+、[^。；]{1,30}")), ("h2", re.compile(r"（[一二三四五六七八九十]+）[^。；]{1,30}")))
"""GB/T 9704-2012, 7.3.3: the first level in 黑体, the second in 楷体; what ends like a sentence is none."""
_AROUND: Final[dict[str, Any]] = {"number": "", "date": "", "draft": False, "watermark": "", "names": []}


def styled(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as the layouts take it: paragraphs with their style, boxes and columns with named parts."""
    return {
        **_AROUND,
        **content,
        "number": content.get("number") or "",
        "body": [{"style": style_of(text), "text": text} for text in content["body"]],
        "boxes": [[{"label": label, "text": text, "tall": tall} for label, text, tall in row] for row in content["boxes"]],
        "columns": [{"name": name, "width": width, "centred": centred} for name, width, centred in content["columns"]],
    }


def style_of(text: str) -> str:
    """`h1`, `h2` or `p`."""
    return next((style for style, pattern in _HEADINGS if pattern.fullmatch(text)), "p")
