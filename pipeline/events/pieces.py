"""The tokens of a ``Doc`` as the event rules take them: noise and white space left out, a few splits undone or made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from pipeline.knowledge.words import load_words
from pipeline.text.normalize import clean, fold
from pipeline.text.tokenizer import NOISE, WORD_START, flags_of

#: Letters of a doubled verb with a pronoun («شنه»).
#: How many words before a verb may qualify the open event noun that it is said of.
_QUALIFIED = 5
_SHORT = 3
#: Prepositions of one letter.
_GLUED = ("ب", "ل")
#: «و|بدور|ها»: before them stands no other piece of the word.
_JOINERS = frozenset({"و", "ف"})
_PROCLITICS = frozenset({"و", "ف", "ب", "ل", "ك", "س", "أ"})


@lru_cache(maxsize=1)
def plural_people() -> frozenset[str]:
    """The words of the classes ``crowds`` and ``lone_agents``, folded."""
    words = load_words()
    return frozenset(fold(word) for name in ("crowds", "lone_agents") for word in words[name])


@lru_cache(maxsize=1)
def _event_adjectives() -> frozenset[str]:
    """The words of the class ``event_adjectives``, folded."""
    return frozenset(fold(word) for word in load_words()["event_adjectives"])


@lru_cache(maxsize=1)
def _blessings() -> re.Pattern[str]:
    """«حفظه الله» as it stands in a text, with the dash or bracket before it («سعودــ حفظه الله ــ»)."""
    phrases = "|".join(
        r"\s+".join(re.escape(w) for w in phrase.split()) for phrase in load_words()["blessings"]
    )
    marks = "[-\u2013\u2014\u0640]+"
    # The closing mark stays: what follows is another phrase.
    return re.compile(rf"(?:(?:{marks}|\()\s*)?(?<!\w)(?P<wish>{phrases})(?!\w)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One token of a view: mostly one token of the document, two where a split is undone."""

    tokens: tuple[Token, ...]
    norm: str
    pos: str
    start: int
    end: int
    glued: bool


def _piece(tokens: tuple[Token, ...], norm: str, pos: str, *, begins: bool) -> Piece:
    last = tokens[-1]
    return Piece(tokens, norm, pos, tokens[0].idx, last.idx + len(last), not begins)


def pieces_of(
    doc: Doc, text: str, known_verb: Callable[[str], bool], known_noun: Callable[[str], bool]
) -> list[Piece]:
    """The language tokens; «ف|تحت» is put together again where the lexicon knows فتحت and not تحت as a verb."""
    flags = flags_of(doc) or bytes(NOISE * t._.noise | WORD_START * t._.word_start for t in doc)
    tokens = [t for t, flag in zip(doc, flags, strict=True) if not flag & NOISE and not t.is_space]
    wishes = [(match.start(), match.end("wish")) for match in _blessings().finditer(text)]
    if wishes:
        tokens = [t for t in tokens if not any(a <= t.idx and t.idx + len(t) <= b for a, b in wishes)]
    begins = [bool(flags[t.i] & WORD_START) for t in tokens]
    found: list[Piece] = []
    k = 0
    while k < len(tokens):
        token = tokens[k]
        alone = k + 2 >= len(tokens) or begins[k + 2]
        if begins[k] and token.norm_ in _PROCLITICS and k + 1 < len(tokens) and alone:
            rest = tokens[k + 1]
            whole = clean(text[token.idx : rest.idx + len(rest)])
            glued = not begins[k + 1] and not rest.ent_type_ and not whole.startswith("وو")  # و + وفقا
            if glued and len(whole) > 3 and known_verb(fold(whole)) and not known_verb(fold(rest.norm_)):
                found.append(_piece((token, rest), whole, "VERB", begins=True))
                k += 2
                continue
            if not begins[k + 1] and whole in load_words()["split_names"]:
                found.append(_piece((token, rest), whole, "PROPN", begins=True))  # ف|يصل
                k += 2
                continue
            if glued and fold(whole) in plural_people() and fold(rest.norm_) not in plural_people():
                found.append(_piece((token, rest), whole, "NOUN", begins=True))  # بلطجية
                k += 2
                continue
        if begins[k] and token.norm_ in _PROCLITICS and k + 1 < len(tokens) and not begins[k + 1]:
            whole = token.norm_ + tokens[k + 1].norm_
            if whole in load_words()["split_nouns"]:
                own = whole[:-1] + "ة" if whole.endswith("ت") else whole
                found.append(_piece((token, tokens[k + 1]), own, "NOUN", begins=True))  # و|زارتا، و|زارت|ه
                k += 2
                continue
        follows = k + 1 < len(tokens) and not begins[k + 1]
        if not follows and not token.ent_type_ and token.norm_ in load_words()["own_kin"]:
            found += _kin(token, begins=begins[k])
            k += 1
            continue
        opens = begins[k] or (begins[k - 1] and tokens[k - 1].norm_ in _JOINERS)
        if opens and (split := _prefixed(token, known_verb, known_noun, begins=begins[k])):
            found += split
            k += 1
            continue
        said_of = _said_of(tokens[max(0, k - _QUALIFIED) : k], known_noun) if begins[k] else ""
        found += _verb_and_pronoun(
            token, known_verb, known_noun, begins=begins[k], follows=follows, said_of=said_of
        ) or [_piece((token,), _past(token) if follows else token.norm_, token.pos_, begins=begins[k])]
        k += 1
    return found


