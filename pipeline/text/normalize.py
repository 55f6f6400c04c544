"""One normal form of Arabic text, with the way back to the raw characters.

The normal form has no diacritics and no tatweel; presentation forms, Persian letters and
digits are folded; what is not language (citation marks, HTML left-overs, bidi controls, front
matter) becomes a single space. Hamza, ى and ة are kept as written: only :func:`fold`, which
makes look-up keys, folds them. What is folded how is camel-tools' choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

from pipeline.text.alignment import Alignment, Edit

# The common nine are camel-tools' AR_DIAC_CHARSET (a test compares): importing its module costs half a second, which it
# takes to sort all of Unicode. Quranic signs and the rarer marks are diacritics too.
_COMMON = "\u064b-\u0652\u0670"
_MARKS = _COMMON + "\u0610-\u061a\u0653-\u065f\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0640"
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f"
_COMPOSED = {"ا\u0653": "آ", "ا\u0654": "أ", "ا\u0655": "إ", "و\u0654": "ؤ", "ي\u0654": "ئ", "ى\u0654": "ئ"}
_SIMPLE = {
    "ک": "ك", "ڪ": "ك", "ی": "ي", "ے": "ي", "ۍ": "ي", "ې": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه",
    "ۃ": "ة", "ٱ": "ا",
    "٪": "%", "٫": ".", "٬": ",", "۔": ".", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'",
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "...", "٭": "*",
    "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\t": " ",
    **{chr(0x0660 + d): str(d) for d in range(10)}, **{chr(0x06F0 + d): str(d) for d in range(10)},
}  # fmt: skip

_TAGS = (
    "p|br|hr|b|i|u|a|em|strong|span|div|font|img|li|ul|ol|h[1-6]|table|tr|td|th|tbody|sup|sub|blockquote|iframe"
    "|script|style|center|ref|small|figure|figcaption"
)
_ENTITIES = "nbsp|quot|amp|lt|gt|laquo|raquo|ndash|mdash|rsquo|lsquo|hellip|zwnj|rlm|lrm"
#: What is not language. Every repetition is bounded, so a hostile text costs linear time.
_NOISE = (
    r"(?P<front>\A\ufeff?---[ ]*\r?\n(?:[^\n]{0,500}\n){1,40}?---[ ]*(?:\r?\n|\Z))"
    rf"|(?P<html></?(?:{_TAGS})(?:[ ][^<>\n]{{0,300}})?/?>|<!--[^<>]{{0,300}}-->"
    rf"|&(?:{_ENTITIES}|#\d{{1,6}}|#x[0-9a-fA-F]{{1,5}});)"
    r"|(?P<cite>\[(?:[^\W\d_]{1,12}[ ])?[\d٠-٩۰-۹]{1,3}\]|\[(?:عدل|بحاجة لمصدر|بحاجة إلى مصدر|محل شك|من؟)\])"
    r"|(?P<hash>#(?=[^\W\d])|(?<=[^\W_])_(?=[^\W_]))"
)
_LETTER = "\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff"
_SPECIAL = re.compile(
    _NOISE
    + rf"|(?P<inner>(?<=[{_LETTER}{_MARKS}])[{_INVISIBLE}]+(?=[{_LETTER}]))"
    + rf"|(?P<invisible>[{_INVISIBLE}]+)"
    + rf"|(?P<marked>[^\s{_MARKS}{_INVISIBLE}][{_MARKS}]+)"
    + rf"|(?P<stray>[{_MARKS}]+)"
    + rf"|(?P<mapped>[{''.join(re.escape(c) for c in _SIMPLE)}\ufb50-\ufdff\ufe70-\ufefc\uff01-\uff5e])",
)


@dataclass(frozen=True, slots=True)
class Normalized:
    """A clean text and how it lies over the raw one.

    Attributes:
        text: the normal form.
        alignment: clean ↔ raw offsets, in code points.
        noise: raw spans (half-open) that are not language, in order.
    """

    text: str
    alignment: Alignment
    noise: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4096)
def _map(char: str) -> str:
    """The normal form of one character; what would expand to several words stays as it is."""
    simple = _SIMPLE.get(char)
    if simple is not None:
        return simple
    folded = str(normalize_unicode(char))
    # U+FDFA and its like expand to whole phrases, and bare marks to a space: neither helps a reader.
    return char if " " in folded or not folded else "".join(_SIMPLE.get(c, c) for c in folded)


def _base_with_marks(group: str) -> str:
    base = _map(group[0])
    if group[1] in "\u0653\u0654\u0655":
        return _COMPOSED.get(base + group[1], base)
    return base


def normalize(text: str) -> Normalized:
    """The normal form of ``text``, aligned with it.

    Any string is accepted and the time is linear. Marks belong to the letter before them, so a span of
    the clean text maps to a raw span that includes its diacritics.
    """
    pieces: list[str] = []
    edits: list[Edit] = []
    noise: list[tuple[int, int]] = []
    at = clean = 0
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        kind = match.lastgroup
        if kind == "mapped":
            new = _map(match.group())
        elif kind == "marked":
            new = _base_with_marks(match.group())
        elif kind in ("invisible", "stray", "inner"):
            new = ""
        else:
            new = " "
        if kind not in ("mapped", "marked", "inner"):
            noise.append((start, end))
        if new == match.group():
            continue
        pieces.append(text[at:start])
        clean += start - at
        pieces.append(new)
        edits.append(Edit(clean, clean + len(new), start, end))
        clean += len(new)
        at = end
    pieces.append(text[at:])
    joined = "".join(pieces)
    return Normalized(joined, Alignment(tuple(edits), len(joined), len(text)), tuple(noise))


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """The normal form of a short string (a word, a name): what ``Token.norm_`` holds."""
    return normalize(text).text


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A look-up key: the normal form with أإآ→ا, ى→ي, ة→ه and Latin in lower case."""
    return str(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(clean(text))))).lower()
