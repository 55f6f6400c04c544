"""The inflected forms of role nouns and relative adjectives, and where each is looked up.

Sound plurals, duals, case endings and the feminine are made by rule; broken plurals stand in the data. Keys are
folded and have no article: whether a word is definite is for the reader of the phrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.entities.names import NameIndex
from pipeline.knowledge.actors import NisbaRow, RoleRow, load_nisba, load_roles
from pipeline.text.normalize import fold

#: Kinds of closed classes: they are found as written.
CLOSED = ("part", "link", "owned", "cut")
Gender = Literal["m", "f"]
Number = Literal["s", "d", "p"]


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form.

    Attributes:
        gender: m or f; number: s, d or p.
        nominative: the form as a heading would have it (مقاتلين → مقاتلون).
        plural: the plural to name several by (مدنيا → مدنيون), or the nominative where none is known.
        construct: the form stands only before a genitive or a pronoun (مقاتلو).
    """

    gender: Gender | None
    number: Number
    nominative: str
    plural: str
    construct: bool = False


@dataclass(frozen=True, slots=True)
class RoleForm:
    """A form of a row of ``roles.tsv``."""

    row: RoleRow
    form: Form


@dataclass(frozen=True, slots=True)
class NisbaForm:
    """A form of an adjective of ``nisba.tsv``; ``broken``: a plural that is always a noun (أتراك)."""

    row: NisbaRow
    form: Form
    broken: bool = False


def bare(word: str) -> str:
    """A word in normal form without its article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _dual(word: str, gender: Gender | None, plural: str) -> Iterator[tuple[str, Form]]:
    if word.endswith(("ى", "ا", "اء")) or " " in word:
        return
    stem = word[:-1] + "ت" if word.endswith("ة") else word
    # Without ة the construct looks like other words: «ملكي» is royal, «أمنا» is safety.
    for ending in ("ان", "ين", "ا", "ي") if word.endswith("ة") else ("ان", "ين"):
        construct = len(ending) == 1
        yield stem + ending, Form(gender, "d", stem + ("ا" if construct else "ان"), plural, construct)


def _singular(word: str, gender: Gender | None, plural: str) -> Iterator[tuple[str, Form]]:
    yield word, Form(gender, "s", word, plural)
    if not word.endswith(("ة", "ا", "ى", "اء")) and " " not in word:
        yield word + "ا", Form(gender, "s", word, plural)  # accusative: ثلاثون جنديا


def _sound_masculine(stem: str) -> Iterator[tuple[str, Form]]:
    plural = stem + "ون"
    for ending in ("ون", "ين", "و", "ي"):
        construct = len(ending) == 1
        yield stem + ending, Form("m", "p", stem + ("و" if construct else "ون"), plural, construct)


def _sound_feminine(word: str) -> Iterator[tuple[str, Form]]:
    plural = (word[:-1] if word.endswith("ة") else word) + "ات"
    yield plural, Form("f", "p", plural, plural)


def role_forms(row: RoleRow) -> Iterator[tuple[str, RoleForm]]:
    """All forms of a row, without article, each with its grammar."""
    forms = _role_forms(row)
    # «المحامي» is one lawyer, though «محامي المتهمين» may be several.
    own = {word: form for word, form in forms if word == row.lemma and not form.construct}
    for word, form in (dict(forms) | own).items():
        yield word, RoleForm(row, form)


def _role_forms(row: RoleRow) -> list[tuple[str, Form]]:
    if row.kind in CLOSED:
        adjective = row.kind == "owned" or (row.kind == "cut" and not row.plural)
        forms = list(_adjective(row.lemma)) if adjective else []
        return [(w, Form(None, "s", w, w)) for w in (row.lemma, *row.plural)] + forms
    if row.kind == "mod":
        return list(_adjective(row.lemma))
    gender: Gender = "f" if row.gender in ("f", "fp") else "m"
    people = row.human == "yes"
    if row.gender in ("p", "fp"):
        forms = list(_plural(row.lemma, gender, people))
        for plural in row.plural:
            forms += _plural(plural, gender, people)
        return forms
    first = _spelled(row.lemma, row.plural[0]) if row.plural else row.lemma
    forms = []
    for plural in row.plural:
        forms += _plural(_spelled(row.lemma, plural), gender, people)
    feminine = _spelled(row.lemma, row.feminine) if row.feminine else None
    dual = _dual(row.lemma, gender, first) if row.gender != "ms" else ()
    singular = [*dual, *_singular(row.lemma, gender, first)]
    if feminine is not None:
        many = feminine[:-1] + "ات" if feminine.endswith("ة") else feminine
        singular += _dual(feminine, "f", many)
        singular += _singular(feminine, "f", many)
        if feminine.endswith("ة"):
            forms += _sound_feminine(feminine)
    # What comes last stays: «مدنيا» is an accusative, «مدنيين» a plural, «جنديين» can only be a dual.
    return singular + forms


def _plural(word: str, gender: Gender, people: bool) -> Iterator[tuple[str, Form]]:
    if word.endswith("ون") and people and " " not in word:
        yield from _sound_masculine(word[:-2])
    elif word.endswith("ات") and " " not in word:
        yield word, Form("f", "p", word, word)
    else:
        yield word, Form(gender if people or gender == "f" else "m", "p", word, word)
        # Of plurals in ل only those in ال take the ending: «عمالا», but «قبائل».
        ends = word.endswith("اء") or (word.endswith("ل") and not word.endswith("ال"))
        if " " not in word and word[-1] not in "اىةي" and not ends:
            yield word + "ا", Form(gender, "p", word, word)


def _spelled(lemma: str, plural: str) -> str:
    if not plural.startswith("+"):
        return plural
    return (lemma[:-1] if lemma.endswith("ة") and plural != "+ة" else lemma) + plural[1:]


def _adjective(word: str) -> Iterator[tuple[str, Form]]:
    feminine = word + "ة"
    yield from _dual(word, "m", word + "ون")
    yield from _singular(word, "m", word + "ون")
    yield from _dual(feminine, "f", word + "ات")
    yield from _singular(feminine, "f", word + "ات")
    yield from _sound_feminine(feminine)
    for form, grammar in _sound_masculine(word):
        if not grammar.construct or form.endswith("و"):
            yield form, grammar


def nisba_forms(row: NisbaRow) -> Iterator[tuple[str, NisbaForm]]:
    """All forms of a row's adjectives, without article; both words of «كوري جنوبي» inflect."""
    for adjective in row.adjective:
        *fixed, last = adjective.split()
        if len(fixed) == 1 and fixed[0].endswith("ي"):
            pairs = zip(_adjective(fixed[0]), _adjective(last), strict=True)
            for (a, form), (b, other) in pairs:
                yield (
                    f"{a} {b}",
                    NisbaForm(
                        row,
                        Form(form.gender, form.number, f"{form.nominative} {other.nominative}", form.plural),
                    ),
                )
            continue
        for word, form in dict(_adjective(last)).items():
            yield " ".join((*fixed, word)), NisbaForm(row, form)
    for plural in row.plural:
        yield plural, NisbaForm(row, Form("m", "p", plural, plural), broken=True)