def _kin(token: Token, *, begins: bool) -> list[Piece]:
    """«أباه»، «أخيها», left whole, as noun and pronoun."""
    ending = next(e for e in ("هما", "ها", "هم", "ه") if token.norm_.endswith(e))
    cut, last = token.idx + len(token) - len(ending), token.idx + len(token)
    noun = Piece((token,), token.norm_.removesuffix(ending), "NOUN", token.idx, cut, not begins)
    return [noun, Piece((token,), ending, "PRON", cut, last, True)]


def _past(token: Token) -> str:
    """«وهو ما أدانته»: a verb whose ت was taken for the ة of a noun before its pronoun."""
    norm = token.norm_
    return norm[:-1] + "ت" if token.pos_ == "VERB" and norm.endswith("ة") else norm


def _prefixed(
    token: Token, known_verb: Callable[[str], bool], known_noun: Callable[[str], bool], *, begins: bool
) -> list[Piece]:
    """«ب|غارة»: a preposition that the tokeniser left on an event noun, where the whole word is nothing known.

    Also on what passes the word to somebody («و|ب|دور|ها»).
    """
    norm = token.norm_
    if norm[:1] not in _GLUED or len(norm) <= _SHORT or token.ent_type_ or not token.text.startswith(norm[0]):
        return []
    rest, whole = fold(norm[1:]), fold(norm)
    known = (known_noun(rest) and len(rest) > _SHORT) or norm[1:] in load_words()["handovers"]
    if not known or known_noun(whole) or known_verb(whole):
        return []
    cut = token.idx + 1
    prefix = Piece((token,), norm[0], "ADP", token.idx, cut, not begins)
    return [prefix, Piece((token,), norm[1:], "NOUN", cut, token.idx + len(token), True)]


def _said_of(before: Sequence[Token], known_noun: Callable[[str], bool]) -> str:
    """What stands before a word that a clause may begin with: a ``relative``, an open event ``noun``, or nothing.

    «المطار الذي | استعادته»، «هجوم | شنته»، «اتصال هاتفي | أجرته».
    """
    if not before:
        return ""
    last = before[-1]
    if last.norm_ in load_words()["relatives"]:
        return "relative"
    k = len(before) - 1
    while k > 0 and (before[k].pos_ == "ADJ" or fold(before[k].norm_) in _event_adjectives()):
        k -= 1 + (k > 1 and before[k - 1].norm_ == "غير")  # هجوم | غير مسبوق
    noun = before[k]
    event = known_noun(fold(noun.norm_)) and not noun.norm_.startswith("ال")
    return "noun" if event else ""


def _verb_and_pronoun(
    token: Token,
    known_verb: Callable[[str], bool],
    known_noun: Callable[[str], bool],
    *,
    begins: bool,
    follows: bool,
    said_of: str,
) -> list[Piece]:
    """«شنته»، «نفاه», left whole, as verb and pronoun; «أعادة|ها» with the verb's own ending. Empty for other words.

    Args:
        begins: the token begins a written word.
        follows: another piece of the written word stands after the token.
        said_of: what :func:`_said_of` says: there a word that may be a verb is one, whatever the tagger takes it for.
    """
    norm, surface = token.norm_, token.text
    if follows:
        own = norm[:-1] + "ت"
        if norm.startswith("أ") and norm.endswith("ة") and known_noun(fold(norm)) and known_verb(fold(own)):
            # أدانته: by its hamza no masdar (إدانته)
            return [_piece((token,), own, "VERB", begins=begins)]
        if (
            norm.endswith("ة")
            and (token.pos_ == "VERB" or said_of)
            and known_verb(fold(own))
            and (said_of == "relative" or not known_noun(fold(norm)))
            and not (said_of == "noun" and norm in load_words()["measures"])
        ):
            return [_piece((token,), own, "VERB", begins=begins)]
        return []
    if said_of == "noun" and len(norm) == _SHORT and norm.endswith("ه") and known_verb(fold(norm[:-1])):
        cut = token.idx + len(surface) - 1  # «هجوم شنه»
        verb = Piece((token,), norm[:-1], "VERB", token.idx, cut, not begins)
        return [verb, Piece((token,), "ه", "PRON", cut, token.idx + len(surface), True)]
    if (
        token.ent_type_
        or len(norm) < 4
        or norm.endswith("ة")
        or known_verb(fold(norm))
        or norm.startswith("ال")
    ):
        return []
    for ending in ("هما", "ها", "هم", "ه"):
        stem = norm.removesuffix(ending)
        if stem == norm or len(stem) < 3 or not surface.endswith(ending):
            continue
        for own in (stem, stem[:-1] + "ى" if stem.endswith("ا") else stem + "ا"):
            if known_verb(fold(own)):
                cut = token.idx + len(surface) - len(ending)
                verb = Piece((token,), own, "VERB", token.idx, cut, not begins)
                return [verb, Piece((token,), ending, "PRON", cut, token.idx + len(surface), True)]
    return []
