"""What is known of a verb before its clause is read, and what reading it gives: form, valency, roles."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.view import View


@dataclass(frozen=True, slots=True)
class Roles:
    """The grammatical roles of one verb.

    Attributes:
        subject: coordinated noun phrases; empty where unsaid and not recoverable within the sentence.
        how: the way to the subject: vso, svo, relative, pronoun, reflexive (a pronoun that means who speaks),
            conjunct or empty.
        objects: the direct object's coordinated noun phrases.
        pronoun: view index of an attached object pronoun, or -1.
        passive: read as passive: the subject is the undergoer.
    """

    subject: tuple[NP, ...] = ()
    how: str = ""
    objects: tuple[NP, ...] = ()
    pronoun: int = -1
    passive: bool = False


def guessed_form(view: View, at: int) -> Form:
    """The form of a verb that no lexicon knows, by its letters alone."""
    key = view.key[at]
    if key.endswith("وا") or (key[:1] == "ي" and key.endswith("ون")):
        return Form("verb", "past" if key.endswith("وا") else "imperfect", "active", frozenset({"3mp"}))
    if key[:1] == "ي" and len(key) > 3 and view.pos[at] == "VERB":
        return Form("verb", "imperfect", "active", frozenset({"3ms"}))
    if key.endswith("ت"):
        return Form("verb", "past", "active", frozenset({"3fs"}))
    if key[:1] == "ت":
        return Form("verb", "imperfect", "active", frozenset({"3fs", "3ms"}))
    return Form("verb", "past", "active", frozenset({"3ms"}))


@dataclass(frozen=True, slots=True)
class Valency:
    """What is known of a verb before its clause is read.

    Attributes:
        transitive: it takes a direct object.
        personal: its object is a person, so a lone noun phrase after an ambiguous form is the undergoer.
        dealing: it is said of both sides alike («اتهمت واشنطن»), so a lone noun phrase that may act is who acts.
        may_be_passive: an unvocalised form may be read as passive.
        carried: view index of the event noun that the verb carries as its object or subject, or -1.
        governs: … as its object.
        victims: people alone are done it to: they are killed, hurt, arrested.
        light: it carries an event noun.
        force: it is one of assault, so that no event undergoes it.
        causing: it tells what something led to, so that an event may be its subject («أدى هجوم إلى مقتل اثنين»).
        outcome: as ``causing``, whatever else it carries («معارك | أوقعت عشرات القتلى»).
        upon: prepositions that name whom it befalls, where it has no object («أفرج عنهم»).
        charge: it says what somebody is accused of, so that «يُتهم الرجل بالقتل» names no accuser.
        befalling: its subject undergoes it («استشهد»), and does not act in what is joined to it.
        needed: it is never without its object («اتهم»), so a lone noun phrase is one where the subject was said before.
        moving: its object is a place, so that what moves is its subject.
        meeting: somebody meets somebody, which is no speech.
        taken: a fixed word is the object («سحبت فرنسا *قواتها*»), so a noun phrase is the subject; None: it may be.
    """

    transitive: bool = True
    personal: bool = False
    dealing: bool = False
    may_be_passive: bool = True
    carried: int = -1
    governs: bool = False
    taken: bool | None = False
    needed: bool = False
    moving: bool = False
    meeting: bool = False
    charge: bool = False
    victims: bool = False
    light: bool = False
    force: bool = False
    causing: bool = False
    befalling: bool = False
    outcome: bool = False
    upon: frozenset[str] = frozenset()
