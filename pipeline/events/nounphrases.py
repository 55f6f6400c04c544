"""Noun phrases: the longest natural phrase by the rules of Arabic orthography.

The tree of a small parser is right for two words in three; inside a noun phrase Arabic orthography says
more: an indefinite noun takes a genitive, a definite one ends the chain, an adjective agrees in definiteness.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.events.complements import Complements
from pipeline.events.joining import DIRECTIONS

_MAX_NP = 30
#: Tokens between a verb of undergoing and whom it befalls.
_UNDERGONE = 4
#: Folded: what «ب» says of troops and of an officer (قوة بقيادة فلان، ضابط برتبة رائد).
_UNDER = frozenset({"قياده", "زعامه", "رئاسه", "رتبه"})


@dataclass(frozen=True, slots=True)
class NP:
    """A noun phrase: tokens first … last-1; ``head`` is its head noun (after numbers and demonstratives)."""

    first: int
    last: int
    head: int

    def overlaps(self, other: NP) -> bool:
        """Whether the two share a token."""
        return self.first < other.last and other.first < self.last


class NounPhraseReader(Complements):
    """Reads the noun phrases of one view; the arguments are those of :class:`Quotes`."""

    def np(self, i: int, limit: int) -> NP | None:
        """The longest noun phrase that starts at ``i`` and ends by ``limit``, or None."""
        g, view = self.grammar, self.view
        limit = min(limit, i + _MAX_NP)
        head = self._skip_openers(i, limit)
        if head >= limit:
            return None
        k = head
        if self._in_brackets(k, limit):
            return self._numbered(i, k, limit)
        if g.opens_quote(k):
            end = self._quoted(k, limit)
            if not end:
                return None
            first_word = k + 1
            if end < limit and view.ent[first_word] >= 0 and not (g.has_article(end) or g.glued_pronoun(end)):
                return NP(i, end, first_word)  # اجتاح «داعش» | مدن الأنبار
            return NP(i, self._extend(first_word, end, limit, first_word), first_word)
        manner = g.is_(k, "manner_accusatives") or (
            g.is_(k, "reason_accusatives") and g.preposition(k + 1) and not g.glued_pronoun(k + 2)
        )
        if not g.nominal(k) or view.time[k] >= 0 or (manner and k not in self.events):
            return None
        if g.is_(k, "demonstratives") and self._alone(k):
            return NP(i, k + 1, k)
        k = self._past_count(k, limit)
        return NP(i, self._extend(i, k + 1, limit, k), k)

    def _numbered(self, i: int, k: int, limit: int) -> NP:
        """«(7) مطلوبين»، «(50) من المسلحين»، «سلم (5) | أنفسهم»: what the number in brackets at ``k`` counts."""
        g, after = self.grammar, k + 3
        if after < limit and self.view.key[after] == "من":
            return NP(i, max(after, self._with_complement(after, limit)), k + 1)
        counted = after < limit and g.nominal(after) and self.view.time[after] < 0 and not g.verb(after)
        if not counted or (g.is_(after, "selves") and g.glued_pronoun(after + 1)):
            return NP(i, after, k + 1)
        head = self._past_count(after, limit)
        return NP(i, self._extend(i, head + 1, limit, head), head)

    def np_end(self, head: int, limit: int) -> int:
        """One past the phrase whose head noun is the fixed word at ``head``."""
        return self._extend(head, head + 1, limit, head)

    def _extend(self, first: int, k: int, limit: int, head: int) -> int:
        """From a phrase first … k-1 on, as far as the phrase goes; the index one past its end."""
        g, view = self.grammar, self.view
        while k < limit:
            same_name = view.ent[k] >= 0 and view.ent[k] == view.ent[k - 1] and not self._swallowed(first, k)
            if same_name or g.glued_pronoun(k):
                k += 1
                continue
            told = g.is_(k - 1, "aircraft") and g.is_(k, "drones")  # طائرة مسيرة
            if (view.time[k] >= 0 and view.time[k - 1] != view.time[k]) or (k in self.fixed and not told):
                break
            if k > head and g.number(k) and k + 1 < limit and g.is_(k + 1, "spans_of_time"):
                break  # حبس ضابط | أربعة أيام
            if k - 2 >= first and g.is_(k - 1, "drones") and g.is_(k - 2, "aircraft") and not g.adjective(k):
                break  # استهدف الجيش بطائرات مسيرة | مصفاة نفط
            if g.is_(k - 1, "munitions") and g.is_(k, "homes") and not g.has_article(k - 1):
                break  # أصابت قذيفة | منزل عائلة
            if g.glued_pronoun(k - 1) and view.pos[k] == "NUM" and g.has_article(k):
                k += 1  # وزراءه الأربعة
                continue
            if view.key[k] == "غير" and k + 1 < limit and g.adjective(k + 1):
                k += 2  # الهجرة غير النظامية
                continue
            if self._at_least(k, limit):
                k += 2
                continue
            nxt = self._step(first, k, limit, head)
            if nxt <= k:
                break
            k = nxt
        while k - 1 > head and (g.opens_quote(k - 1) and view.norm[k - 1] == "("):
            k -= 1
        return k

    def _step(self, first: int, k: int, limit: int, head: int) -> int:
        """One past what token ``k`` adds to the phrase, or ``k`` if the phrase ends before it."""
        g, view = self.grammar, self.view
        if view.key[k] == "من" and k + 1 < limit and g.is_(k + 1, "flanks"):
            return k  # مقاتلين أجانب | من طرف
        if g.number(k - 1) and g.is_(k, "selves") and g.glued_pronoun(k + 1):
            return k  # سلم ثلاثة | أنفسهم
        amount = g.number(head) or g.is_(head, "amounts") or g.is_(head, "fractions")
        near = k - 1 == head or (k - 2 == head and g.adjective(k - 1))
        if view.key[k] == "من" and near and amount and g.glued_pronoun(k + 1):
            return k + 2  # ثلاثة منهم، عدد كبير منهم
        if view.key[k] == "من" and (end := self._batch(k, limit, head)):
            return end
        counting = view.key[k] == "من" and g.is_(k - 1, "partitives")  # استشهاد عدد من الجنود
        if g.preposition(k) and not counting and any(j in self.events for j in range(first, k)):
            return self._with_complement(k, limit) if self._owned(first, k, head) else k
        partitive = g.is_(k - 1, "partitives") or (
            not self._definite(first, k) and (g.is_(head, "partitives") or self._counted(first, head))
        )
        portion = g.is_(head, "portions") or g.is_(k - 1, "portions")
        deed = k + 1 in self.events and not g.is_(head, "quantifiers") and not view.norm[k + 1].endswith("ين")
        deed = deed and self.features(view.norm[head]).number == "p"  # تمكن مسلحون | من التقدم
        if view.key[k] == "من" and self._one_and_other(k, limit, head):
            return k
        if view.key[k] == "من" and partitive and not deed and (portion or not self._place_ahead(k)):
            return self._with_complement(
                k, limit, coordinate=g.is_(head, "partitives") and not g.has_article(head)
            )
        if region := self._region(k, limit) or self._unmanned(k, limit):
            return region
        if g.preposition(k) and not g.verb(k):
            return self._past_preposition(first, k, limit, head)
        if view.key[k] == "بقياده":
            return self._with_complement(k, limit)
        if (
            view.key[k] == "و"
            and k + 1 < limit
            and g.adjective(k - 1)
            and g.adjective(k + 1)
            and g.has_article(k - 1) == g.has_article(k + 1)
            and not g.is_(k + 1, "others")  # بين طلاب إسلاميين | وآخرين من اليسار
            and not (k - 1 == head and self._plural(head) and self._plural(k + 1))  # مستوطنين | ومتطرفين
            and not self._other_side_ahead(first, k, limit)
        ):
            return k + 2
        if view.norm[k].isdigit() and g.is_(k - 1, "models") and k - 1 > head:
            return k + 1  # طائرات اف | 16
        if view.norm[k] == "-" and k + 1 < limit and view.norm[k + 1][:1].isdigit():
            return k + 2 if view.start[k] == view.end[k - 1] else k  # إف-16
        if (
            view.norm[k] in ("-", "/")
            and k + 1 < limit
            and view.ent[k - 1] >= 0
            and g.nominal(k + 1)
            and k - 1 > head
        ):
            return k + 2
        if view.norm[k] == "(" and self._bracketed(k, limit):
            return self._quoted(k, limit)  # تنظيم | (النور)
        if g.opens_quote(k) and view.norm[k] != "(" and (end := self._quoted(k, limit)):
            several = k - 1 == head and g.has_article(head) and self._several(head)
            # وقع الوزيران | «إعلان الرباط», أطلق أسيرا | «دعما للهدنة»
            return k if several or (self.accusative(k - 1) and self.accusative(k + 1)) else end
        if g.is_(k, "demonstratives") and not g.closed(k - 1) and k + 1 < limit and g.has_article(k + 1):
            return k + 2  # مكتب هذا الأخير
        if self._bearer(k, head) or (g.is_(k, "quantifiers") and g.glued_pronoun(k + 1)):
            return k
        opener = self.including(k, limit)
        if not g.nominal(k) or (opener and (opener == 1 or view.ent[k + opener] >= 0)):
            return k
        return k + 1 if self._joins(first, k, head) else k

    def _batch(self, k: int, limit: int, head: int) -> int:
        """One past «من مقاتلي الحي» of «الدفعة الأولى من مقاتلي الحي»، «قافلة من 22 شاحنة»; or 0."""
        g, at = self.grammar, k + 1
        moving = g.of_class(head, "batches") or (head + 1 < k and g.of_class(head + 1, "batches"))
        if not moving or at >= limit or self._place_ahead(k):
            return 0
        while at + 1 < limit and self._counts(at):
            at += 1
        who = self.people(self.view.norm[at]) or g.of_class(at, "moving")
        return self._with_complement(k, limit) if who and at not in self.events else 0

    def _past_preposition(self, first: int, k: int, limit: int, head: int) -> int:
        """One past the preposition at ``k`` and what it governs where they belong to the phrase, or ``k``."""
        g, view = self.grammar, self.view
        # «وزير | للدفاع», but: زيارة وزير الدفاع | للأردن
        apart = view.key[k] == "ل" and not all(g.adjective(j) for j in range(head + 1, k))
        # «الناطق باسم الحركة | بجهود الوساطة»: the head has its complement
        apart = apart or any(view.key[j] == view.key[k] for j in range(head + 1, k))
        # «قصف المعارضة السورية | للمدينة»: at the head the word for those against is a noun
        apart = apart or (view.key[k] == "ل" and g.is_(head, "opponents"))
        pairs = (f"{view.key[j]} {view.key[k]}" for j in ({k - 1} if apart else {head, k - 1}))
        # ضابطا | في الموصل، ناشطون | في بيان
        inside = view.key[k] == "في" and (self._place_ahead(k) or g.of_class(k + 1, "statements"))
        going = (
            view.key[k] == "الي" and first > 0 and g.is_(first - 1, "travelling")
        )  # وصل المبعوث | إلى صنعاء
        # لم يدل المسؤول | بتفاصيل، حوكم القائد | بتهمة
        posted = view.key[k] == "ب" and any(g.of_class(j, "post_holders") for j in (head, k - 1))
        astray = posted and not self._body_ahead(k + 1)
        wanted = k + 1 not in self.events and not inside and not going and not astray
        if wanted and any(pair in g.words["noun_prepositions"] for pair in pairs):
            if view.key[k] == "بين":
                return self._two_behind(k, limit)  # اللجنة المشتركة بين | تونس وليبيا
            if g.glued_pronoun(k + 1):
                alone = k - 1 == head and view.norm[head].endswith("ة") and view.key[k] == "ل"
                return k if alone else k + 2  # المشتبه بهم، but: تصدت المعارضة | لها
            return self._with_complement(k, limit)
        if view.key[k] == "ل" and g.is_(k + 1, "reasons") and g.glued_pronoun(k + 2):
            return k  # اعتقل شخصان | لمشاركتهما في أعمال شغب
        if (
            view.key[k] == "ل"
            and " ".join(view.key[k + 1 : k + 3]) in g.words["demands"] | g.words["objections_to"]
        ):
            return k  # أمام السجن المركزي | للمطالبة بالإفراج عن
        bound = g.closed(k - 1) or self.accusative(k - 1)
        if view.key[k] == "ل" and not bound and not self._definite(first, k):
            end = self._with_complement(k, limit)
            # «مقر للشرطة» belongs to somebody; «تعرضت قافلة | لهجوم», «تعرض شاب | للضرب» are governed by the verb
            undergone = any(g.is_(j, "undergoing") for j in range(max(0, first - _UNDERGONE), first))
            somebody = self.features(view.norm[head]).human is True and g.has_article(k + 1)
            apart = undergone or somebody or not self._definite(k + 1, end)
            return k if k + 1 in self.events and apart else end
        if view.key[k] == "ب" and k + 1 < limit and view.key[k + 1] in _UNDER:
            return self._with_complement(k, limit)
        return k

    def _body_ahead(self, k: int) -> bool:
        """«وزارة الصحة»، «الحزب»، «كتائب القسام»: what somebody can hold a post in."""
        g, view = self.grammar, self.view
        if k >= len(view) or g.has_article(k) or view.ent[k] >= 0:
            return k < len(view)
        return any(g.of_class(k, name) for name in ("bodies", "houses", "settlements", "provinces"))

    def _region(self, k: int, limit: int) -> int:
        """One past «جنوب شرقي آسيا» of «دول | جنوب شرقي آسيا», which tells which ones they are; or 0."""
        view = self.view
        if not self.grammar.is_(k - 1, "regional") or view.key[k] not in DIRECTIONS:
            return 0
        at = k + 1
        at += at < limit and view.key[at] in DIRECTIONS
        inner = self.np(at, limit) if at < limit else None
        return 0 if inner is None or view.ent_label(inner.head) not in ("GPE", "LOC") else inner.last

    def _with_complement(self, k: int, limit: int, *, coordinate: bool = False) -> int:
        inner = self.np(k + 1, limit)
        if inner is None:
            return k
        end = inner.last
        view, g = self.view, self.grammar
        while (
            coordinate
            and end + 1 < limit
            and view.key[end] == "و"
            and g.has_article(end + 1)
            and g.nominal(end + 1)
        ):
            more = self.np(end + 1, limit)
            if more is None:
                break
            end = more.last
        return end

    def _two_behind(self, k: int, limit: int) -> int:
        """One past the two phrases, or the dual, behind the «بين» at ``k``."""
        end = self._with_complement(k, limit)
        other = self.np(end + 1, limit) if k < end < limit - 1 and self.view.key[end] == "و" else None
        return other.last if other is not None else end
