"""Lemmas without diacritics: a look-up of known words, then the edit that words of the same ending undergo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

#: Letters at either end that an edit may depend on, longest first.
_ENDS = ((3, 4), (3, 3), (2, 3), (3, 2), (2, 2), (1, 3), (1, 2), (2, 1), (1, 1), (0, 1), (0, 0))
#: With these ends the pattern is looked at too: the third or fourth letter, behind root letters (ت of تقترب).
_PATTERNED = ((2, 2), (1, 2), (1, 1))
_PLAIN = ("PUNCT", "SYM", "NUM", "SPACE", "X", "PROPN", "ADP", "CCONJ")

Edit = tuple[int, int, str, str]


def edit(form: str, lemma: str) -> Edit:
    """(letters cut in front, letters cut behind, put in front, put behind) that turn ``form`` into ``lemma``.

    The longest common part stays; without one the whole form is replaced.
    """
    best = (0, 0, 0)
    for i in range(len(form)):
        for j in range(len(lemma)):
            n = 0
            while i + n < len(form) and j + n < len(lemma) and form[i + n] == lemma[j + n]:
                n += 1
            if n > best[2]:
                best = (i, j, n)
    i, j, n = best
    return i, len(form) - i - n, lemma[:j], lemma[j + n :]


def apply_edit(form: str, change: Edit) -> str | None:
    """The lemma, or None where the form is too short for the edit."""
    front, behind, before, after = change
    if front + behind >= len(form):
        return None
    return before + form[front : len(form) - behind] + after


def _contexts(form: str, pos: str) -> list[str]:
    """Keys under which an edit is learnt and looked up, the most particular first."""
    found: list[str] = []
    for front, behind in _ENDS:
        end = form[len(form) - behind :]
        if front + behind <= len(form):
            found.append(f"{pos} {form[:front]}-{end}")
        if (front, behind) in _PATTERNED and len(form) >= 5:
            found += [f"{pos} {form[0]}.{form[2]}-{end}", f"{pos} {form[0]}..{form[3]}-{end}"]
    return found


class Lemmatizer:
    """spaCy component. Deterministic, and the same for a form and its tag wherever they stand.

    Args:
        vocab: the shared vocabulary.
    """

    def __init__(self, vocab: Vocab, name: str = "waqai_lemmas") -> None:
        self.vocab = vocab
        self.name = name
        self.known: dict[str, str] = {}
        self.edits: dict[str, Edit] = {}
        self._lemmas: frozenset[str] = frozenset()
        self._cache: dict[tuple[str, str], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = self.lemma(token.norm_, token.pos_)
        return doc

    def lemma(self, form: str, pos: str) -> str:
        """The lemma of a normal form with a UPOS tag; the form itself where nothing is known."""
        key = (form, pos)
        found = self._cache.get(key)
        if found is None:
            found = self._find(form, pos)
            if len(self._cache) > 200_000:
                self._cache.clear()
            self._cache[key] = found
        return found

    def _find(self, form: str, pos: str) -> str:
        known = self.known.get(f"{pos} {form}")
        if known is not None:
            return known
        if pos in _PLAIN:
            return form
        made: list[str] = []
        for context in _contexts(form, pos):
            change = self.edits.get(context)
            lemma = None if change is None else apply_edit(form, change)
            if lemma is not None and len(lemma) > 1:
                made.append(lemma)
        # What is a lemma elsewhere is likelier than what the longest context makes.
        return next((lemma for lemma in made if f"{pos} {lemma}" in self._lemmas), made[0] if made else form)

    def train(self, words: Iterable[tuple[str, str, str]], *, least: int = 2) -> None:
        """Learns from (form, tag, lemma) of each word; edits seen less than ``least`` times are dropped."""
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        ends: dict[str, Counter[Edit]] = defaultdict(Counter)
        for form, pos, lemma in words:
            forms[f"{pos} {form}"][lemma] += 1
        for key, lemmas in forms.items():
            pos, _, form = key.partition(" ")
            lemma = lemmas.most_common(1)[0][0]
            if pos in _PLAIN:
                continue
            change = edit(form, lemma)
            for context in _contexts(form, pos):
                ends[context][change] += 1
        self.known = {key: lemmas.most_common(1)[0][0] for key, lemmas in forms.items()}
        self.edits = {}
        for key, changes in ends.items():
            change, count = changes.most_common(1)[0]
            if count >= least and 2 * count > sum(changes.values()):
                self.edits[key] = change
        self._settle()

    def _settle(self) -> None:
        self._lemmas = frozenset(f"{key.partition(' ')[0]} {lemma}" for key, lemma in self.known.items())
        self._cache.clear()

    def _state(self) -> dict[str, object]:
        return {"known": self.known, "edits": {k: list(v) for k, v in self.edits.items()}}

    def _restore(self, state: dict[str, dict[str, object]]) -> None:
        self.known = {str(k): str(v) for k, v in state["known"].items()}
        self.edits = {str(k): (v[0], v[1], v[2], v[3]) for k, v in state["edits"].items()}  # type: ignore[index]
        self._settle()

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The tables as one string of bytes."""
        content: bytes = srsly.msgpack_dumps(self._state())
        return content

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Lemmatizer:
        """Reads what ``to_bytes`` wrote."""
        self._restore(srsly.msgpack_loads(data))
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Writes ``lemmas.msgpack`` into the folder ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "lemmas.msgpack").write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Lemmatizer:
        """Reads what ``to_disk`` wrote."""
        return self.from_bytes((Path(path) / "lemmas.msgpack").read_bytes())


@Language.factory("waqai_lemmas", assigns=["token.lemma"], requires=["token.pos"])
def create_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    """The factory behind ``nlp.add_pipe("waqai_lemmas")``."""
    return Lemmatizer(nlp.vocab, name)
