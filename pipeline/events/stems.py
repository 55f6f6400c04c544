"""What remains of a written word whose clitics the tokeniser left on, by the letters alone."""

from __future__ import annotations

import re

_PRONOUNS = ("ها", "هم", "هن", "هما", "ه", "نا", "ني")
#: Endings of a verb with «us» or «me» for its object, none of which is an ending of its own: ضربونا، خطفوني.
_SPEAKERS = ("ونا", "وني", "تنا", "تني")
_LONGEST_WITHOUT = 3
#: Letters up to which «ال» is the beginning of the word and no article.
_NO_ARTICLE = 4
#: Letters of a masdar such as محاصرة.
_MUFAALA = 6
#: Masdars of the augmented verbs by their letters, but for أفعل.
_AUGMENTED = re.compile("است..ا.|ان..ا.|ا.ت.ا.|ت..ي[^ةن]")
_IFAL = re.compile("إ..ا.")


def without_article(key: str) -> str:
    """A folded form without its article, as entries list it."""
    return key[2:] if key.startswith("ال") and len(key) > _NO_ARTICLE else key


def befalls_speaker(key: str) -> bool:
    """«ضربونا»، «خطفوني»: the pronoun at the end of a verb means those who speak."""
    return len(key) > _LONGEST_WITHOUT + 2 and key.endswith(_SPEAKERS)


def verbal_noun(norm: str) -> bool:
    """Whether a noun has the pattern مفاعلة, of which most are masdars: محاصرة، مداهمة."""
    return norm[:1] == "م" and norm[2:3] == "ا" and norm[-1:] == "ة" and len(norm) == _MUFAALA


def augmented_masdar(norm: str) -> bool:
    """Whether a noun without its article has a pattern that no adjective has: انقطاع، اشتعال، استمرار، تعطيل."""
    return _AUGMENTED.fullmatch(norm) is not None


def derived_masdar(norm: str) -> bool:
    """Whether an open noun has the pattern of masdars alone: those, and إلحاق."""
    return augmented_masdar(norm) or _IFAL.fullmatch(norm) is not None


def stems(key: str, norm: str, *, led: bool = False) -> list[str]:
    """The look-up keys that may be inside a word, likeliest first, the word itself left out.

    Args:
        key: the folded key of the word; one of three letters or fewer is left alone.
        norm: its normal form, which tells a pronoun ه from the ending ة.
        led: the clitics before it are cut off («و|كبدتهم»), so that its first letter is its own.
    """
    if len(key) <= _LONGEST_WITHOUT:
        return []
    found: list[str] = []
    rests = [key]
    if not led and key[0] in "وف":
        rests.append(key[1:])
    for rest in [] if led else list(rests):
        if rest[0] in "بلكس":
            rests.append(rest[1:])
            if rest.startswith("لل"):
                rests.append("ال" + rest[2:])
    for rest in rests:
        found.append(rest)
        for ending in _PRONOUNS if not norm.endswith("ة") else ():
            if rest.endswith(ending) and len(rest) - len(ending) >= 3:
                stem = rest[: -len(ending)]
                found += [stem, stem[:-1] + "ه"] if stem.endswith("ت") else [stem]
                if stem.endswith("و"):
                    found.append(stem + "ا")  # اقتادوهما: the alif of the plural falls before a pronoun
    return [f for f in found if f != key and len(f) >= 3]