def key_of(word: str) -> str:
    """The look-up key of a phrase of the data: every word folded and without article."""
    return " ".join(fold(bare(w)) for w in word.split())


@lru_cache(maxsize=1)
def role_index() -> NameIndex[RoleForm]:
    """Nouns and adjectives of ``roles.tsv`` by form without article; partitives and stop words by form as written."""
    found: list[tuple[bool, str, RoleForm]] = []
    for row in load_roles():
        closed = row.kind in CLOSED
        found += [
            (word != row.lemma, fold(word) if closed else key_of(word), form)
            for word, form in role_forms(row)
        ]
    # A lemma comes before forms of other lemmas: «محافظة» is a province before it is a woman who governs one.
    return NameIndex((key, form) for _, key, form in sorted(found, key=lambda f: f[0]))


@lru_cache(maxsize=1)
def nisba_index() -> NameIndex[NisbaForm]:
    """Relative adjectives by form without article."""
    return NameIndex((key_of(word), form) for row in load_nisba() for word, form in nisba_forms(row))


@lru_cache(maxsize=1)
def country_index() -> NameIndex[NisbaRow]:
    """Names of countries, peoples and regions, as written."""
    return NameIndex((name, row) for row in load_nisba() for name in dict.fromkeys((row.name, *row.aliases)))


@lru_cache(maxsize=1)
def capital_index() -> NameIndex[NisbaRow]:
    """Capitals that stand for governments."""
    return NameIndex((name, row) for row in load_nisba() for name in row.capital)
