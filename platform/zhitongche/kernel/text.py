"""Chinese text as it is compared, for search and for finding duplicates (重复件). Pure."""

import unicodedata
from itertools import groupby

from rapidfuzz import fuzz


def normalized(text: str) -> str:
    """The text as it is compared: NFKC, lower case, letters and digits only, one space between words.

    A search looks each of `words_of(query)` up in it, since pairs of characters alone also find
    texts that hold them scattered.
    """
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """Unbroken runs of letters and digits, normalized; punctuation, marks and spaces part them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return ["".join(run) for kept, run in groupby(folded, str.isalnum) if kept]


def similarity(first: str, second: str) -> float:
    """How alike two texts are, 0 to 1 (1: the same but for width, case, punctuation); 0 where either is empty."""
    one, other = "".join(words_of(first)), "".join(words_of(second))
    return fuzz.ratio(one, other) / 100 if one and other else 0.0
