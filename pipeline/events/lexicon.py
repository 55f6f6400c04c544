"""The trigger lexicon compiled: from a word form to what it may be.

Verbs are conjugated by mazini from root and pattern, nouns get their regular plurals and duals, so a form is
found without any model; the model's tag is only evidence where a form is ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.events.paradigms import Form, conjugated, derived
from pipeline.events.stems import without_article
from pipeline.knowledge.control import Hand, load_hands
from pipeline.knowledge.events import LightVerb, Trigger, TriggerEntry, load_events, load_light_verbs
from pipeline.text.normalize import fold

#: With one of these at its head a word has no article.
_HAMZAS = ("أ", "إ", "آ")
#: Modes of what is done to people alone.
CASUALTIES = frozenset({"kill", "injure"})
#: Types of deeds that are done to somebody by force.
FORCE = frozenset({"ASSAULT", "COERCE"})
#: Modes of deeds of one side alone with arms, made on somebody.
STRIKES = frozenset(
    {"attack", "airstrike", "drone-strike", "shelling", "bombing", "shooting", "suicide-attack"}
)
#: Modes of violence against the body that is no death by itself.
BODILY = frozenset({"beat", "torture", "sexual-violence"})
#: Modes of what is done to people and nothing else.
PERSONAL = CASUALTIES | {"arrest", "abduct", "execute", "assassinate"}

#: A dual of an augmented form has more letters than this.
_DUAL = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a word: the trigger (by number in the lexicon) and the form."""

    trigger: int
    form: Form


def nominal_forms(noun: str, plurals: Iterable[str] = (), *, sound_plural: bool = True) -> set[str]:
    """Folded forms of a noun without article and clitics: singular, accusative, dual, plurals.

    The ending ات stands for the regular plural; ان/ين and the construct ا/ي for the dual.
    """
    forms: set[str] = set()
    base = fold(noun)
    stems = [base, *(fold(p) for p in plurals)]
    for stem in stems:
        forms.add(stem)
        if not stem.endswith(("ه", "ا", "ء", "ي")):
            forms.add(stem + "ا")  # هجوما
    singular = base[:-1] + "ت" if base.endswith("ه") else base
    forms |= {singular + "ان", singular + "ين"} if len(singular) > 2 else set()
    if base.endswith("ه"):
        forms.add(singular + "ي")  # غارتي المدينة; «اجتماعي» would be the adjective
    if sound_plural:
        forms.add((base[:-1] if base.endswith("ه") else base) + "ات")
    if noun.endswith("ي") or noun.endswith("ى"):
        forms.add(base[:-1])  # تهاوٍ
    return forms


def _participle_forms(participle: str) -> set[str]:
    base = fold(participle)
    stem = base[:-1] if base.endswith("ه") else base
    return {base, stem + "ا", stem + "ه", stem + "ون", stem + "ين", stem + "ات", stem + "ان", stem + "تين"}


def entry_forms(entry: TriggerEntry) -> Iterator[tuple[str, Form]]:
    """Every folded form of a trigger entry with its reading."""
    if entry.noun is not None:
        # Generated plurals of short nouns collide with other words (حربات): only what is given and the regular dual.
        sound = entry.noun.endswith(("ة", "يل", "ال", "ير", "اء")) or len(fold(entry.noun)) >= 5
        for surface in nominal_forms(entry.noun, entry.plural, sound_plural=sound):
            yield surface, Form("noun")
        return
    assert entry.root is not None
    assert entry.pattern is not None
    for surface, forms in conjugated(entry.root, entry.pattern, reduced=entry.reduced).items():
        for form in forms:
            if entry.passive != "never" or form.voice == "active":
                yield surface, form
            elif form.voice == "either":
                yield surface, replace(form, voice="active")
    masdars = (
        entry.masdar
        if entry.masdar is not None
        else derived(entry.root, entry.pattern, "vn", reduced=entry.reduced)
    )
    for masdar in masdars:
        regular = entry.masdar is None
        for surface in nominal_forms(masdar, entry.plural, sound_plural=regular or masdar.endswith("ة")):
            yield surface, Form("masdar")
    if entry.participles:
        for participle in derived(entry.root, entry.pattern, "ap", reduced=entry.reduced):
            for surface in _participle_forms(participle):
                yield surface, Form("participle")


