"""The arguments of a verb in its clause: subject, object, undergoer, and the fixed word of its trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.phrases import Element, PhraseReader
from pipeline.events.roles import Roles
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate
from pipeline.events.slots import Argument, SlotFiller
from pipeline.events.verbs import DEALINGS
from pipeline.events.view import View

#: Types whose fixed words may be what is struck or stormed.
_STRUCK = frozenset({"ASSAULT", "PROTEST"})


class VerbalArguments:
    """Fills what the clause of a verbal trigger says of it.

    Args:
        reader: phrase reader of the article; elements: of the sentence; element_of: element number by view index.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        reader: PhraseReader,
        elements: Sequence[Element],
        element_of: dict[int, int],
        slots: SlotFiller,
    ) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics
        self.reader = reader
        self.elements = elements
        self.element_of = element_of
        self.slots = slots

    def verb(
        self, candidate: Candidate, roles: Roles, frame: Mapping[str, str], arguments: list[Argument]
    ) -> None:
        """Subject and object of a verb by its roles, and what its fixed words govern or are themselves."""
        if roles.passive:
            spec = frame.get("object", frame.get("subject", "-"))
            if spec == "-" and frame.get("subject") == "target":
                spec = "target"  # «استشهد جندي على يد مسلحين»: whom it befalls is its subject at any rate
            if not self._said_before(candidate, roles, spec):
                self.slots.fill(spec, roles.subject, "undergoer", arguments)
        else:
            subject, objects = roles.subject, roles.objects
            if self._visits(candidate, roles, frame):
                subject, objects = objects, subject
            self.slots.fill(frame.get("subject", "-"), subject, roles.how, arguments)
            self.slots.fill(
                frame.get("object", "-"), self._with_fixed(candidate, objects, frame), "object", arguments
            )
            if roles.pronoun >= 0 and not roles.objects:
                at = roles.pronoun
                self.slots.fill(frame.get("object", "-"), (NP(at, at + 1, at),), "object", arguments)
        self._fixed(candidate, frame, arguments)

    def _said_before(self, candidate: Candidate, roles: Roles, spec: str) -> bool:
        """«عُلقت *المحادثات* بعد رفض الوفد | الحضور»: of a passive verb the fixed word is its subject."""
        fixed = [f for f in candidate.fixed if not self.grammar.preposition(f)]
        return spec == "target:deed" and bool(fixed and roles.subject) and fixed[0] < roles.subject[0].first

    def _with_fixed(
        self, candidate: Candidate, objects: tuple[NP, ...], frame: Mapping[str, str]
    ) -> tuple[NP, ...]:
        """«أسقطت الدفاعات *طائرة* استطلاع»، «حاصروا *مقر* الحكومة»: the fixed word before the object is its head."""
        if not objects or not candidate.fixed or candidate.fixed[-1] + 1 != objects[0].first:
            return objects
        at, g = candidate.fixed[-1], self.grammar
        if g.is_(at, "drones") and g.is_(at - 1, "aircraft"):
            return objects  # «استهدفوا بطائرات *مسيرة* | مصفاة نفط»
        if g.is_(at, "munitions") and g.is_(objects[0].head, "homes"):
            return objects  # «أصابت *قذيفة* | منزل عائلة»
        whole = NP(at, objects[0].last, at)
        if not g.is_(at, "means"):
            struck = candidate.trigger.type in _STRUCK and frame.get("object", "-") != "-" and self._heads(at)
            if not struck or (self.semantics.place(objects[0]) and not self.semantics.place(whole)):
                return objects  # «سدوا مداخل | بلدة بيتا»
        return (whole, *objects[1:])

    def _heads(self, at: int) -> bool:
        """«مقر | الحكومة» is open and no accusative, «السفارة | الإسرائيلية» has its adjective behind it."""
        g, norm = self.grammar, self.view.norm
        if g.preposition(at) or g.adverb(at) or not g.nominal(at):
            return False
        if g.has_article(at):
            return g.has_article(at + 1) and norm[at + 1].endswith(("ي", "ية"))
        return not g.closed(at) and not norm[at].endswith("ا")

    def _visits(self, candidate: Candidate, roles: Roles, frame: Mapping[str, str]) -> bool:
        """«زار تونس رئيس الأركان»: of a named place and a person behind a verb that takes places the person acts."""
        takes = frame.get("object") == "place|target" and candidate.trigger.type in DEALINGS
        if not takes or roles.how != "vso" or len(roles.subject) != 1 or not roles.objects:
            return False
        place, person = roles.subject[0], roles.objects[0]
        people = "armed" not in self.semantics.classes(person) or self.grammar.is_(person.head, "titles")
        people = people and self.semantics.actor(person) and not self.semantics.place(person)
        gender = self.semantics.actors.head_features(self.semantics.text(person))[0]
        agrees = gender != ("m" if candidate.form.feminine else "f")  # «أوفدت القاهرة وزيرا»
        return self.semantics.named(place) and self.semantics.place(place) and people and agrees

    def _fixed(self, candidate: Candidate, frame: Mapping[str, str], arguments: list[Argument]) -> None:
        """The fixed word of a verb is its object, or part of it where the frame gives the object ``-``.

        «فكك خلية» has an object; «أطلق سراح X» has what the fixed word governs.
        """
        if not candidate.fixed or any(a.how in ("object", "undergoer") for a in arguments):
            return
        words = [f for f in candidate.fixed if not self.grammar.preposition(f) and not self.grammar.adverb(f)]
        if not words:
            return
        at = words[-1]
        limit = self.view.sents[self.view.sent[at]][1]
        before = self.elements[self.element_of[at] - 1] if at in self.element_of else None
        intransitive = candidate.trigger.entry.passive == "never"
        # «فيما حلقت الطائرات» has a subject of its own
        carried_on = all(a.how == "conjunct" for a in arguments)
        alone = carried_on and (intransitive or frame.get("object", "-") == "-")
        alone = alone and self.elements[self.element_of[at]].kind != "pp"  # أودى بحياة 32 شخصا
        if alone and before is not None and before.kind == "verb":
            # سقط شهداء، أغار الطيران: the fixed word is the subject
            whole = NP(at, self.reader.np_end(at, limit), at)
            word = NP(at, at + 1, at)
            told = (
                intransitive and candidate.trigger.entry.frame.get("object") != "-"
            )  # شكّل تحالفا has its object
            people = frame.get("subject") == frame.get("genitive") == "target"  # but: أسلم الروح، لفظ أنفاسه
            told = told or people or self.semantics.actor(word)
            agrees = not (candidate.form.masculine and self.view.norm[at].endswith("ة"))  # أن يشكل كتلة
            said = self.grammar.has_article(at) or not self.reader.accusative(at)
            # «هاجموا المقر وسدوا الطريق»: no verb of the plural stands before its subject
            if told and agrees and said and not candidate.form.plural:
                arguments.clear()
                self.slots.fill(frame.get("subject", "-"), (whole,), "vso", arguments)
                return
        if frame.get("object", "-") != "-":
            if frame["object"] == frame.get("subject") and arguments:
                return  # راح ضحيته مدنيون
            whole = NP(at, self.reader.np_end(at, limit), at)
            self.slots.fill(frame["object"], (whole,), "object", arguments)
            return
        governs = at + 1 < limit and not self.grammar.closed(at) and self.grammar.nominal(at + 1)
        if governs and "owner" in frame and (owner := self._owner(at + 1, limit)):
            arguments[:] = [a for a in arguments if a.slot != "actor"]
            self.slots.fill(frame["owner"], owner, "genitive", arguments)
            return
        doer = frame.get("genitive", "-").startswith("actor") and any(a.slot == "actor" for a in arguments)
        if "genitive" in frame and governs and self.view.time[at + 1] < 0 and not doer:
            group = self.reader.coordination(at + 1, limit, after_verb=True)
            self.slots.fill(frame["genitive"], group, "genitive", arguments)

    def _owner(self, k: int, limit: int) -> tuple[NP, ...]:
        """«أكد الأمين العام دعم | الجامعة | للهدنة»: whose it is, if not the speaker's own («دعم | بلاده»)."""
        group = self.reader.coordination(k, limit, after_verb=True)
        own = any(self.grammar.glued_pronoun(i) for np in group for i in range(np.first, np.last))
        people = bool(group) and all(self.semantics.actor(np) for np in group)
        return tuple(group) if people and not own and self.view.time[k] < 0 else ()
