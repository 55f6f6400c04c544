"""What the words behind a masdar or event noun are to it: who does it, who suffers it, or its own adjective."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.events.classification import CIVILIAN
from pipeline.events.grammar import Grammar
from pipeline.events.lexicon import FORCE
from pipeline.events.nounphrases import NP
from pipeline.events.semantics import Semantics
from pipeline.events.senses import Candidate
from pipeline.events.stems import derived_masdar
from pipeline.events.view import View

#: A list has this many members at least.
_LIST = 2
#: Modes of what goes off.
_GO_OFF = frozenset({"bombing", "suicide-attack"})


class Governed:
    """Knows the words behind an event noun: ``at`` is the view index of the noun, ``k`` that of a word behind it."""

    def __init__(self, view: View, grammar: Grammar, semantics: Semantics) -> None:
        self.view = view
        self.grammar = grammar
        self.semantics = semantics

    def _may_do(self, np: NP) -> bool:
        """Somebody armed, in power or nameless («مجهولين»), or arms, right behind a masdar with its object said."""
        if np.last - np.first == 1 and self.view.key[np.head] in ("اخر", "اول", "كل", "جميع", "معظم"):
            return False  # سحب | آخر | قواتها
        people = self.semantics.classes(np) & {"armed", "human", "state"}
        plural = len(self.view.norm[np.head]) > 5 and self.view.norm[np.head].endswith("ين")
        return bool(people) or plural or self.grammar.is_(np.head, "means")

    def _kind(self, k: int, frame: Mapping[str, str]) -> bool:
        """«حملة | قصف | لمواقع الجيش»: a fixed word that tells what kind of deed it is, and names nobody."""
        acts = frame.get("genitive", "").startswith("actor")
        deed = self.grammar.only_noun(self.view.key[k]) or self.grammar.known_verb(self.view.key[k])
        return acts and deed and self.semantics.classes(NP(k, k + 1, k)) == {"thing"}

    def _quoted_name(self, k: int, limit: int) -> bool:
        """«مقتل "أبو سياف"»: a name in quotation marks."""
        named = k + 1 < limit and self.view.ent_label(k + 1) in ("PER", "ORG", "NORP", "UNIT")
        return named and self.view.norm[k] == '"'

    def _past_manner(self, k: int, limit: int) -> int:
        """«استهداف الجيش | بشكل متعمد | المدنيين»، «قصف الطيران | أمس | بلدة»: past how and when it was done."""
        view, end = self.view, k
        while end < limit and view.time[end] >= 0:
            end += 1
        aim = "".join(view.key[end : end + 2]) in self.grammar.words["prepositions"]  # بهدف | تعزيز
        if end + 2 < limit and view.key[end] == "ب" and self.grammar.is_(end + 1, "manners") and not aim:
            end += 3 if self.grammar.adjective(end + 2) else 2
        return end if end < limit and self.grammar.nominal(end) and view.time[end] < 0 else k

    def _suffers_it(self, follower: NP, frame: Mapping[str, str]) -> bool:
        """«بقتل صبي عمره | عشر سنوات»: a number is no object of what is done to people."""
        personal = frame.get("genitive", "").startswith("target") and frame.get("object") == "target"
        known = bool(self.semantics.classes(follower) & {"actor", "human", "place"})
        # «سبعة مصرفيين»: who is counted in a regular plural is people
        counted = self.grammar.number(follower.first) and self.view.norm[follower.head].endswith("ين")
        return not personal or known or counted or self._vehicle(follower)

    def _done_by(self, genitive: NP, follower: NP) -> bool:
        """«لخطفه فتاة»، «استهدافه عدة بلدات»: with an object behind it, the pronoun of a masdar is who does it."""
        pronoun = self.grammar.glued_pronoun(genitive.first)
        at = follower.head
        many = self.view.norm[at].endswith(("ين", "ون", "ات"))
        if self.grammar.has_article(at) and self.grammar.adjective(at) and not many:
            return False  # «اعتقاله | الإداري»: says what kind of deed it is
        struck = self.semantics.actor(follower) or self.semantics.place(follower) or self._vehicle(follower)
        return pronoun and struck

    def _vehicle(self, np: NP) -> bool:
        """«مهاجمتهم | قافلة»، «إحراقهم | سيارة»: no people, and struck like them."""
        return self.semantics.convoy(np) or self.grammar.of_class(np.head, "means")

    def _accuses(self, genitive: NP, follower: NP, candidate: Candidate, frame: Mapping[str, str]) -> bool:
        """«اتهام | القضاء | ثلاثة مسؤولين بالفساد»: a noun of accusing with two phrases behind it is a masdar."""
        either = {"actor", "target"} <= set(frame.get("genitive", "").split("|"))
        if candidate.trigger.type != "ACCUSE" or not either or follower.first != genitive.last:
            return False
        counted = self.grammar.number(follower.first)
        return self.semantics.actor(genitive) and (counted or self.semantics.actor(follower))

    def _overrun(self, genitive: NP, follower: NP) -> bool:
        """«خلال محاصرتها | القرية»، «محاصرة | الجيش | بلدة …»: who acts stands before the place."""
        if self._done_by(genitive, follower):
            return True
        behind = follower.first == genitive.last and self.semantics.place(follower)
        armed = "armed" in self.semantics.classes(genitive) and not self.semantics.place(genitive)
        return armed and behind and not self.grammar.adjective(follower.first)

    def _flies(self, k: int, at: int, candidate: Candidate) -> bool:
        """«تحليق | طائرات استطلاع»: the fixed word right behind a move is what moves."""
        moves = candidate.trigger.type == "MOBILIZE" and candidate.trigger.frame.get("genitive") == "actor"
        return moves and k == at + 1 and self.grammar.is_(k, "means") and not self.grammar.closed(at)

    def _described(self, genitive: NP, follower: NP) -> bool:
        """«مساءلة المسؤولين | المشاركين في …»: a participle that agrees with the noun right before it describes it."""
        norm, g = self.view.norm, self.grammar
        a, b = genitive.last - 1, follower.head
        if b != genitive.last or not (g.has_article(a) and g.has_article(b)) or self.view.ent[b] >= 0:
            return False
        return len(norm[b]) > 5 and norm[a][-2:] == norm[b][-2:] and norm[b].endswith(("ين", "ون"))

    def _named_by(self, genitive: Sequence[NP], follower: NP) -> bool:
        """«استشهاد ضابط الصف | سيف يوسف»: a name right after one person is that person's."""
        _, number, human = self.semantics.actors.head_features(self.semantics.text(genitive[0]))
        one = len(genitive) == 1 and number == "s" and human is True and follower.first == genitive[0].last
        return (
            one
            and self.view.ent_label(follower.head) == "PER"
            and self.view.ent_label(genitive[0].head) != "PER"
        )

    def _titled(self, genitive: Sequence[NP], follower: NP) -> bool:
        """«اعتقال سالم العلي | قائد الشرطة»: an office right behind one person's name is that person's."""
        np = genitive[0]
        if len(genitive) > 1 or follower.first != np.last or self.view.ent_label(np.head) != "PER":
            return False
        title = NP(follower.head, follower.head + 1, follower.head)
        _, number, human = self.semantics.actors.head_features(self.semantics.text(title))
        # but: «استقبال سالم العلي | السفير»
        open_noun = (
            not self.grammar.has_article(follower.head) and self.view.ent_label(follower.head) != "PER"
        )
        return (
            open_noun and number == "s" and human is True and not self.view.norm[follower.head].endswith("ا")
        )

    def _qualifies(self, k: int, at: int) -> bool:
        """An adjective of the noun; a definite one after an open noun is its genitive («انسحاب المرتزقة»)."""
        g = self.grammar
        if not g.has_article(k) and self._people(k, at):
            return False  # «قتل | إسرائيليين»، «إطلاق سراح | كنديين»
        if k == at + 1 and (self._craft(k) or self._of_many(k)):
            return False
        if k == at + 1 and self._feminine_adjective(k, at):
            return True
        relative = k == at + 1 and self._relative(k) and g.has_article(k) == g.has_article(at)
        return relative or (
            g.adjective(k) and not (k == at + 1 and g.has_article(k) and not g.has_article(at))
        )

    def _of_many(self, k: int) -> bool:
        """«اعتقال مستوطني البلدة»، «مصادرة أراضي القرية»: before a definite noun no adjective, but a construct."""
        view, g = self.view, self.grammar
        ending = view.norm[k].endswith("ي") and not g.has_article(k) and k + 1 < len(view)
        behind = ending and g.has_article(k + 1) and g.nominal(k + 1) and view.time[k + 1] < 0
        return behind and view.sent[k] == view.sent[k + 1] and view.pos[k + 1] != "ADJ"

    def _feminine_adjective(self, k: int, at: int) -> bool:
        """«كمائن محكمة»، «مساعدات ثالثة»: of many things, where nobody is known by the name."""
        norm = self.view.norm
        many = norm[at].endswith("ات") or self.semantics.actors.head_features(norm[at])[1] == "p"
        if not many or not norm[k].endswith("ة") or self.grammar.has_article(k) or self.view.ent[k] >= 0:
            return False
        thing = self.semantics.classes(NP(k, k + 1, k)) <= {"thing", "number"}
        return thing and not self.grammar.is_(k, "means")

    def _sufferer(self, k: int, at: int) -> bool:
        """«مقتل فلسطيني»، «إصابة عسكري»: an adjective that names somebody, after what can only happen to people."""
        norm = self.view.norm
        alone = k == at + 1 and not self.grammar.has_article(k) and not norm[k].endswith("ة")
        if not alone or self.semantics.actor(NP(k, k + 1, k)):
            return alone
        # «إصابة متسلق»: one of the other gender is no adjective of it; «مقتل مبتعث»: a participle is somebody
        somebody = norm[k].startswith("م") and not norm[k].endswith(("ي", "ا"))
        return somebody and (norm[at].endswith("ة") or self.grammar.of_class(at, "deaths"))

    def _people(self, k: int, at: int) -> bool:
        """«قتل إسرائيليين»، «إصابة آخرين»: a plural of persons is no adjective of a singular; nor are «others»."""
        norm = self.view.norm
        plural = len(norm[k]) > 5 and norm[k].endswith(("ين", "ون")) and norm[at][-2:] != norm[k][-2:]
        feminine = norm[at].endswith(("ة", "ات"))
        another = norm[k].endswith(("ى", "ة")) and feminine  # غارات أخرى: it agrees with the noun
        return plural or (self.grammar.is_(k, "others") and not another)

    def _another(self, k: int, at: int, candidate: Candidate) -> bool:
        """«كمين آخر»: of a noun that is no masdar, «another» is the adjective."""
        alike = k == at + 1 and not self.view.norm[at].endswith(("ة", "ات"))
        return alike and candidate.form.kind == "noun" and self.view.norm[k] in ("آخر", "آخرا")

    def _relative(self, k: int) -> bool:
        """An adjective in -ī that was taken for a noun (اعتداء جسدي): it denotes nobody and no place."""
        ending = self.view.norm[k].removesuffix("ا").endswith(("ي", "ية"))
        if not ending or self.view.ent[k] >= 0 or self.grammar.number(k):
            return False
        return self.semantics.classes(NP(k, k + 1, k)) == {"thing"}

    def _fixed_adjective(self, k: int) -> bool:
        """A fixed word that agrees with the noun (هجوم صاروخي) rather than hangs on it (احتجاز الرهائن)."""
        return self.grammar.adjective(k) and not self._craft(k)

    def _craft(self, k: int) -> bool:
        """«إسقاط | مروحية», but: «غارة جوية»: what flies, and no adjective that looks like it."""
        known = self.semantics.actors.head_features(self.view.norm[k])[2] is False
        return known and self.grammar.is_(k, "aircraft") and not self.grammar.is_(k, "drones")

    def _doer_and_object(
        self, genitive: Sequence[NP], candidate: Candidate, frame: Mapping[str, str]
    ) -> tuple[NP, ...]:
        """«حرق مستوطنين | لمنزل فلاح»: several people without an article, and behind ل what they did it to."""
        np = genitive[0]
        acts = candidate.form.kind == "masdar" and frame.get("object", "-") != "-"
        plural = self.view.norm[np.head].endswith(("ين", "ون")) or self.semantics.classes(np) & {"armed"}
        struck = np.head in candidate.fixed  # «إسقاط | مروحية تابعة له»
        if len(genitive) > 1 or not acts or frame.get("subject") != "actor" or not plural or struck:
            return ()
        for i in range(np.head + 1, np.last - 1):
            if self.view.key[i] == "ل":
                doer, whole = NP(np.first, i, np.head), NP(i + 1, np.last, i + 1)
                classes = self.semantics.classes(whole)
                role = self.semantics.resolved(whole).role
                group = classes & {"armed", "state"} or (role and role not in CIVILIAN)
                struck = "human" in classes or candidate.trigger.type == "ASSAULT"  # «اعتقال مسلحين للقاعدة»
                return (doer, whole) if self.semantics.actor(doer) and struck and not group else ()
        return ()

    def _thing(self, k: int) -> bool:
        """A word that by itself denotes nobody and no place."""
        alone = NP(k, k + 1, k)
        return self.semantics.classes(alone) == {"thing"} and self.semantics.inert(alone)

    def _struck(self, group: tuple[NP, ...], candidate: Candidate) -> tuple[NP, ...]:
        """«تدمير جدار | وانقطاع التيار»: what else happened is not what was struck, nor what is listed behind it."""
        if candidate.trigger.type not in FORCE or len(group) < _LIST or self._happens(group[0]):
            return group
        return group[: next((n for n, np in enumerate(group) if self._happens(np)), len(group))]

    def _happens(self, np: NP) -> bool:
        """«إلحاق أضرار»، «حدوث انهيارات»: by its form an open masdar with what it governs."""
        at = np.head + 1
        if (
            np.first != np.head
            or at >= np.last
            or self.grammar.closed(np.head)
            or self._qualifies(at, np.head)
        ):
            return False
        deed = derived_masdar(self.view.norm[np.head]) or self.grammar.is_(np.head, "occurrences")
        return deed and not self.grammar.preposition(at) and self._thing(np.head)

    def _set_off(self, np: NP, candidate: Candidate) -> bool:
        """«تفجير عناصر من التنظيم | لسيارة مفخخة»، «… | لأنفسهم»: what goes off, and those who go off with it."""
        arms = any(self.grammar.is_(np.head, name) for name in ("means", "munitions", "moving"))
        themselves = self.grammar.is_(np.head, "selves") and self.grammar.glued_pronoun(np.head + 1)
        return candidate.trigger.mode in _GO_OFF and (arms or themselves)
