"""Whether a sense of a trigger holds: the conditions (``needs``) of its entry on its arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.events.chance import Chance
from pipeline.events.figures import Figures
from pipeline.events.generic import Generic
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import BODILY, CASUALTIES
from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.provisions import Provisions
from pipeline.events.semantics import Semantics
from pipeline.events.slots import Argument, Filled
from pipeline.events.spoken_of import SpokenOf
from pipeline.events.stems import befalls_speaker
from pipeline.events.undergone import left_unsaid
from pipeline.events.verbs import POLITICS
from pipeline.knowledge.events import SHOWN, UNDERGOER, Needs
from pipeline.text.normalize import fold

_SUBJECTS = frozenset({"vso", "svo", "relative", "conjunct", "pronoun", "reflexive", "unsaid", "control"})
_OBJECTS = frozenset({"object", "undergoer"})
#: How far before a verb another may say that its state has begun («باتت القوات الموالية له تسيطر»).
_BECOMING = 14
#: … and how far before a noun a verb may say that a deed is one.
_CLASSIFIED = 4


class Conditions:
    """Checks the conditions of filled events.

    Args:
        events: all mentions by view index: what stands there is of the class ``event``.
    """

    def __init__(self, grammar: Grammar, semantics: Semantics, events: Mapping[int, Mention]) -> None:
        self.grammar = grammar
        self.semantics = semantics
        self.events = events
        self.generic = Generic(grammar, semantics)
        self.chance = Chance(grammar, events)
        self.figures = Figures(grammar, semantics, events)
        self.spoken_of = SpokenOf(grammar, semantics)
        self.provisions = Provisions(grammar, semantics)

    def of_things(self, filled: Filled) -> bool:
        """«أوقفوا حافلة وأحرقوها»: ها of a verb that kills in one of its senses means a thing rather than a woman."""
        struck = filled.slot("target")
        several = filled.mention.verbal and len({c.trigger.mode for c in filled.mention.candidates}) > 1
        pronoun = len(struck) == 1 and self.grammar.view.key[struck[0].np.head] == "ها"
        return several and pronoun and filled.candidate.trigger.mode == "kill"

    def hold(self, filled: Filled, *, final: bool) -> bool:
        """Whether all conditions of the event's sense hold.

        Args:
            final: discourse is done; before that, a condition on an unsaid subject or a pronoun is left open.
        """
        if self._misread(filled):
            return False
        if final and filled.candidate.trigger.type in POLITICS and not self._acted(filled):
            return False
        if final and (self.figures.holds(filled) or self._lasting(filled)):
            return False
        if final and (
            self._by_circumstance(filled)
            or self.chance.holds(filled)
            or self.spoken_of.holds(filled)
            or self._provided(filled)
            or self.generic.holds(filled)
        ):
            return False
        if any(self._sacred(a.np) and not a.relation for a in filled.arguments):
            return False  # a sermon, no news
        return all(self._holds(filled, need, final) for need in filled.candidate.trigger.needs)

    def _provided(self, filled: Filled) -> bool:
        """What a text provides for is no event, and shows all the same what the article is about."""
        found = self.provisions.holds(filled)
        if found:
            self.generic.spoken.add(filled.mention.at)
        return found

    def _sacred(self, np: NP) -> bool:
        """«دعا الأمير سعود *المولى*»: whom the name has swallowed as well; «عبد الله» is a name."""
        last, g = np.last - 1, self.grammar
        swallowed = last > np.first + 1 and g.is_(last, "invoked")
        blessed = g.is_(np.last, "hallowing") and g.is_(np.last + 1, "sacred")  # «علي رضي الله عنه»
        return g.is_(np.head, "sacred") or swallowed or blessed

    def _misread(self, filled: Filled) -> bool:
        """«تعد الجزائر من أكبر …»: a bare form of another verb with the same letters; «مات حرقا»: how one died."""
        at = filled.mention.at
        if not filled.mention.verbal:
            if self.grammar.is_(at, "manner_accusatives"):
                return True
            counted = all(
                self.grammar.is_(at, c) for c in ("misread", "classifiers")
            )  # «ولا تعد الهجمات جديدة»
            counted = counted and self.grammar.view.key[at + 1 : at + 2] != ("علي",)
            return filled.mention.light < 0 and (counted or self._classifies(at))
        if self.generic.homograph(filled):
            return True
        if filled.candidate.form.plural and filled.candidate.trigger.frame.get("subject") == "place":
            return True  # «الجنود الذين سقطوا»: people, and no places
        return self.grammar.is_(at, "misread") and not self.grammar.glued_pronoun(at + 1)

    def _classifies(self, at: int) -> bool:
        """«يعد هذا العمل *خرقا* للهدنة»، «يشكل *تهديدا*»: what a deed is called, and no deed beside it."""
        view = self.grammar.view
        if self.grammar.has_article(at):
            return False
        if view.norm[at].endswith("ة"):  # «تعد *ضربة* موجعة»، «عده *خيانة*»
            if self.grammar.has_article(at + 1):
                return False  # «تعتبر غارة الجيش خرقا»
            named = self.grammar.glued_pronoun(at - 1) or self.grammar.has_article(at - 1)
            return self.grammar.is_(at - 2 if named else at - 1, "classifiers")
        if not view.norm[at].endswith("ا"):
            return False
        first = max(view.sents[view.sent[at]][0], at - _CLASSIFIED)
        return any(self.grammar.is_(i, "classifiers") for i in range(first, at))

    def _lasting(self, filled: Filled) -> bool:
        """«المناطق التي يسيطر عليها المسلحون»، «كانت تسيطر»: how things are, and not that they came to be so."""
        mention, candidate = filled.mention, filled.candidate
        if not candidate.trigger.entry.state or not mention.verbal or candidate.form.tense != "imperfect":
            return False
        view, at = self.grammar.view, mention.at
        first = view.sents[view.sent[at]][0]
        if any(self.grammar.is_(i, "becoming") for i in range(max(first, at - _BECOMING), at)):
            return False
        if at > first and self.grammar.is_(at - 1, "impending"):
            return False
        starts = (at, *(np.first for np in filled.roles.subject if filled.roles.how == "svo"))
        before = any(
            start > first
            and (self.grammar.is_(start - 1, "relatives") or self.grammar.is_(start - 1, "lasting"))
            for start in starts
        )
        clause = filled.roles.how == "relative" or any(
            a.how.endswith(":pronoun") for a in filled.slot("place")
        )
        # «ويسيطر المتمردون على الشمال»: only headlines tell news in the imperfect.
        seizes = candidate.trigger.type == "COERCE"
        told = seizes and filled.roles.how == "vso" and not filled.roles.passive
        return before or clause or told or self.grammar.is_(at, "lying")

    def _by_circumstance(self, filled: Filled) -> bool:
        """«مما يهدد الاستقرار»، «ما يسمح بعبورها»: what is said before makes it so, and nobody acts."""
        mention = filled.mention
        named = filled.roles.how == "vso" and any(not self.semantics.inert(np) for np in filled.roles.subject)
        if not mention.verbal or filled.candidate.trigger.type in ("ASSAULT", "DISPLACE") or named:
            return False
        view, at = self.grammar.view, mention.at
        if filled.roles.pronoun >= 0 or at == view.sents[view.sent[at]][0]:
            return False  # «ما رفضته الحكومة»
        key = view.key[at - 1]
        if key == "الذي":
            return at > 1 and view.key[at - 2] == "الامر"
        before = view.key[at - 2] if at > 1 else ""
        return key == "مما" or (
            key == "ما" and (before in ("و", "وهو", "هو", "") or self.grammar.punct(at - 2))
        )

    def settle(self, filled: Filled) -> Filled | None:
        """The event in the sense that holds now that everybody is known, or None if none does.

        «*المقاتلات* أقلعت … وقصفت» strikes from the air; who burns «ه» kills where that is a child, and else destroys.
        """
        if not self.hold(filled, final=True):
            return self._weaker(filled)
        for candidate in filled.mention.candidates:
            if candidate is filled.candidate:
                break
            shown = any(SHOWN.intersection(need.classes) for need in candidate.trigger.needs)
            later = replace(filled, candidate=candidate)
            crowd = (
                any("crowd" in need.classes for need in candidate.trigger.needs) and not filled.roles.passive
            )
            same = candidate.trigger.type == filled.candidate.trigger.type
            if shown and (same or crowd) and self.hold(later, final=True):
                return later
        return filled

    def _weaker(self, filled: Filled) -> Filled | None:
        """A more general sense of the same type, where only a condition on somebody not known before has failed."""
        trigger = filled.candidate.trigger
        pronouns = any(a.implicit or a.how.endswith(":pronoun") for a in filled.arguments)
        unsaid = filled.mention.verbal and not filled.roles.subject and trigger.type == "ASSAULT"
        if not (pronouns or unsaid) or not trigger.needs:
            return None
        others = filled.mention.candidates
        at = others.index(filled.candidate)
        # «كانت القافلة قد غادرت …، ووصلت»: only now it is known that it is a convoy
        shown = [c for c in others[:at] if c.moves]
        for candidate in (*others[at + 1 :], *shown):
            later = replace(filled, candidate=candidate)
            same = candidate.trigger.type == trigger.type and all(
                candidate.trigger.frame.get(slot) == trigger.frame.get(slot) for slot in ("subject", "object")
            )
            if same and not candidate.fixed and self.hold(later, final=True):
                return later
        return None

    def _acted(self, filled: Filled) -> bool:
        """Politics is between people: with a verb somebody acts or is acted on."""
        if not filled.mention.verbal or (filled.candidate.fixed and not filled.roles.subject):
            return True  # «انعقدت القمة»: the fixed word is what happens
        people = (*filled.slot("actor"), *filled.slot("target"))
        body = any(self.grammar.of_class(np.head, "bodies") for np in filled.roles.subject)  # «نددت الشبكة»
        return (
            body
            or filled.roles.passive
            or any(self.semantics.classes(a.np) & {"actor", "place"} for a in people)
        )

    def _holds(self, filled: Filled, need: Needs, final: bool) -> bool:
        arguments = [a for a in filled.arguments if self._at(a, need.slot, filled.candidate.trigger.frame)]
        if need.slot == "actor" and any(
            self.semantics.told(np) & set(need.classes) for np in filled.roles.subject
        ):
            return (
                True  # «غارات استهدفت المخازن»: an event is no participant, and tells the means all the same
            )
        if (
            not arguments
            and need.slot == "target"
            and ((final and self._unnamed(filled)) or self._joined(filled, told=not need.classes))
        ):
            return True
        if not arguments and need.slot in ("target", "object") and self._by_pronoun(filled, final=final):
            return True
        if not arguments and final and self._upon_pronoun(filled.mention.at, need.slot):
            return True
        if not arguments and need.slot in ("target", UNDERGOER) and not final and left_unsaid(filled):
            return True  # «وكان قد خُطف»: it may be found yet whom
        if not arguments:
            acting = filled.mention.verbal or filled.circumstance
            if not acting or need.slot not in ("actor", "subject"):
                return False
            if filled.roles.passive:
                # The passive leaves the doer unsaid for good; without vowels it is only a guess, but for
                # «إن القرية | أتلفت»: what it befell stands before it.
                unsaid = need.slot == "actor" and SHOWN.isdisjoint(need.classes)
                candidate = filled.candidate
                clear = filled.roles.how == "svo" and candidate.trigger.type == "ASSAULT"
                clear = clear and not candidate.form.plural
                return unsaid and (clear or self.grammar.view.passive[filled.mention.at])
            # An unsaid subject may be found yet; that it is a crowd is too much to hope for.
            return not final and not filled.roles.subject and SHOWN.isdisjoint(need.classes)
        return not need.classes or any(self._is_of(a, need.classes, final) for a in arguments)

    def _by_pronoun(self, filled: Filled, *, final: bool) -> bool:
        """«لقد ضربونا», «إن رجال الشرطة عذبوه»: it befell those who speak, or somebody named in another sentence."""
        view, at = self.grammar.view, filled.mention.at
        if not filled.mention.verbal or filled.candidate.trigger.type != "ASSAULT":
            return False
        told = final and filled.candidate.form.tense == "past"  # «فهم يقتلونه» need not have happened
        meant = ("نا", "ني", "ه", "هم", "هما", "هن") if told else ("نا", "ني")
        if told and filled.candidate.trigger.mode in BODILY:
            meant = (*meant, "ها")  # a woman rather than a thing
        own = self.grammar.glued_pronoun(at + 1) and view.key[at + 1] in meant
        return own or befalls_speaker(view.key[at])

    def _upon_pronoun(self, at: int, slot: str) -> bool:
        """«متهما إياهم بالإجهاز *عليهما*»: people named in another sentence, behind the preposition of the entry."""
        view = self.grammar.view
        prep = view.key[at + 1 : at + 2] == (fold(slot),) and self.grammar.glued_pronoun(at + 2)
        return prep and view.key[at + 2] in ("هم", "هما", "هن", "نا", "ه")

    def _unnamed(self, filled: Filled) -> bool:
        """«أصيب بجروح»، «بعد إصابته»: it befell somebody whom the sentence does not name."""
        if filled.mention.verbal:
            return filled.candidate.form.voice == "passive" and not filled.roles.subject
        after = filled.mention.at + 1
        return self.grammar.glued_pronoun(after) and self.grammar.view.key[after] in ("ه", "هم", "هما")

    def _joined(self, filled: Filled, *, told: bool) -> bool:
        """«مقتل وإصابة عشرة»: whom it befell stands behind the noun that it is coordinated to.

        Args:
            told: any word behind it will do («مقتل ما يقرب من ألفي مدني»), but for one that only begins a phrase.
        """
        after, view, g = filled.mention.at + 1, self.grammar.view, self.grammar
        hurt = filled.candidate.trigger.mode in CASUALTIES and not filled.mention.verbal
        if not hurt or g.has_article(filled.mention.at) or after >= len(view):
            return False
        return view.key[after] in ("و", "او") or (told and not g.punct(after) and not g.preposition(after))

    def _at(self, argument: Argument, slot: str, frame: Mapping[str, str]) -> bool:
        how = argument.how.split(":")[0]
        if slot == "subject" and how == "genitive" and frame.get("subject") == frame.get("genitive"):
            return True  # «سقوط المدينة»: what falls
        if slot == argument.slot or how == slot or argument.how.startswith(f"prep:{fold(slot)}"):
            return True
        return (slot == "subject" and how in _SUBJECTS) or (slot == "object" and how in _OBJECTS)

    def _is_of(self, argument: Argument, classes: Sequence[str], final: bool) -> bool:
        if argument.np.head in self.events and "event" in classes:
            return True
        if not final and self.grammar.is_(argument.np.head, "pronouns"):
            people = self.grammar.view.key[argument.np.head] in ("هم", "هن", "هما")
            return SHOWN.isdisjoint(classes) and not (people and set(classes) <= {"thing", "place"})
        known = self.semantics.classes(argument.np) | self.semantics.told(argument.np)
        return not known.isdisjoint(classes)
