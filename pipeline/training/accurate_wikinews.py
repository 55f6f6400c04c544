"""Reads WikiNews, whose words have Farasa's parts of speech: news of today, coarser tags than the treebanks'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.text.normalize import clean
from pipeline.text.words import Expander
from pipeline.training.accurate_batch import Line
from pipeline.training.conllu import key
from pipeline.training.data import forbidden
from pipeline.training.files import WIKINEWS
from pipeline.training.name_corpora import Named
from pipeline.training.names import Tokenised, tokenise
from pipeline.training.registry import Say

#: Farasa's tag, and what the treebanks may call such a word.
_TAGS: Mapping[str, tuple[str, ...]] = {
    "NOUN": ("NOUN", "PROPN", "ADP", "ADV", "X"), "ADJ": ("ADJ", "X"), "V": ("VERB", "AUX"), "PREP": ("ADP",),
    "CONJ": ("CCONJ",), "PUNC": ("PUNCT", "SYM"), "NUM": ("NUM", "NOUN", "ADJ", "X"), "PRON": ("PRON", "DET"),
    "FUT_PART": ("AUX", "PART"),
}  # fmt: skip
#: Parts of a word that are no word of their own.
_INSIDE = frozenset(("DET", "NSUFF", "CASE"))


def read_wikinews(data: Path, models: Expander, order: Sequence[str], say: Say) -> list[Line]:
    """Lines of WikiNews; a word whose parts our tokeniser cuts otherwise has no label.

    Args:
        data: holds ``treebank/``.
        models: the tokeniser's models.
        order: the treebank tags in the order of their bits.
        say: receives a line.
    """
    path = data / WIKINEWS
    if not path.exists():
        say(f"WikiNews: there is no {WIKINEWS}; nothing is read")
        return []
    tests = forbidden(data)
    sentences: list[Named] = []
    words: list[str] = []
    tags: list[str] = []
    for row in path.read_text(encoding="utf-8").split("\n")[1:]:
        form, _, tag = row.rstrip("\r").partition("\t")
        word = "".join(clean(form.replace("+", "") if len(form) > 1 else form).split())
        if word and form != "#":
            words.append(word)
            tags.append(tag)
        if (form in ("#", ".") or len(words) == 60) and words:
            sentences.append(Named(tuple(words), tuple(tags)))
            words, tags = [], []
    kept = [s for s in sentences if key(" ".join(s.words)) not in tests]
    say(f"WikiNews: {len(sentences) - len(kept)} sentences of a test file dropped, {len(kept)} kept")
    plain = [Named(s.words, ("O",) * len(s.words)) for s in kept]
    return [_line(cut, s.labels, order) for cut, s in zip(tokenise(plain, models), kept, strict=True)]


def _line(cut: Tokenised, tags: Sequence[str], order: Sequence[str]) -> Line:
    numbers = [word for _, _, _, word in cut.tokens]
    sets: list[int] = []
    for word, tag in enumerate(tags):
        parts = [part for part in tag.split("+") if part not in _INSIDE]
        size = numbers.count(word)
        if parts[:1] == ["V"] or parts[-2:-1] == ["V"]:
            # The endings of a verb are pronouns to Farasa: ours are only those that are objects.
            parts = parts[:size]
        allowed = [_TAGS.get(part, ()) for part in parts] if len(parts) == size else [()] * size
        sets += [sum(1 << order.index(label) for label in found if label in order) for found in allowed]
    begins = tuple(k == 0 or numbers[k] != numbers[k - 1] for k in range(len(numbers)))
    wanted = 0 if "X" not in order else 1 << order.index("X")
    return Line(
        tuple(norm for _, norm, _, _ in cut.tokens),
        begins,
        upos=tuple(sets),
        tags=tuple(found & ~wanted for found in sets),
    )
