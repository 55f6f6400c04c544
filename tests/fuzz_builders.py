"""What the fuzz tests share: how many cases, hostile texts, and files that are almost right.

``make fuzz`` sets WAQAI_FUZZ_CASES to 10,000 for each entry point; by default it is two hundred, the same ones every
time.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

CASES = int(os.environ.get("WAQAI_FUZZ_CASES", "200"))
F = TypeVar("F", bound=Callable[..., Any])


def cases(*, share: float = 1.0) -> Callable[[F], F]:
    """As many cases as were asked for; with a ``share`` below 1 fewer, never fewer than ten."""
    return settings(
        max_examples=max(10, int(CASES * share)),
        deadline=None,
        derandomize=CASES <= 1000,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.function_scoped_fixture,
        ],
    )


@contextmanager
def told(*kinds: type[Exception], about: object = "") -> Iterator[None]:
    """Lets errors of these kinds pass, which say what they are about in one message; any other fails the test."""
    try:
        yield
    except kinds as error:
        if not str(error) or str(about) not in str(error):
            raise AssertionError(f"{error!r} does not say what it is about") from error


#: What Arabic news is made of, and what breaks programs.
PIECES = (
    "قصف", "الجيش", "وزير", "الخارجية", "الأميركي", "مدينة", "حلب", "في", "من", "إلى", "على بعد",
    "كيلومترا", "شمال",
    "أمس", "الخميس", "5/12/2024", "ديسمبر", "كانون الثاني", "الساعة", "1436هـ", "قبل ثلاثة أيام",
    "بين", "و", "17", "آلاف",
    "مليون", "عشرات", "ثلاثة وعشرون", "على الأقل", "قتيلا", "لم", "قال", "إن", "«", "»", "(", ")",
    "[", "]", "[3]", '"',
    "'", ".", "؟", "!", "،", "؛", ":", "-", "–", "/", "\\", "\n", "\r\n", "\t", " ", "\u00a0",
    "\u2028", "#", "_", "@",
    "&nbsp;", "&#1578;", "<p>", "</p>", "<!--", "-->", "---", "http://a.b/ج", "ا@ب.ج", "ـ",
    "ـ" * 40, "\u064b", "\u0651\u064e" * 30,
    "\u202e", "\u200f", "\u200d", "\ufeff", "\u0640\u064b", "ﷺ", "ﷲ", "ﻻ", "ﻷ", "پ", "گ", "ک",
    "ی", "٣", "۴", "½", "²", "𝟙", "🚨", "👩‍👩‍👧",
    "\x00", "\x1b[31m", "\x7f", "\ufffd", "\uffff", "\U0010ffff", "x" * 50, "ا" * 50, "9" * 30,
    "0", "1" * 5, "A.B.C", "e\u0301",
    "ال", "لل", "وال", "بن", "أبو", "عبد", "ك", "ة", "ى", "ء", "ئ",
)  # fmt: skip


def _made(seed: int) -> str:
    chance = random.Random(seed)
    pieces = chance.choices(PIECES, k=chance.choice((1, 2, 4, 8, 16, 30)))
    glue = chance.choice(("", " ", " ", " "))
    text = glue.join(pieces)
    if chance.random() < 0.2:
        at = chance.randrange(len(text) + 1)
        text = (
            text[:at]
            + chr(chance.choice((chance.randrange(0xD800), chance.randrange(0xE000, 0x110000))))
            + text[at:]
        )
    return text


_SEEDS = st.integers(0, 2**48)
#: Texts as hypothesis makes them (no lone surrogates: reading replaces them) and of pieces of news.
TEXTS = st.one_of(
    _SEEDS.map(_made), _SEEDS.map(_made), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
)


def spoilt(chance: random.Random, data: bytes) -> bytes:
    """Bytes with a few changes: bytes turned, cut, doubled, put in."""
    spoiled = bytearray(data)
    for _ in range(chance.choice((0, 1, 1, 2, 5))):
        at = chance.randrange(len(spoiled) + 1)
        way = chance.randrange(6)
        if way == 0 and at < len(spoiled):
            spoiled[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            del spoiled[at : at + chance.choice((1, 4, 50))]
        elif way == 2:
            spoiled[at:at] = spoiled[at : at + chance.choice((1, 20, 300))]
        elif way == 3:
            spoiled[at:at] = chance.choice(_TROUBLE)
        elif way == 4:
            del spoiled[at:]
        else:
            spoiled[at:at] = chance.randbytes(chance.choice((1, 8)))
    return bytes(spoiled)


_TROUBLE = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b'"', b"{", b"[" * 3000,
    b"{\"a\":" * 2000, b"\n", b"\r", b"\t",
    b"---\n", b"&a [*a]\n", b"*a", b"!!python/object/apply:os.system ['true']", b"\\ud800",
    b'"\\U00110000"', b"1e999", b"NaN",
    b"-Infinity", b"9" * 5000, b"\xef\xbb\xbf", b"null", b"<![CDATA[", b"<html>", b"&#55296;",
    b"&#x110000;", b",,,,", b"\x1a",
)  # fmt: skip


def spoilt_files(seeds: Mapping[str, bytes]) -> st.SearchStrategy[tuple[str, bytes]]:
    """Names with contents that are almost right."""
    names = sorted(seeds)

    def made(seed: int) -> tuple[str, bytes]:
        chance = random.Random(seed)
        name = chance.choice(names)
        return name, spoilt(chance, seeds[name])

    return _SEEDS.map(made)


_VALUES = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**30, 1.5, -0.0, 1e308, "", "a", "قصف", "\x00",
    "\ud800", "2024-13-45", "x" * 300,
    [], {}, [[]], [None], [0], {"": ""}, {"start": 0, "end": 1, "text": "ق"}, ["trigger"], ["a",
    "b"], "trigger", "in", "asserted",
)  # fmt: skip


def bent(seed: int, value: Any) -> Any:
    """A JSON value with a few of its parts replaced, left out or doubled."""
    chance = random.Random(seed)
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        value = _bent(chance, value)
    return value


def _bent(chance: random.Random, value: Any) -> Any:
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(sorted(value, key=str))
        rest = {k: v for k, v in value.items() if k != key}
        if chance.random() < 0.15:
            return rest
        return rest | {key: _bent(chance, value[key])}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        way = chance.random()
        new = [] if way < 0.1 else [value[at]] * 2 if way < 0.2 else [_bent(chance, value[at])]
        return [*value[:at], *new, *value[at + 1 :]]
    if isinstance(value, int) and chance.random() < 0.5:
        return value + chance.choice((-1, 1, 1000, -1000))
    if isinstance(value, str) and value and chance.random() < 0.4:
        return value[: chance.randrange(len(value))] + _made(chance.randrange(2**32))[:20]
    return chance.choice(_VALUES)


def bends(value: Any) -> st.SearchStrategy[Any]:
    """JSON values that are almost ``value``."""
    return _SEEDS.map(lambda seed: bent(seed, value))
