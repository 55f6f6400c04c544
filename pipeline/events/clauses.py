"""Who is subject and object of a verb: both word orders, relative clauses, unsaid subjects, the passive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.events.grammar import Grammar
from pipeline.events.nounphrases import NP
from pipeline.events.paradigms import Form
from pipeline.events.phrases import Element
from pipeline.events.readings import Readings
from pipeline.events.roles import Roles, Valency
from pipeline.events.semantics import Semantics
from pipeline.events.view import View

#: A verb that nothing is known of may take an object.
_PLAIN = Valency()


class ClauseReader(Readings):
    """Reads the roles of the verbs of one sentence, left to right.

    Args:
        elements: the sentence's elements.
        forms: for verbs that the lexicon knows, their form by view index.
        events: view indices of event nouns, which may stand as adverbs («أُعدموا شنقا»).
        named: view indices of fixed words of triggers that name the doer («قصفت *مسيرة* مقرا»).
        saying: whether the verb at a view index is one of saying.
    """

    def __init__(
        self,
        view: View,
        grammar: Grammar,
        semantics: Semantics,
        elements: Sequence[Element],
        forms: dict[int, Form],
        named: frozenset[int] = frozenset(),
        events: frozenset[int] = frozenset(),
        saying: Callable[[int], bool] = lambda at: False,
    ) -> None:
        super().__init__(view, grammar, semantics, elements, events, saying)
        self.named = named
        self.forms = forms

    def roles(self, position: int, valency: Valency = _PLAIN, *, again: bool = False) -> Roles:
        """The roles of the verb element at ``position``.

        Args:
            valency: counts with the first call, or with ``again``: read anew, for another sense of the verb.
        """
        if position not in self._roles or again:
            if valency.dealing:
                self._dealing.add(position)
            if valency.befalling:
                self._befalling.add(position)
            if valency.taken:
                valency = replace(valency, transitive=False, may_be_passive=False)
            roles = self._read(position, valency)
            led = self._led_to(position) if valency.outcome and roles.how == "conjunct" else ()
            self._roles[position] = replace(roles, subject=led, how="relative") if led else roles
        return self._roles[position]

    def told(self, position: int, roles: Roles) -> None:
        """Takes roles that an entry tells of the verb element at ``position``."""
        self._roles[position] = roles

    def _read(self, position: int, valency: Valency) -> Roles:
        transitive, may_be_passive, taken = valency.transitive, valency.may_be_passive, valency.taken
        element, form = self.elements[position], self.form(position)
        shown = self.view.passive[element.first]  # «رُفضت», whose bare form is never taken for a passive
        marked_passive = may_be_passive and (
            shown or (form.voice != "active" and (form.voice == "passive" or self._by_hand(position)))
        )
        pronoun = element.first + 1 if element.last - element.first > 1 else -1
        right = self._right(position, dealing=valency.dealing)
        if valency.governs and len(right) == 1:
            right = [*right, *self._carried_behind(right[0], valency.carried)]
        if valency.personal and len(right) > 1 and self._manner(right[1][0]):
            behind = self._behind(right[1][0])  # قتل الشاب | طعنا, but: قتل مسلحون | ذبحا | ثلاثة رعاة
            right = [right[0], behind] if behind else right[:1]
        if pronoun >= 0 and right and self._we(form, pronoun, right[0]):
            return Roles((), "", right[0])
        if pronoun < 0 and valency.victims and self._befell_in(position, form, right):
            return Roles(right[0], "vso", (), -1, True)
        speech = valency.dealing and not valency.meeting  # «كشف مسؤول أن وفدا زار …، والتقى | الوزير»
        left, how = self._left(position)
        if how == "relative" and form.plural and not right and pronoun < 0 and valency.personal:
            right = self._shared_object(position)
        if pronoun < 0 and not marked_passive and self._sets_scene(position, form, left, how, right, valency):
            left, how = (), ""
        befell = marked_passive and valency.victims and left and right and pronoun < 0
        if befell and not self.semantics.actor(left[0]) and self._does(form, right[0]):
            left, how = (), ""  # وفي حادث آخر | أصيب ضابط
        if how in ("pronoun", "reflexive", "") and self._told_fact(position, form, right, valency):
            return Roles(right[0], "vso", (), -1, True)
        if how == "relative" and not pronoun >= 0 and (inner := self._inner(position, form, left)):
            left = inner
        if not left and (caller := self._caller(position)):
            said = right[0] if right and transitive and not self.semantics.actor(right[0][0]) else ()
            if form.plural:  # «تلقى الوزير اتصالا من نظيره بحثا خلاله»
                caller = (*self._called(position), *caller)
            return Roles(caller, "relative", said, pronoun)
        if how == "svo" and pronoun >= 0 and right and self._pointed_back(position, right[0]):
            left, how = self.elements[position - 1].nps[-1:], "relative"
        if how == "svo" and pronoun >= 0 and right and self._done_to(position, form, left, right[0]):
            return Roles(right[0], "vso", left, pronoun)
        if (
            how == "relative"
            and pronoun >= 0
            and not marked_passive
            and not self.agreement.by_many(form, left, pronoun)
            and not (not right and self._strikes(left, pronoun, valency))
        ):
            if not right and self._acts_on_another(form, left, valency):
                return Roles(left, how, (), pronoun)  # «روسيا التي | ضمتها»
            # هجوم شنته الحركة: the antecedent is the object, the subject follows
            return Roles(right[0] if right else (), "vso" if right else "", left, pronoun)
        if how == "relative" and pronoun < 0 and (roles := self._resuming(position, form, left, right)):
            return roles
        if how == "relative" and pronoun < 0 and valency.victims and self._their_own(form, left, right):
            return Roles(right[0], "vso", (), -1, True)
        if how == "relative" and pronoun < 0 and transitive and self._placed(left, form, right):
            return Roles(right[0], "vso", right[1])
        if (
            how == "relative"
            and pronoun < 0
            and transitive
            and right
            and self._qualified(position, right, valency)
        ):
            return Roles(left, how, right[0])
        # «الذين قتلوا في …»، «إن أربعة أشخاص اعتقلوا»: without an object the subject suffers it
        suffered = valency.personal and not valency.dealing and not right and pronoun < 0
        suffered = suffered and not self._fixed_object(position)
        suffered = suffered or (valency.charge and not right and pronoun < 0 and self._of_what(position))
        marked_passive |= bool(suffered and left and form.voice == "either" and may_be_passive)
        charged = valency.charge and how == "svo" and not right and pronoun < 0 and form.voice == "either"
        marked_passive |= charged and self._accused_of(position)  # «ما زال الضابط يتهم بالتعاون مع …»
        if form.plural and left:
            return self._with_subject(position, left, how, right, valency, pronoun, marked_passive)
        own = right and how != "svo" and not transitive and self.agreement.agrees(form, right[0], after=True)
        own = own and not self._describes(position, how)
        if own and how in ("pronoun", "reflexive") and not form.feminine:  # «إنه بحث سبل…», but: إنه وصل وفد
            own = self.semantics.actor(right[0][0]) or right[0][0].head in self.events
        suffering = shown and marked_passive and not form.plural and how in ("pronoun", "reflexive")
        if suffering and right and self.agreement.agrees(form, right[0], after=True):
            return Roles(right[0], "vso", (), -1, True)  # «قال إنه قد أُوقف | ثلاثة»
        if left and not own and self.agreement.agrees(form, left, after=False, strict=how == "svo"):
            return self._with_subject(position, left, how, right, valency, pronoun, marked_passive)
        if not right:
            after = valency.light or (not valency.victims and self._fixed_object(position))
            chained, how = self._chained(position, form, matrix=speech, after=after)
            if may_be_passive and self._upon(position, form, chained, valency):
                return Roles((), "", (), pronoun, True)
            if may_be_passive and self._set_free(position, form, chained):
                return Roles((), "", (), pronoun, True)
            # «هاجم مسلح الحاجز وقتل»: without an object it befell him
            fixed = any(e.kind == "fixed" for e in self.elements[position + 1 : position + 2])  # نهبوا المحال
            suffered = suffered and may_be_passive and form.voice == "either" and not fixed
            marked_passive |= suffered and bool(chained) and self.semantics.actor(chained[0])
            marked_passive |= not chained and self._impersonal(position)  # من المرجح أن ترفع العقوبات
            if may_be_passive and self._befalls(position, form, alone=not chained):
                return Roles((), "", (), pronoun, True)
            return Roles(chained, how, (), pronoun, marked_passive)
        if marked_passive and not form.plural:
            return Roles(right[0], "vso", (), -1, True)
        if form.plural and transitive and pronoun < 0:
            return Roles(*self._chained(position, form, matrix=speech), right[0])  # «فقد قتلوا سالما وعمرا»
        if transitive and pronoun < 0 and self._in_accusative(right[0], valency):
            # «ناشد المسؤولين قائلا»، «ودعا الصحافيين الروس إلى الحذر»: the case says that it is the object
            return Roles(*self._chained(position, form, matrix=speech), right[0])
        if not transitive and pronoun < 0 and not valency.dealing and self._accusative(right[0][0]):
            return Roles(*self._chained(position, form))  # «وتظاهرت احتجاجا على …»
        if len(right) >= 2 and may_be_passive and self._suffers_first(position, form, right, valency):
            return Roles(right[0], "vso", (), -1, True)
        if (
            len(right) >= 2
            and transitive
            and pronoun < 0
            and self._object_first(form, right, dealing=valency.dealing)
        ):
            return Roles(right[1], "vso", right[0])
        if len(right) >= 2 and transitive and pronoun < 0 and self._two(position, right, valency.carried):
            return Roles(right[0], "vso", right[1], pronoun)
        # «ألغام | زرعها الحوثيين»: newspapers write so, and the object is said
        misspelt = self.grammar.has_article(right[0][0].head) and self.semantics.actor(right[0][0])
        if pronoun >= 0 and self._accusative(right[0][0]) and not (misspelt and not form.plural):
            return Roles(*self._chained(position, form), (), pronoun)  # «يهدده | متهما إياه بالخيانة»
        if self._beyond(position, right[0], pronoun):
            chained, how = self._chained(position, form)
            if chained:
                return Roles(chained, how, (), pronoun)
        if not transitive and may_be_passive and self._of_fixed(right[0]):
            return Roles((), "", (), pronoun, True)
        if not transitive or pronoun >= 0:
            if form.plural:
                chained, how = self._chained(position, form)
                return Roles(chained, how, (), pronoun)
            leans = self._coordinated(position) or self.view.key[element.first - 1] == "حيث"
            topic = valency.dealing and leans and self.semantics.inert(right[0][0])
            if topic and (before := self._chained(position, form))[0]:
                return Roles(*before, (), pronoun)  # «استقبلت الوزيرة السفير، وبحثت معه التعاون»
            if thing := self._of_subject(position, form, right[0]):
                return Roles(*thing, (), pronoun)
            told = self._announced(right[0]) and not valency.causing
            if told or self._genitive(position) or self._objective(right[0]):
                return Roles(*self._chained(position, form, matrix=True), (), pronoun)
            return Roles(right[0], "vso", (), pronoun)
        moves = valency.moving and self.semantics.convoy(
            right[0][0]
        )  # «غادرت | الحافلات التي تقل مدنيين | البلدة»
        if (moves or right[0][0].head in self.named) and self.agreement.agrees(form, right[0], after=True):
            return Roles(right[0], "vso")  # «وصلت إلى المخيم | قافلة محملة بالأدوية»
        acting = taken is None or valency.dealing
        during = speech or self._during(position)
        before = self._chained(position, form, matrix=during) if valency.needed else ((), "")
        if before[0]:
            return Roles(*before, right[0])
        if valency.needed and not marked_passive and (ahead := self._ahead(position, form, right[0])):
            return ahead
        if valency.dealing and self._spoken_to(position, form, right[0]):
            return Roles(*self._chained(position, form, matrix=True), right[0])
        if self._behind_resumption(position, form, right[0]):
            return Roles(right[0], "vso")
        charged = valency.charge and form.voice == "either" and self._charged(position)
        if charged and self._coordinated(position) and position > 2:
            return Roles((), "", right[0])  # «أشادت الخرطوم بالقرار واتهمت لندن بالانحياز»
        if (
            charged
            and may_be_passive
            and not form.plural
            and self.agreement.agrees(form, right[0], after=True)
        ):
            return Roles(right[0], "vso", (), -1, True)  # but: «واتهم | الحكومة بالتقصير»
        able = self.semantics.actor(right[0][0]) if acting else self._agent(right[0])
        taken_after = taken is None and able and not self._coordinated(position)
        if taken_after and self.agreement.agrees(form, right[0], after=True):
            return Roles(right[0], "vso")  # «حيث طردت روما السفير»
        anew = self._subjunctive(position) or self._meanwhile(position)
        anew = anew and not (valency.personal and may_be_passive and not valency.dealing)  # فيما قتل | ضابط
        if able and anew and self.agreement.agrees(form, right[0], after=True):
            return Roles(right[0], "vso")  # «ترجح مصادر أن تدعو الحكومة»، «فيما حذرت الحكومة من …»
        if (
            acting
            and able
            and self.agreement.agrees(form, right[0], after=True)
            and not self._acting_before(position, form)[0]
            and not (valency.dealing and self._addressees(position, form, right[0]))
        ):
            return Roles(right[0], "vso")
        return self._lone(position, form, right[0], valency)

    def _of_fixed(self, group: tuple[NP, ...]) -> bool:
        """«نفذ | حكم | الإعدام في أربعة»: an open noun that governs the fixed word of the verb does nothing itself."""
        np = group[0]
        j = self.element_of.get(np.last, -1)
        governed = 0 <= j < len(self.elements) and self.elements[j].kind == "fixed"
        alone = len(group) == 1 and np.last - np.first == 1 and not self.grammar.closed(np.head)
        return governed and alone and self.grammar.has_article(np.last) and not self.semantics.actor(np)
