"""What the nouns around a masdar say of who does it: who decides on it, is made to do it, or only fears it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.events.mentions import Mention
from pipeline.events.nounphrases import NP
from pipeline.events.senses import Candidate
from pipeline.events.surroundings import Surroundings

_BEING = ("كان", "كانت", "يكون", "تكون")
#: Phrases that may stand between a noun and what it governs.
_ASIDES = 3
#: Types of deeds that are done with help («بمساندة الطيران»).
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"})
#: Types of what is said of the deeds of others.
_JUDGING = frozenset({"ACCUSE", "REJECT", "SUPPORT", "THREATEN"})


class Undertakings(Surroundings):
    """Reads the nouns around the masdars of one sentence; see :class:`Surroundings`."""

    def waiting(self, mention: Mention, candidate: Candidate) -> tuple[NP, ...]:
        """«كان في استقبال الوزير لدى وصوله السفير وعدد من …»: who stands there, the late subject of كان, receives."""
        k = self.element_of[mention.at]
        before = self.elements[k - 1] if k else None
        if (
            candidate.trigger.mode != "meet"
            or self.elements[k].prep != "في"
            or candidate.form.kind != "masdar"
        ):
            return ()
        if before is None or before.kind != "verb" or not self.view.key[before.first].endswith(_BEING):
            return ()
        found: list[NP] = []
        another = True
        for j in range(k + 1, len(self.elements)):
            element = self.elements[j]
            if element.kind in ("verb", "rel", "comp") or self.clauses.ends(j):
                break
            another = another or element.kind in ("punct", "conj")
            if element.kind == "np":  # behind an office without a comma stands its bearer
                nps = element.nps if another else element.nps[1:]
                found += [np for np in nps if self.semantics.actor(np) and not self.semantics.place(np)]
                another = False
        return tuple(found)

    def of_others(self, mention: Mention, k: int, *, sides: bool = False) -> bool:
        """«لضحايا تفجير السوق»، «بوقف هذه الاعتداءات»، «الخشية من إطلاق سراح»: what is said about a deed.

        Nobody who stops, fears, condemns a deed or speaks of its victims has done it.

        Args:
            sides: one side of a clash is said («توقع اندلاع معارك مع المتمردين»), so that only such a noun counts.
        """
        g = self.grammar
        first = self.elements[k].first
        if first and g.is_(first - 1, "answering"):
            return True  # «تجمعوا احتجاجا | على القصف»، «شنت غارات ردا | على الهجوم»
        if sides:
            np = next((n for n in self.elements[k].nps if n.first <= mention.at < n.last), None)
            return np is not None and any(g.is_(i, "aspects") for i in range(np.head, mention.at))
        if g.is_(mention.at - 1, "demonstratives") and g.has_article(mention.at):
            return True
        if self.elements[k].kind == "pp" and g.objected(self.elements[k].first):
            return True  # «احتجاجا | على الاعتداء على زميلهم»: nobody protests against what he does
        own = g.glued_pronoun(mention.at + 1) and not g.nominal(mention.at + 2)
        if own and self.view.key[mention.at - 1] == "ل" and g.is_(mention.at - 2, "attempts"):
            return True  # «نجا الوزير من محاولة | لاغتياله»: the pronoun means whom it is aimed at
        if mention.candidates[0].trigger.mode == "injure":
            return True
        if self.elements[k].kind == "other" and any(g.is_(i, "covers") for i in range(first, mention.at)):
            return True  # «في ظل القصف»
        np = next((n for n in self.elements[k].nps if n.first <= mention.at < n.last), None)
        if np is not None and np.head < mention.at:
            inner = range(np.head, mention.at)
            whose = NP(np.head, np.head + 1, np.head)
            behind = self.elements[k].kind == "pp"  # but: أعلنت مالي | الانسحاب
            people = mention.light not in (np.head, np.head + 1) and behind and self.semantics.actor(whose)
            told = ("aspects", "occurrences", "covers")  # أكد القائد | وقوع إطلاق نار
            if people or any(g.is_(i, name) for i in inner for name in told):
                return True
        before = self.elements[k - 1] if k else None
        if k > 1 and before is not None and self.grammar.is_(before.first, "onwards"):
            before = self.elements[k - 2]  # «أهمية المضي | قدما | لتحرير الرهائن»
        if (
            before is None
            or self.elements[k].kind != "pp"
            or not before.nps
            or self.elements[k].first - before.last > 1
            or self.clauses.ends(k - 1)
        ):
            return False
        if self.elements[k].prep == "ل" and g.has_article(before.nps[-1].head):
            return False  # «انتقلت الشرطة إلى المكان | لتمشيطه»
        last = before.nps[-1]
        return self._judges(last) or g.is_(last.head, "covers") or g.of_class(last.head, "survivors")

    def opposed(self, mention: Mention, k: int) -> bool:
        """«محاولة المقاتلين فك | الحصار»، «إحباط هجوم»: what is done here ends or meets the deed of others."""
        np = next((n for n in self.elements[k].nps if n.first <= mention.at < n.last), None)
        return np is not None and any(self.grammar.is_(i, "opposing") for i in range(np.head, mention.at))

    def stopping(self, mention: Mention, k: int) -> tuple[NP, ...]:
        """«دعا الوزير المسلحين إلى وقف | قصف القرى»: those under arms who are asked to stop a deed do it."""
        np = next((n for n in self.elements[k].nps if n.first <= mention.at < n.last), None)
        if np is None or not any(self.grammar.is_(i, "stopping") for i in range(np.head, mention.at)):
            return ()
        for j in range(k - 1, max(-1, k - _ASIDES - 1), -1):
            asked = self.mentions.get(self.elements[j].first)
            if self.elements[j].kind == "verb":
                requests = asked is not None and asked.candidates[0].trigger.type == "REQUEST"
                people = self.clauses.roles(j).objects if requests else ()
                armed = people and all("armed" in self.semantics.classes(n) for n in people)
                return people if armed else ()
            if self.elements[j].kind not in ("np", "pp", "time"):
                break
        return ()

    def depicted(self, mention: Mention, k: int) -> bool:
        """«منع نشر صور | التفجير»: what is decided or said here is about pictures of the deed in element ``k``."""
        np = next((n for n in self.elements[k].nps if n.first <= mention.at < n.last), None)
        return np is not None and any(self.grammar.is_(i, "depictions") for i in range(np.head, mention.at))

    def _judges(self, np: NP) -> bool:
        """«إدانتها | لتفجير السوق»، «الخشية | من إطلاق سراح»: a noun for what is thought or said of somebody's deed."""
        named = self.mentions.get(np.head)
        said = named is not None and all(c.trigger.type in _JUDGING for c in named.candidates)
        # «اتهمت جبهة النصرة | بخطف …»: the name of a group
        return said or (self.grammar.is_(np.head, "aspects") and not self.semantics.actor(np))

    def undertaker(self, k: int, at: int = -1) -> tuple[NP, ...]:
        """«إعلان الحركة | سحب مقاتليها»، «قرارها | بوقف …»: who announces, decides or dares to do a thing does it.

        Args:
            k: element number of the deed; at: its view index, where it may stand in the same phrase.
        """
        if self.elements[k].kind not in ("np", "pp"):
            return ()
        for np in self.elements[k].nps:
            if np.head + 1 < at < np.last and self.grammar.is_(np.head, "undertakings"):
                doer = NP(np.head + 1, at, np.head + 1)  # «محاولة مستوطنين | الاعتداء على …»
                if np.head + 1 in self.mentions:
                    break  # «بدء القوات خطة استعادة | السيطرة»: the plan is for another deed
                return (doer,) if self.grammar.has_article(at) and self.semantics.actor(doer) else ()
        for j in range(k - 1, max(-1, k - _ASIDES - 2), -1):
            nps = self.elements[j].nps
            if nps and self.grammar.is_(nps[0].head, "undertakings") and nps[0].last > nps[0].head + 1:
                doer = NP(nps[0].head + 1, nps[0].last, nps[0].head + 1)
                group = (doer, *nps[1:])
                people = all(self.semantics.actor(n) or self.grammar.glued_pronoun(n.first) for n in group)
                return group if people else ()
            comma = (
                j == k - 1 and self.elements[k].prep == "ب" and self.view.norm[self.elements[j].first] in "،,"
            )  # «قرار الوزارة، بتمديد …»
            stage = j == k - 1 and self.elements[k].prep == "من" and self.elements[j].kind == "np"
            stage = stage and any(self.grammar.of_class(n.head, "stages") for n in nps)
            if not (comma or stage) and self.elements[j].kind not in ("pp", "time", "other", "comp"):
                break  # «إعلانها [من حين إلى آخر] سحب قواتها»، «تنفيذ القوات | المرحلة الثانية | من عملية …»
        return ()

    def willing(self, k: int, at: int) -> tuple[NP, ...]:
        """«القوات | مصممة | على استعادة الميناء»، «إن مقاتليه مستعدون لاقتحامه»: of whom the predicate is said.

        Args:
            k: element number of the deed; at: its view index, where the predicate may stand in the same phrase.
        """
        own = next((np for np in self.elements[k].nps if np.head < at < np.last), None)
        if own is not None and self.grammar.is_(own.head, "willing"):
            return self._said_of(k)  # «بلاده | مستعدة لتقديم مساعدات»
        before = self.elements[k - 1] if k else None
        if before is None or before.kind != "np" or not before.nps or before.last != self.elements[k].first:
            return ()
        np = before.nps[-1]
        if not self.grammar.is_(np.last - 1, "willing"):
            return ()
        if np.last - np.first > 1:
            return (*before.nps[:-1], NP(np.first, np.last - 1, np.head))
        return self._said_of(k - 1)

    def _said_of(self, k: int) -> tuple[NP, ...]:
        """What stands before the predicate at ``k``: a noun phrase, or a verb and its subject («كان الجيش | عازما»)."""
        topic = self.elements[k - 1] if k else None
        if topic is not None and topic.kind == "verb":
            return self.clauses.roles(k - 1).subject
        return topic.nps if topic is not None and topic.kind == "np" else ()

    def left_with(self, k: int) -> tuple[NP, ...]:
        """«لم يكن أمام الحكومة إلا فتح مفاوضات»، «ليس أمامهم سوى تسليم أنفسهم»: who has no other choice does it."""
        first = self.elements[k].first
        only = self.view.key[first] in ("الا", "سوي") or (
            first > 0 and self.view.key[first - 1] in ("الا", "سوي")
        )
        for element in reversed(self.elements[max(0, k - _ASIDES - 1) : k]) if only else ():
            if element.prep == "امام" and element.nps:
                people = (
                    self.semantics.actor(np) or self.grammar.is_(np.head, "pronouns") for np in element.nps
                )
                return element.nps if all(people) else ()
        return ()

    def compelled(self, verb: int) -> tuple[NP, ...]:
        """«منعت القوات المسلحين من دخول البلدة»، «دفعه إلى تفجير منزله»: whom the verb makes or forbids to do it."""
        roles = self.clauses.roles(verb)
        if roles.pronoun >= 0:
            return (NP(roles.pronoun, roles.pronoun + 1, roles.pronoun),)
        for after in self.elements[verb + 1 : verb + 3]:
            if after.prep == "ب" and all(self.semantics.actor(np) for np in after.nps):
                return after.nps  # «دفع ذلك بالمسلحين إلى شن هجمات»
        right = [e for e in self.elements[verb + 1 : verb + 3] if e.kind == "np"]
        if roles.objects or not right:
            return roles.objects
        return right[-1].nps if all(self.semantics.actor(np) for np in right[-1].nps) else ()

    def ordered(self, verb: int, k: int) -> tuple[NP, ...]:
        """«أوعز الوزير للشرطة بضبط …»، «أصدر أوامر إلى الجيش ب…»، «أمر الوزير الشرطة ب…»: who is told to do it."""
        first = self.elements[verb].first
        orders = self.grammar.is_(first, "ordering")
        for j in range(verb + 1, k):
            element = self.elements[j]
            orders = orders or any(self.grammar.is_(np.head, "orders") for np in element.nps)
            if element.kind in ("verb", "rel", "comp"):
                break
            people = element.kind == "pp" and all(
                self.semantics.actor(np) or self.grammar.is_(np.head, "means") for np in element.nps
            )
            if orders and people and element.prep in ("ل", "الي"):
                return element.nps
        return self.compelled(verb) if self.grammar.is_(first, "ordering") else ()

    def helped(self, mention: Mention, candidate: Candidate) -> tuple[NP, ...] | None:
        """«سيطر الجيش بمساندة الطيران على البلدة»، «يعول الوزير على دعم المصرف»: whom the genitive of help helps.

        None where the genitive is not the helper.
        """
        k = self.element_of[mention.at]
        if candidate.trigger.type not in ("SUPPORT", "AID") or candidate.form.kind != "masdar":
            return None
        behind = self.view.key[mention.at + 1 : mention.at + 2]
        if behind == ("من",) or self.grammar.closed(mention.at) or mention.carriers:
            return None
        for j in range(k - 1, -1, -1):
            element = self.elements[j]
            if element.kind in ("rel", "comp") or self.clauses.ends(j):
                break
            if element.kind == "verb":
                return self._leaning(j, k)
        return None

    def _leaning(self, verb: int, k: int) -> tuple[NP, ...] | None:
        """The subject of the verb element, if it relies on the help in element ``k`` or uses force with it."""
        first, prep = self.elements[verb].first, self.elements[k].prep
        roles = self.clauses.roles(verb)
        if prep in ("علي", "ب") and self.grammar.is_(first, "leaning"):
            return roles.subject
        done = [
            m for m in self.mentions.values() if m.at == first or any(at == first for at, _ in m.carriers)
        ]
        with_help = prep == "ب" and any(m.candidates[0].trigger.type in _FORCE for m in done)
        return roles.subject if with_help and not roles.passive else None

    def executor(self, mention: Mention, frame: Mapping[str, str], k: int) -> tuple[NP, ...]:
        """«تنفيذ الجيش | لعملية إنزال»، «شن الطيران | سلسلة غارات»: who carries out what an event noun names."""
        element = self.elements[k]
        before = self.elements[k - 1] if k else None
        acts = frame.get("genitive", "").startswith("actor") or frame.get("subject") == "actor"
        if not acts or element.prep not in ("ل", "") or before is None or before.last != element.first:
            return ()
        own = next((np for np in element.nps if np.first <= mention.at < np.last), None)
        if own is None or not (own.head == mention.at or self.grammar.is_(own.head, "event_carriers")):
            return ()
        noun = before.nps[0] if before.nps else None
        if noun is None or not self.grammar.is_(noun.head, "executions") or noun.last < noun.head + 2:
            return ()
        group = (NP(noun.head + 1, noun.last, noun.head + 1), *before.nps[1:])
        return group if all(self.semantics.actor(np) for np in group) else ()
