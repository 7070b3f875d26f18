"""How people type: on a phone, in a hurry, and when they say a thing twice."""

import re
from random import Random

from zhitongche.simulation.grammar import load


def typed_on_a_phone(rng: Random, text: str, tail: str) -> str:
    """The text as somebody thumbs it in: loose punctuation, a plea at the end."""
    habit = rng.random()
    body = text.removesuffix("。")
    if habit < 0.3:
        body = body.replace("。", "，")
    elif habit < 0.45:
        body = re.sub(r"[，。；]", " ", body)
    elif habit < 0.55:
        body = body.replace("，", ",").replace("。", ",")
    gap = rng.choice(("，", "，", " ", "。"))
    close = rng.choice(("", "", "。", "！", "！！"))
    if not tail:
        return body if body.endswith("？") else body + close
    return f"{body}{gap}{tail}{close}"


def with_other_words(rng: Random, text: str) -> str:
    """The text with some words exchanged for their like, as when it is typed a second time."""
    for word, others in load("frames")["换词"].items():
        if word in text and rng.random() < 0.5:
            text = text.replace(word, rng.choice(others), rng.choice((1, 2)))
    sentences = re.split(r"(?<=[。！？])", text)
    if len(sentences) > 4 and rng.random() < 0.5:
        del sentences[rng.randrange(2, len(sentences) - 1)]
    return "".join(sentences)
