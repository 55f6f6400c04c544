"""Slots: what a frame position gives to which slot, by what the phrase denotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import CASUALTIES, PERSONAL
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.roles import Roles
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate

_RELATIONS = {"place": "in", "place:from": "from", "place:to": "to", "place:near": "near"}

_SUBJECTS = frozenset({"vso", "svo", "relative", "conjunct"})
#: Where what is struck stands.
_STRUCK = frozenset({"object", "undergoer", "genitive"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A filled slot: a noun phrase, the relation for a place, and the way it was found."""

    np: NP
    slot: str
    relation: str
    how: str
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A verb that an event noun hangs on, whose subject was told before: its form and view index."""

    form: Form
    at: int


#: Types of what two sides do together.
_MUTUAL = frozenset({"COOPERATE", "CONSULT", "AGREE"})
#: Letters that a masdar of the derived forms has more than.
_SHORT = 4
#: Classes of those who may act beside a place.
_PEOPLE = frozenset({"armed", "state", "human", "crowd"})


@dataclass(frozen=True)
class Filled:
    """An event mention in one sense with its arguments, before discourse.

    Attributes:
        mention, candidate: the trigger and the sense that holds.
        arguments: in reading order of finding; spans are view indices.
        roles: the grammatical roles of the trigger verb or of its light verb.
        circumstance: the trigger is an accusative that says what somebody does besides («…، محذرا من»).
        unsaid: the verb above it that leaves its subject unsaid («وتمكنوا من السيطرة»), or None.
        container: view index of the event noun in «قُتل ثلاثة في *انفجار*», or -1.
    """

    mention: Mention
    candidate: Candidate
    arguments: tuple[Argument, ...]
    roles: Roles = field(default_factory=Roles)
    container: int = -1
    circumstance: bool = False
    unsaid: Unsaid | None = None

    def slot(self, name: str) -> tuple[Argument, ...]:
        """The arguments of one slot (actor, target, place)."""
        return tuple(a for a in self.arguments if a.slot == name)


class SlotFiller:
    """Turns phrases in frame positions into arguments.

    Args:
        events: the event mentions by view index: an event is no participant.
    """

    def __init__(self, grammar: Grammar, semantics: Semantics, events: Mapping[int, Mention]) -> None:
        self.grammar = grammar
        self.semantics = semantics
        self.events = events
        #: What stood in a position and did not suit its slot, for explanations: (position, slot, phrase).
        self.refused: list[tuple[str, str, NP]] = []

    def fill(self, spec: str, nps: Sequence[NP], how: str, arguments: list[Argument]) -> None:
        """Adds noun phrases to the slot that ``spec`` gives them."""
        mates = how in _SUBJECTS and any(self.semantics.actor(np) for np in nps)
        sides = how == "prep:بين" and len(nps) > 1 and any(self.semantics.actor(np) for np in nps)
        listed = False  # a place heads the list, so that what follows may be one
        for phrase in nps:
            np = self._doer(phrase) if spec.startswith("actor") else phrase
            pronoun = self.grammar.is_(np.head, "pronouns") and np.last - np.first == 1
            deed = np.head in self.events and how != "self" and not self._person(np)
            deed = deed and "target:deed" not in spec  # «علقت الوكالة توزيع الغذاء»
            if deed and not self.semantics.convoy(
                np
            ):  # «قافلة إغاثة» tells of aid, and moves and is attacked
                group = self.grammar.is_(np.head, "gatherings")
                rally = group or self.events[np.head].candidates[0].trigger.mode == "demonstrate"
                if not (rally and spec.startswith("target") and how in ("object", "undergoer", "genitive")):
                    if how == "prep:ل" and spec.startswith("actor"):
                        break  # «هجمات لطرد المتشددين | وحلفائهم»
                    continue  # an event is no participant, but a rally can be put down («قمعت الشرطة مسيرة»)
            carrier = self.grammar.is_(np.head, "event_carriers") or self.grammar.is_(
                np.head, "demonstratives"
            )
            # «آخر رتل من القوات»: people who are the last of their kind, and no «آخرها تفجير …»
            carrier = carrier and not (np.last > np.head + 1 and "armed" in self.semantics.classes(np))
            toll = how == "relative" and spec.startswith("actor") and self._of_deeds(np)
            if (how in _SUBJECTS and carrier) or toll:
                continue  # حادث التفجير الذي استهدف المسجد، تزامن ذلك
            alternatives = spec.split("|")
            if "place" in alternatives and self._open_ground(np, how):
                alternatives = ["place"]
            if listed and "place" in alternatives and self.semantics.place(np):
                alternatives.sort(key=lambda a: a != "place")  # «مدن | ومحافظات البلاد»
            elif listed and spec.startswith("actor") and not self._somebody(np):
                continue  # «تطهير القرى | ومزارعها»: what is listed beside a place does nothing
            struck = alternatives == ["actor", "place", "target"]  # of an attack; who flees is its actor
            for alternative in alternatives:
                slots = alternative.split("+")
                alone = not {"place", "place:in"} & set(alternatives) or len(alternatives) == 1
                if slots == ["-"] or not (
                    pronoun
                    or (mates and slots[0] == "actor" and self.semantics.named(np))  # كييف وبروكسل وقعتا
                    or (sides and slots[0] == "actor" and self._bare(np))
                    or self._suits(slots[0], np, how, alone=alone, or_target=struck)
                ):
                    continue
                if slots == ["place"] and "target" in alternatives and self.semantics.site(np):
                    slots = ["place", "target"]  # a facility that is struck is both
                listed = listed or (slots[0] == "place" and how in ("genitive", "prep:علي"))
                for slot in slots:
                    said = how not in ("conjunct", "reflexive")
                    arguments.append(
                        Argument(np, slot.split(":")[0], _RELATIONS.get(slot, ""), how, not said)
                    )
                break
            else:
                if spec != "-":
                    self.refused.append((how, spec, np))

    def _open_ground(self, np: NP, how: str) -> bool:
        """«انفجار في الساحة»، «في المكان نفسه»: ground on which something goes off, and nothing that is struck."""
        ground = how == "prep:في" and self.grammar.is_(np.head, "open_ground")
        return ground or (how == "prep:علي" and self.grammar.is_(np.head, "soil"))

    def _of_deeds(self, np: NP) -> bool:
        """«ضحايا | الاعتداءات التي استهدفت القطارات»: the clause is about the deeds, and these are nobody."""
        last = np.last - 1
        while last > np.head and self.grammar.adjective(last):
            last -= 1
        told = last > np.head and last in self.events and not self.is_people(last)
        return told and not self.semantics.actor(np)

    def _bare(self, np: NP) -> bool:
        """«بين سنة وشيعة»، «بين أنصاره وخصومه»: one word beside another side is a side, whatever else it means."""
        owned = self.grammar.glued_pronoun(np.head + 1) or self.grammar.view.norm[np.head].endswith(
            ("ه", "هم")
        )
        return np.last - np.first == 1 or owned

    def settled(self, candidate: Candidate, arguments: list[Argument]) -> list[Argument]:
        """The arguments without those that the others show to be no part in what is told."""
        if candidate.trigger.mode in PERSONAL:
            return self.people(arguments)
        if candidate.trigger.mode != "suspend":
            return arguments
        # «تعليق | باريس | مساعداتها»
        whose = [a for a in arguments if a.how == "genitive" and "state" in self.semantics.classes(a.np)]
        told = [replace(a, slot="actor") if a in whose else a for a in arguments]
        if any(a.slot == "target" and a.how.startswith("prep:") for a in told):
            # «علقت مساعداتها لليمن»: whom it is kept from is told, and the aid is no second target
            told = [a for a in told if a.slot != "target" or a.how not in ("object", "genitive")]
        return told

    def people(self, arguments: Sequence[Argument]) -> list[Argument]:
        """«مقتل جندي | وأضرار مادية»، «قتل الأبرياء | وزعزعة الأمن»: behind people a thing has not been killed."""
        struck = [a for a in arguments if a.slot == "target"]
        if not struck:
            return list(arguments)
        first = struck[0].np
        if self.semantics.inert(first) and not self.grammar.is_(first.head, "victims"):
            return list(arguments)
        return [a for a in arguments if a not in struck[1:] or not self._no_person(a.np)]

    def _no_person(self, np: NP) -> bool:
        if self.semantics.classes(np) == {"thing"} and self.semantics.inert(np):
            return True
        norm = self.grammar.view.norm[np.head]  # «وزعزعة الأمن»: a deed, whatever it is done to
        deed = norm.endswith("ة") or (norm[:1] in "تإا" and norm[-2:-1] in "يا")
        known = self.semantics.actors.head_features(norm)[2]
        alone = NP(np.head, np.head + 1, np.head)
        bare = np.last > np.head + 1 and not self.grammar.closed(np.head) and known is not True
        bare = bare and not self.grammar.number(np.head)
        return deed and len(norm) > _SHORT and bare and self.semantics.inert(alone)

    def _somebody(self, np: NP) -> bool:
        """People, and not «بقية المحافظات», which only looks as if it governed."""
        areas = any(
            self.grammar.of_class(i, name)
            for i in range(np.first, min(np.first + 2, np.last))
            for name in ("provinces", "settlements")
        )
        return bool(self.semantics.classes(np) & _PEOPLE) and not areas

    def _doer(self, np: NP) -> NP:
        """«جهود | الأجهزة الأمنية»، «عمليات|ها»، «مسيرة حاشدة ل|أنصار المعارضة»: who makes the effort, who marches."""
        g, at = self.grammar, np.head + 1
        if g.is_(np.head, "gatherings"):
            behind = (NP(i + 1, np.last, i + 1) for i in range(at, np.last - 1) if g.view.key[i] == "ل")
            return next((n for n in behind if self.semantics.actor(n)), np)
        if at >= np.last or g.adjective(at):
            return np
        pronoun = g.glued_pronoun(at)
        if not (g.is_(np.head, "efforts") or (pronoun and g.is_(np.head, "uprisings"))):
            return np
        return NP(at, at + 1 if pronoun else np.last, at)

    def said(
        self, prep: str, mention: Mention, frame: Mapping[str, str], arguments: Sequence[Argument]
    ) -> bool:
        """Who does it has been said, so that the phrase tells of something between («وافق على تعاون | بين بلدين»)."""
        acting = {a.how for a in arguments if a.slot == "actor"}
        subject = bool(acting & _SUBJECTS)
        if prep == "بين":
            told = "genitive" in acting or (subject and mention.verbal)
            return told and frame.get(prep, "").startswith("actor")
        if prep == "ل":
            on = any(a.how.startswith("prep:") for a in arguments)  # «غارات على مواقع | للمتمردين»
            on = on or mention.candidates[0].trigger.type == "ASSAULT"  # «شن الطيران غارات | لوقف تقدمهم»
            return subject and on and frame.get(prep, "").startswith("actor")
        from_whom = prep == "من" and frame.get(prep, "").startswith("actor")
        return subject and mention.verbal and (from_whom or prep in self.grammar.words["by_agent"])

    def is_people(self, i: int) -> bool:
        """The token is an event noun of those who were hurt: قتلى، مقتل، سقوط ضحايا."""
        return i in self.events and self.events[i].candidates[0].trigger.mode in CASUALTIES

    def _person(self, np: NP) -> bool:
        """The event noun names who takes part in it (القتلى، المحاصرين)."""
        own = self.events[np.head].candidates[0]
        names = "self" in own.trigger.frame or own.form.kind in ("participle", "verb")
        return names and self.semantics.actor(np)

    def _suits(self, slot: str, np: NP, how: str, *, alone: bool, or_target: bool) -> bool:
        classes = self.semantics.classes(np)
        if slot.startswith("place"):
            return "place" in classes
        if slot == "actor" and how == "adjective":
            return True  # «المساعدات السعودية»: the form of the country's name, and no place
        if slot == "actor" and how == "genitive" and self.grammar.is_(np.head, "two_sides"):
            return True  # «اتفاق البلدين»
        if slot == "actor" and how in _SUBJECTS and self.grammar.is_(np.head, "bare_groups"):
            return np.last - np.first == 1 or "actor" in classes  # «شنت القاعدة هجوما»
        if slot == "actor":
            # Right behind its verb a definite noun is its subject, though nobody knows it («ورفض المؤتمر توقيع …»).
            behind = how == "vso" and np.first and self.grammar.verb(np.first - 1)
            if self.semantics.inert(np) and not (behind and self.grammar.has_article(np.head)):
                return False  # «العمل الإجرامي الذي استهدف المسجد»
            if or_target and self.grammar.is_(np.head, "victims"):
                return False  # قصف المدنيين
            return self.semantics.acts(np) or (alone and ("actor" in classes or "place" not in classes))
        town = classes >= {"place", "state"} and "country" not in classes
        if town and not alone and how in _STRUCK:
            return False  # «قصفت الطائرات دمشق»: a capital that is struck is a town
        return alone or "place" not in classes or "actor" in classes


def unique(arguments: Iterable[Argument]) -> list[Argument]:
    """Drops an argument whose tokens fill the same slot already."""
    found: list[Argument] = []
    for argument in arguments:
        if not any(a.slot == argument.slot and a.np.overlaps(argument.np) for a in found):
            found.append(argument)
    return found


def one_side(candidate: Candidate, frame: Mapping[str, str], arguments: Sequence[Argument]) -> bool:
    """«اشتباكات مع المتمردين»، «معارك ضد الجيش»، «محادثات مع الوفد»: of two sides only the other one is said."""
    actors = [a for a in arguments if a.slot == "actor"]
    if actors:
        fought = frame.get("مع") == "actor" and all(a.how in ("prep:مع", "prep:ضد") for a in actors)
        enemy = candidate.trigger.mode == "clash" and candidate.form.kind == "masdar"
        enemy = enemy and candidate.trigger.frame.get("object") == "actor"
        return fought or (enemy and all(a.how == "genitive" for a in actors))  # «أرسلت كتيبة لقتال المتمردين»
    together = candidate.trigger.type in _MUTUAL
    reached = {"prep:مع", "prep:ب"} if candidate.trigger.mode == "phone" else {"prep:مع"}
    return together and any(a.slot == "target" and a.how in reached for a in arguments)
