"""What case endings and gender tell of the phrase behind a verb: that it can only be the object."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.passives import Passives
from pipeline.events.roles import Valency

#: Letters of the shortest plural in ين, less one, and of the shortest open accusative.
_LONG, _SHORT = 5, 4


class Cases(Passives):
    """Reads the endings of the phrases of one sentence."""

    def _accusative(self, np: NP, valency: Valency | None = None) -> bool:
        """«قتلت المهاجمين»، «وأصابت شرطيا»، «احتجزوا عشرين رهينة»: by its ending no subject; «الأمين» may be one.

        Args:
            valency: of the verb before; whom a verb of force strikes is somebody («قتل غدرا» says how).
        """
        view, g, at = self.view, self.grammar, np.head
        norm = view.norm[at]
        if np.first < at:
            return self._counted_object(np)
        _, number, human = self.semantics.actors.head_features(self.semantics.text(np))
        named = view.ent_label(at) in ("PER", "GPE", "LOC", "FAC")
        plural = len(norm) > _LONG and norm.endswith("ين") and not named
        if g.has_article(at):
            return plural and number != "s"
        if not named and (self._construct(np) or self._qualified_in_accusative(np)):
            return True
        somebody = human is True and self.semantics.actor(np)
        if plural:
            return somebody and number in ("p", "d")
        dealt = valency is None or valency.dealing or not valency.personal  # «والتقى وفدا»
        return self._open_accusative(np) and (somebody or dealt)

    def _qualified_in_accusative(self, np: NP) -> bool:
        """«تستهدف *قادة* | حوثيين»: the adjective of a broken plural of people tells the case."""
        at, norm = np.head + 1, self.view.norm
        if at >= np.last or self.view.ent_label(at) in ("PER", "GPE") or self.grammar.has_article(at):
            return False
        _, number, human = self.semantics.actors.head_features(norm[np.head])
        plural = len(norm[at]) > _LONG and norm[at].endswith("ين")
        return plural and number == "p" and human is True

    def _construct(self, np: NP) -> bool:
        """«تتهم *مقاتلي* الجبهة»، «طالبت *ذوي* الرهائن»: a plural or dual in ي before its genitive is no subject."""
        norm = self.view.norm[np.head]
        if np.last - np.head < 2 or not norm.endswith("ي"):
            return False
        if norm == "ذوي" or len(norm) < _SHORT:
            return norm == "ذوي"
        one, many = (self.semantics.actors.head_features(w) for w in (norm, norm + "ن"))
        return (
            many.human is True and many.number in ("p", "d") and not (one.human is True and one.number == "s")
        )

    def _in_accusative(self, group: tuple[NP, ...], valency: Valency) -> bool:
        """«ودعا الصحافيين»; of several phrases one tells it of all: «استهدفت مواقع ومخازن | وأهدافا أخرى»."""
        if len(group) == 1:
            return self._accusative(group[0], valency)
        things = all(not self.semantics.actor(np) for np in group[:1])
        return things and any(np.first == np.head and self._open_accusative(np) for np in group[1:])

    def _agent(self, group: tuple[NP, ...]) -> bool:
        return self.semantics.actor(group[0]) and "civilian" not in self.semantics.classes(group[0])

    def _body(self, np: NP) -> bool:
        """«المحكمة»، «جيش الاحتلال»، «فرنسا»: a definite body arrests and kills, and is neither arrested nor killed."""
        g, at = self.grammar, np.head
        if (
            np.first < at
            or g.is_(at, "victims")
            or (g.is_(at, "partitives") and not self.semantics.named(np))
        ):
            return False
        definite = any(g.has_article(i) or self.view.ent[i] >= 0 for i in range(at, np.last))
        _, number, human = self.semantics.actors.head_features(self.semantics.text(np))
        own = any(g.glued_pronoun(i) for i in range(at, np.last))
        return definite and not own and human is False and number == "s" and self.semantics.acts(np)

    def _placed(self, left: tuple[NP, ...], form: Form, right: Sequence[tuple[NP, ...]]) -> bool:
        """«البلدة التي | قصفت | قوات النظام | أحياءها»: of a place, with a subject and an object behind the verb."""
        if len(right) < 2 or not left or self.semantics.actor(left[0]) or not self.semantics.place(left[0]):
            return False
        return self._agent(right[0]) and self.agreement.agrees(form, right[0], after=True)

    def _qualified(self, position: int, right: Sequence[tuple[NP, ...]], valency: Valency) -> bool:
        """«أعضاء الحركة، والتي | تستهدف | الجنود»: where no pronoun points back, the antecedent is the subject."""
        if self.elements[position - 1].kind != "rel" or self._resumed(position):
            return False
        if valency.victims and not self.semantics.classes(right[0][0]) & {"actor", "number"}:
            return False  # الذي | أصيب | إصابة طفيفة
        reach = self.element_of[right[-1][-1].last - 1] + 2
        behind = self.elements[position + 1 : max(reach, position + 4)]
        return not any(self.grammar.glued_pronoun(i) for e in behind for i in range(e.first, e.last))

    def _suffers_first(
        self, position: int, form: Form, right: Sequence[tuple[NP, ...]], valency: Valency
    ) -> bool:
        """«واعتقل | المتهمون | الذين ينفون التهم في مايو | متهمين بالتآمر»: people, and nobody done to by them."""
        if not valency.victims or form.voice != "either":
            return False
        deed = right[1][0]  # «قتل الشاب أثناء محاولة الشرطة | اعتقاله»
        if deed.head in self.events and self.grammar.glued_pronoun(deed.last - 1):
            return not self.semantics.actor(deed)
        first, second = self.element_of[right[0][0].first], self.element_of[right[1][0].first]
        between = [e.kind for e in self.elements[first + 1 : second]]
        if between and not self.semantics.suffers(right[0][0]):
            return False
        return "rel" in between or self._governed_elsewhere(right[0][0], deed, between)

    def _governed_elsewhere(self, np: NP, other: NP, between: Sequence[str]) -> bool:
        """«قتل ستة أشخاص … بعد إطلاق تركيا | حملة»: behind phrases or an article the noun is no object of the verb.

        Args:
            np: whom it befalls; other: what stands behind, ``between`` the kinds of elements that part the two.
        """
        nobody = not self.semantics.actor(other)
        if not between:  # «قتل أحد الشبان | المشاركين في المسيرة»
            alike = self.grammar.closed(np.last - 1) and self.grammar.has_article(other.first)
            return nobody and alike and self.grammar.has_article(other.head)
        counted = "number" in self.semantics.classes(np) and not self._marked(other)
        return between.count("pp") > 0 and (counted or (nobody and not self._accusative(other)))

    def _marked(self, np: NP) -> bool:
        """«أحرق عشرات العمال الغاضبين من القرار | سيارتين»: an open dual or accusative, and no masdar before it."""
        before = self.elements[self.element_of[np.first] - 1]
        if any(other.head in self.events for other in before.nps) or self.grammar.has_article(np.head):
            return False
        number = self.semantics.actors.head_features(self.view.norm[np.head])[1]
        dual = self.view.norm[np.head].endswith("تين") or (
            number == "d" and self.view.norm[np.head].endswith("ين")
        )
        return np.first == np.head and (dual or self._open_accusative(np))

    def _inner(self, position: int, form: Form, left: tuple[NP, ...]) -> tuple[NP, ...]:
        """«أسرة | جندي قتل في المعارك»: of two open nouns the clause is said of the one that its verb agrees with."""
        np = left[-1]
        done = np.head in self.events and form.feminine and not self.view.norm[np.head].endswith(("ة", "ات"))
        whole = NP(np.head + 1, np.last, np.head + 1)
        if done and np.last > whole.first and self.semantics.actor(whole):
            # «تفكيك | خلية إرهابية كانت تخطط»
            return (whole,) if self.agreement.agrees(form, (whole,), after=False) else ()
        # «منازل | مطلوبين رفضوا»: many of a place are no people
        houses = form.plural and np.first == np.head and self.semantics.classes(np) == {"place"}
        agreed = not houses and self.agreement.agrees(form, left, after=False)
        if self.elements[position - 1].kind == "rel" or agreed:
            return ()
        at = left[-1].last - 1
        inner = NP(at, at + 1, at)
        if at == left[-1].head or self.grammar.has_article(at) or not self.semantics.actor(inner):
            return ()
        return (inner,) if self.agreement.agrees(form, (inner,), after=False) else ()

    def _strikes(self, left: tuple[NP, ...], pronoun: int, valency: Valency) -> bool:
        """«محاولة اغتيال | استهدفته»، «هجمات | أصابتهم»: of an attack the pronoun at a verb of force means another."""
        event = any(i in self.events for i in range(left[-1].first, left[-1].last)) and not valency.light
        return event and (valency.force or not self.agreement.refers(pronoun, left[-1:]))

    def _befell(self, position: int, subject: tuple[NP, ...], objects: tuple[NP, ...]) -> bool:
        """«إن مدنيين قتلوا | بانفجار ألغام | أرضية»: people, and what follows behind a phrase is nobody.

        Only for a verb that may be passive and whose object is somebody.
        """
        if self.form(position).voice != "either":
            return False
        thing, g = objects[0], self.grammar
        somebody = self.semantics.classes(thing) & {"actor", "number"} or g.is_(thing.first, "demonstratives")
        before = self.elements[self.element_of[thing.first] - 1]
        if before.kind == "pp" and before.nps and before.nps[-1].head in self.events:
            # «قتلوا، علاوة على احتجاز | 40 آخرين»
            return before.nps[-1].last == before.nps[-1].head + 1 and g.number(thing.first)
        if self.elements[position].last == thing.first:
            return False  # «أحرقوا | سيارتين»: whom it befalls is no object, but this is another sense of the verb
        behind = self.elements[position + 1].kind == "pp"
        return behind and (self.semantics.suffers(subject[0]) or (not somebody and self._people(subject[0])))

    def _upon(self, position: int, form: Form, chained: tuple[NP, ...], valency: Valency) -> bool:
        """«قبل أن يحكم عليها»، «بعدما أطلق عليه النار»: nobody said does it, and the pronoun means who was told of."""
        if not valency.upon or form.voice != "either" or not form.masculine or form.plural:
            return False
        for element in self.elements[position + 1 : position + 4]:
            if element.kind == "pp" and element.prep in valency.upon:
                at = element.last - 1
                if not self.grammar.glued_pronoun(at):
                    return False
                return not chained or self.agreement.refers(at, chained)
            if element.kind not in ("fixed", "time", "other"):
                break
        return False

    def _people(self, np: NP) -> bool:
        return "human" in self.semantics.classes(np) or np.first < np.head

    def _counted_object(self, np: NP) -> bool:
        """«عشرين رهينة»، «ألفي جندي»: the number bears the case; the noun it counts says nothing."""
        view, norm = self.view, self.view.norm[np.first]
        if not self.grammar.number(np.first) or norm[:1].isdigit():
            return False
        return (
            norm.endswith(("رين", "ثين", "عين", "سين", "تين", "نين", "مئتي", "ألفي"))
            and view.pos[np.first] == "NUM"
        )

    def _open_accusative(self, np: NP) -> bool:
        """«صحافيا بارزا»: the alif of an open accusative, which no genitive follows («وزيرا خارجية»)."""
        view, g, at = self.view, self.grammar, np.head
        norm = view.norm[at]
        if len(norm) < _SHORT or not norm.endswith("ا") or norm.endswith(("ايا", "دنيا", "عليا")):
            return False
        if view.ent[at] >= 0 or view.pos[at] not in ("NOUN", "ADJ") or g.dual_office(at):
            return False
        governs = at + 1 < len(view) and (
            g.has_article(at + 1) or (np.last > at + 1 and view.ent[at + 1] >= 0)
        )
        return not governs and self.semantics.resolved(np).actor_id is None

    def _mismatched(self, position: int, form: Form, group: tuple[NP, ...]) -> bool:
        """«وأوقفت مهربا»، «وقتل امرأة»، «وقتلت خمسة جنود»: right behind the verb what it cannot agree with."""
        np, g = group[0], self.grammar
        if np.first != self.elements[position].last or len(group) > 1:
            return False
        gender, number, human = self.semantics.actors.head_features(self.semantics.text(np))
        if np.first < np.head:
            return form.feminine and gender == "m" and human is True
        if g.number(np.head) or g.is_(np.head, "partitives"):
            return False  # ستة من الجنود، أحد من العائلة
        return number == "s" and gender == ("m" if form.feminine else "f" if form.masculine else "")
