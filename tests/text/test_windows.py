"""Windows touch, cover, keep their limit, and end where a reader pauses."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.windows import windows


@given(st.text(alphabet="ا .،\n[3]", max_size=300), st.integers(2, 50))
def test_windows_touch_and_cover(text: str, limit: int) -> None:
    spans = windows(text, limit)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(0 < b - a <= limit for a, b in spans if text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("جملة أولى. جملة ثانية، ثم ثالثة طويلة", "جملة أولى. "),
        ("سطر أول قصير\nسطر ثان. ثم ثالث ورابع", "سطر أول قصير\n"),
        ("كلمة كلمة كلمة، كلمة كلمة كلمة كلمة", "كلمة كلمة كلمة، "),
        ("ا" * 40, "ا" * 20),
    ],
)
def test_a_cut_falls_at_the_strongest_pause(text: str, first: str) -> None:
    start, end = windows(text, 20)[0]
    assert text[start:end] == first


def test_a_short_text_is_one_window() -> None:
    assert windows("نص", 10) == [(0, 2)]
    assert windows("", 10) == [(0, 0)]


def test_a_limit_that_cannot_be_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        windows("نص", 1)


@pytest.mark.parametrize("text", ["كلمة " * 600_000, "ا" * 3_000_000, "\n " * 1_500_000, "." * 3_000_000])
def test_three_million_characters_take_seconds(text: str) -> None:
    begin = time.monotonic()
    spans = windows(text, 10_000)
    assert time.monotonic() - begin < 20
    assert spans[-1][1] == len(text)