class TriggerLexicon:
    """All trigger forms. ``triggers`` and ``light_verbs`` are numbered; readings name them by number."""

    def __init__(
        self, triggers: Iterable[Trigger], light_verbs: Iterable[LightVerb], hands: Iterable[Hand] = ()
    ) -> None:
        self.triggers = tuple(triggers)
        self.light_verbs = tuple(light_verbs)
        self._forms: dict[str, list[Reading]] = {}
        self._light: dict[str, list[Reading]] = {}
        self._implied: dict[str, list[Reading]] = {}
        hands = tuple(hands)
        for number, trigger in enumerate(self.triggers):
            for surface, form in entry_forms(trigger.entry):
                known = self._implied if trigger.entry.implied else self._forms
                readings = known.setdefault(surface, [])
                if (reading := Reading(number, form)) not in readings:
                    readings.append(reading)
        for number, verb in enumerate(self.light_verbs):
            for surface, forms in conjugated(verb.root, verb.pattern, reduced=verb.reduced).items():
                self._light.setdefault(surface, []).extend(Reading(number, form) for form in forms)
            for masdar in verb.masdar:
                for surface in nominal_forms(masdar, sound_plural=False):
                    self._light.setdefault(surface, []).append(Reading(number, Form("masdar")))
        #: Forms of the verbs that hand a deed to somebody, which carry nothing.
        self._handing: dict[str, list[Form]] = {}
        #: The prepositions by which a word leads to a masdar of what somebody does: «تمكن *من*»، «اتهمه *ب*».
        self._leading: dict[str, set[str]] = {}
        for verb in self.light_verbs:
            if verb.frame.get("subject") == "actor":
                self._lead(verb, (verb.event,))
        for hand in hands:
            if hand.whom != "nobody":
                self._lead(hand, hand.deed)
        for hand in hands:
            if hand.root and hand.pattern:
                for surface, forms in conjugated(hand.root, hand.pattern, reduced=hand.reduced).items():
                    self._handing.setdefault(surface, []).extend(forms)

    def _lead(self, word: LightVerb | Hand, deed: Iterable[str]) -> None:
        by = {fold(place) for place in deed} - {"object", "subject"}
        if by and word.root and word.pattern:
            for surface in conjugated(word.root, word.pattern, reduced=word.reduced):
                self._leading.setdefault(surface, set()).update(by)
        for masdar in word.masdar if by else ():
            for surface in nominal_forms(masdar, sound_plural=False):
                self._leading.setdefault(surface, set()).update(by)

    def leads(self, key: str) -> frozenset[str]:
        """The prepositions by which a folded form, its article off, leads to a masdar of what somebody does."""
        bare = without_article(key)
        return frozenset(self._leading.get(key) or self._leading.get(bare) or ())

    def verbs(self, key: str) -> tuple[Reading, ...]:
        """The verbal readings of a folded form."""
        return tuple(r for r in self._forms.get(key, ()) if r.form.kind == "verb")

    def only_verb(self, key: str) -> bool:
        """Whether a folded form is a finite verb of the lexicon and nothing else by its letters.

        A bare past form of three letters (قتل) may be many things; an ending or a prefix settles it.
        """
        forms = [r.form for r in (*self._forms.get(key, ()), *self._light.get(key, ()))]
        forms += self._handing.get(key, ())
        marked = key.endswith(("وا", "ون", "ت", "تا")) or (key[:1] == "ي" and len(key) > 3)
        # «أسفرا»، «استهدفا»: a dual of the augmented forms, which no accusative looks like
        marked = marked or (key[:1] == "ا" and key.endswith("ا") and len(key) > _DUAL)
        forms = [f for f in forms if f.tense != "jussive"]
        return bool(forms) and marked and len(key) > 3 and all(f.kind == "verb" for f in forms)

    def nominals(self, key: str, *, norm: str = "") -> tuple[Reading, ...]:
        """The masdar, noun and participle readings of a folded form; the article is taken off here.

        Args:
            norm: the word as it is written: «ألكمين» with its hamza has no article, and is a name.
        """
        bare = without_article(key) if norm[:1] not in _HAMZAS else key
        found = [r for r in self._forms.get(bare, ()) if r.form.kind != "verb"]
        if not found and bare != key:
            found = [r for r in self._forms.get(key, ()) if r.form.kind != "verb"]
        return tuple(found)

    def implied(self, key: str) -> tuple[Reading, ...]:
        """The readings of a folded form as a noun for people that implies their deed; the article is taken off here."""
        bare = without_article(key)
        return tuple(self._implied.get(bare, ()))

    def light(self, key: str) -> tuple[Reading, ...]:
        """The readings of a folded form as a light verb (numbers are of ``light_verbs``)."""
        bare = without_article(key)
        return tuple(self._light.get(key, ())) or tuple(
            r for r in self._light.get(bare, ()) if r.form.kind == "masdar"
        )

    def __len__(self) -> int:
        return len(self._forms)


@lru_cache(maxsize=1)
def load_lexicon() -> TriggerLexicon:
    """The lexicon of the shipped knowledge.

    Raises:
        pipeline.knowledge.load.KnowledgeError: with every fault of the files.
    """
    return TriggerLexicon(load_events(), load_light_verbs(), load_hands())
