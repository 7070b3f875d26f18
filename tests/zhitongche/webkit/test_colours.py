"""Whatever colours a tenant picks, its texts can be read."""

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitongche.webkit.colours import contrast, palette, readable

part = st.integers(0, 255)
colours = st.tuples(part, part, part)


def parse(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def test_black_on_white_is_the_greatest_contrast():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


@given(colours, colours)
def test_every_text_of_every_palette_passes_aa(primary, accent):
    made = palette("#{:02x}{:02x}{:02x}".format(*primary), "#{:02x}{:02x}{:02x}".format(*accent))
    white = (255, 255, 255)
    assert contrast(parse(made["--zt-primary"]), white) >= 4.5
    assert contrast(parse(made["--zt-primary-strong"]), parse(made["--zt-primary-soft"])) >= 4.5
    assert contrast(parse(made["--zt-primary"]), parse(made["--zt-primary-soft"])) >= 4.5
    assert contrast(parse(made["--zt-accent-bright"]), parse(made["--zt-primary"])) >= 3


def test_a_colour_that_can_be_read_is_left_alone_and_a_pale_one_keeps_its_hue():
    assert readable((11, 78, 162)) == (11, 78, 162)
    pale = (250, 200, 60)
    hue_before = colorsys.rgb_to_hsv(*(p / 255 for p in pale))[0]
    hue_after = colorsys.rgb_to_hsv(*(p / 255 for p in readable(pale)))[0]
    assert hue_after == pytest.approx(hue_before, abs=0.02)


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "#123456; } body { display: none", "#123456\n"])
def test_nothing_but_a_colour_reaches_the_stylesheet(text):
    with pytest.raises(ValueError, match="not a colour"):
        palette(text, "#e0a526")
    with pytest.raises(ValueError, match="not a colour"):
        palette("#0b4ea2", text)
