"""Whether the phrases beside a verb are its subject, its object or whom it befell: one alone, two, one before it."""

from __future__ import annotations

from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.roles import Roles, Valency
from pipeline.events.scenes import Scenes
from pipeline.events.wrecked import wreckable


class Readings(Scenes):
    """Reads the phrases beside the verbs of one sentence.

    Attributes:
        named: view indices of fixed words of triggers that name the doer («قصفت *مسيرة* مقرا»).
    """

    named: frozenset[int]

    def _pointed_back(self, position: int, behind: tuple[NP, ...]) -> bool:
        """«وذلك في عملية | نفذتها القوات»: the object pronoun means the open noun right before, who did it follows."""
        before = self.elements[position - 1]
        open_noun = before.kind in ("np", "pp") and bool(before.nps) and self._indefinite(before.nps[-1])
        return open_noun and before.nps[-1].head in self.events and self._agent(behind)

    def _describes(self, position: int, how: str) -> bool:
        """«رجل يرتدي زيا»: a verb that no lexicon knows, in the imperfect right behind an open noun, is said of it.

        Not where a pronoun points back at the noun: «قرية تسيطر عليها القوات».
        """
        at = self.elements[position].first
        if how != "relative" or self.elements[position - 1].kind == "rel" or at in self.forms:
            return False
        if self.view.key[at][:1] not in ("ي", "ت"):
            return False
        after = self.elements[position + 1 : position + 3]
        return not any(e.kind == "pp" and self.grammar.glued_pronoun(e.last - 1) for e in after)

    def _manner(self, np: NP) -> bool:
        """An event noun in the accusative alone, which says how somebody was killed."""
        how = np.head in self.events and self.grammar.is_(np.head, "manner_accusatives")
        return how and np.last - np.first == 1

    def _by_hand(self, position: int) -> bool:
        """«قتل الناشط … على يد مسلحين»: who did it is told by a preposition, so the verb is passive."""
        for element in self.elements[position + 1 : position + 7]:
            if element.kind in ("verb", "comp", "rel", "conj") or element.kind == "punct":
                return False
            if element.kind == "pp" and element.prep in self.grammar.words["by_hand"]:
                return not self.grammar.glued_pronoun(element.last - 1)  # «من جانبهم» tells of no other doer
        return False

    def _two(self, position: int, right: list[tuple[NP, ...]], carried: int) -> bool:
        """Whether two noun phrases after a verb are its subject and its object.

        «شهدت المدينة اشتباكات»، «ضرب تفجير المدينة»: with an event carried they are, whatever they denote.
        """
        if self.agreement.many_things(right[0]) and self.form(position).masculine:
            return False  # «كما يدعو | الدول الأفريقية | كافة»: by gender it is no subject
        if self.semantics.actor(right[0][0]) or any(
            np.first <= carried < np.last for group in right for np in group
        ):
            return True
        if self.semantics.classes(right[1][0]) & {"actor", "place"} and right[1][0].head not in self.events:
            return True
        if self._opens_sentence(position) and not self._accusative(right[0][0]):
            return True  # «ورفض المؤتمر توقيع الاتفاق»: news begins with the verb, its subject behind it
        at, norm = right[0][0].head, self.view.norm
        nominative = self.grammar.nominative(at)
        other = norm[right[1][0].head]
        accusative = other.endswith("ا") and len(other) > 4 and right[1][0].head not in self.events
        accusative = accusative and len(right[0]) == 1
        return nominative or accusative or (at == self.elements[position].last and at in self.named)

    def _lone(self, position: int, form: Form, group: tuple[NP, ...], valency: Valency) -> Roles:
        """A transitive verb with one noun phrase after it: is it subject, object or undergoer?"""
        after = not valency.victims or self._mismatched(position, form, group)
        chained, how = self._acting_before(position, form, matrix=valency.dealing, after=after)
        if (
            chained
            and valency.victims
            and self.semantics.inert(chained[0])
            and self.semantics.actor(group[0])
        ):
            chained, how = (), ""  # «تطاير الزجاج واستشهد | خمسة»
        if chained and valency.dealing and self._came_about(position, chained[0], group, form):
            chained, how = (), ""
        if chained and valency.dealing and self._speaks_up(position, form, chained, group):
            chained, how = (), ""
        if chained and self._headline(position, form):
            return Roles(chained, how, group)
        accusative = self._accusative(group[0])
        fits = self.agreement.agrees(form, group, after=True) and not accusative
        agent = self._agent(group)
        if form.plural:
            return Roles(chained, how, group)
        behind = self.elements[position + 1]
        if behind.kind == "fixed" and self.grammar.is_(behind.first, "munitions"):
            return Roles((), "", group)  # استهدفت عبوة ناسفة | دورية
        carried = valency.carried
        apart = carried >= 0 and not any(np.first <= carried < np.last for np in group)
        if not chained and not fits and (ahead := self._ahead(position, form, group)):
            return ahead
        if apart and self.view.norm[carried].endswith("ا") and self.semantics.actor(group[0]):
            return Roles(group, "vso")  # «وجه الكاتب، …، انتقادا»: the object is the event
        body = valency.personal and not valency.dealing and agent and self._body(group[0])
        if chained and (not fits or not agent or (valency.personal and not body)):
            return Roles(chained, how, group)
        passive = valency.may_be_passive and form.voice == "either" and not accusative
        passive = passive and not self._mismatched(position, form, group)
        passive = passive and not self._unlike(form, valency.carried)
        if passive and not (body and fits) and (valency.personal or not agent):
            return Roles(group, "vso", (), -1, True)
        if agent and fits:
            return Roles(group, "vso")
        return Roles((), "", group)

    def _speaks_up(self, position: int, form: Form, before: tuple[NP, ...], group: tuple[NP, ...]) -> bool:
        """«…، وهدد الخاطفون بقتله»، «اعتقلت الشرطة ناشطين، وطالبت المنظمة بالإفراج عنهم»: who speaks is told anew."""
        if not self.agreement.agrees(form, group, after=True):
            return False
        if self.grammar.nominative(group[0].head):
            return True
        told = self.elements[position + 2 : position + 3]
        told_of = bool(told) and told[0].kind == "pp" and told[0].prep in ("ب", "الي")
        armed = "armed" in self.semantics.classes(before[0]) and len(before) == 1
        return armed and told_of and self._body(group[0]) and "armed" not in self.semantics.classes(group[0])

    def _headline(self, position: int, form: Form) -> bool:
        """«الجيش يحاصر البلدة و | يهاجم الفصيل»: a headline begins with who acts, and goes on about him.

        Both verbs are in the imperfect, and «و» stands right before the second.
        """
        if form.tense != "imperfect" or self.elements[position - 1].kind != "conj":
            return False
        k = next((j for j in range(position - 2, -1, -1) if self.elements[j].kind == "verb"), -1)
        if k < 1 or self.form(k).tense != "imperfect" or self.form(k).feminine != form.feminine:
            return False
        roles = self._roles.get(k, Roles())
        if roles.how != "svo" or not roles.subject:
            return False
        opens = self.element_of.get(roles.subject[0].first, -1)
        return opens == 0 or self.elements[opens - 1].kind == "punct"

    def _with_subject(
        self,
        position: int,
        subject: tuple[NP, ...],
        how: str,
        right: list[tuple[NP, ...]],
        valency: Valency,
        pronoun: int,
        passive: bool,
    ) -> Roles:
        """Roles where the subject stands before the verb; a thing or place without an object is the undergoer."""
        objects = right[0] if right and valency.transitive and not passive and pronoun < 0 else ()
        if (
            objects
            and valency.victims
            and valency.may_be_passive
            and self._befell(position, subject, objects)
        ):
            return Roles(subject, how, (), pronoun, True)
        either = self.form(position).voice == "either" and valency.transitive
        either = either and not self._fixed_object(position)
        if either and not objects and pronoun < 0 and not self._may_act(subject[0]):
            passive = True  # كانت المدينة قد حُررت
        if either and not objects and pronoun < 0 and valency.force and valency.may_be_passive:
            passive = passive or self._wrecked(subject)
        if either and not objects and pronoun < 0 and valency.personal and valency.may_be_passive:
            # «الشابان اللذان اعتقلا»: one who is neither armed nor in power arrests and kills nobody
            passive = passive or self.semantics.suffers(subject[0])
        return Roles(subject, how, objects, pronoun, passive)

    def _wrecked(self, subject: tuple[NP, ...]) -> bool:
        """«إن منازلهم | قصفت من البحر»: of things before a verb of force without an object, none strikes."""
        return all(np.head not in self.events and wreckable(self.semantics, np) for np in subject)

    def _may_act(self, np: NP) -> bool:
        return (
            self.semantics.actor(np) or self.grammar.is_(np.head, "pronouns") or not self.semantics.place(np)
        )
