"""Whether a word continues a noun phrase or begins another: definiteness, case endings, number, classes of nouns."""

from __future__ import annotations

from pipeline.events.naming import Naming

#: Folded: two, behind a dual.
TWO = frozenset({"اثنان", "اثنين", "اثنتان", "اثنتين"})
#: Folded: behind it stands the name of a rank, one word or two.
_RANK = "رتبه"
DIRECTIONS = frozenset({"شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "وسط"})


class Joining(Naming):
    """Says of each word whether it continues the noun phrase before it; the arguments are those of :class:`Concord`."""

    def _counts_others(self, k: int) -> bool:
        """The number at ``k`` counts what stands behind it: none follows an adjective, a shell or the end of a name."""
        view = self.view
        if self.grammar.is_(k - 1, "munitions") or self.grammar.is_(k - 1, "leaving"):
            return True  # قتلت قذيفة | ثلاثة أطفال، مخلفة | عشرة قتلى
        name = view.ent[k - 1] >= 0 and view.ent[k] != view.ent[k - 1] and not view.norm[k][:1].isdigit()
        return self.grammar.adjective(k - 1) or (name and k + 1 < len(view) and self.grammar.nominal(k + 1))

    def _of_body(self, head: int, k: int) -> bool:
        """«حزب الوحدة المغربي | المعارض»: an adjective of the body, though it may be somebody."""
        g = self.grammar
        masculine = self.features(self.view.norm[head]).gender == "m"
        return g.is_(k, "body_adjectives") and g.of_class(head, "bodies") and masculine and g.closed(k - 1)

    def _dual_object(self, k: int, head: int) -> bool:
        """«ضرب انفجاران متزامنان | محطتين»: behind a nominative dual another case is another phrase."""
        norm = self.view.norm
        plain = self.view.ent[k] < 0 and not self.grammar.has_article(k)
        both = norm[head].endswith(("ان", "تان")) and norm[k - 1].endswith("ان") and k - 1 > head
        return plain and both and norm[k].endswith("ين") and self.features(norm[head]).number in ("d", None)

    def _woman_behind(self, head: int, k: int) -> bool:
        """An open word for a woman behind one man and his adjective."""
        g, norm = self.grammar, self.view.norm
        gender, number, human = self.features(norm[head])
        man = human is True and gender == "m" and number in ("s", "d")
        open_noun = norm[k].endswith("ة") and not g.has_article(k) and g.adjective(k - 1)
        return man and open_noun and self.features(norm[k]).human is True

    def _own(self, k: int) -> bool:
        """«زوجته»، «جاره»: somebody with the pronoun of whoever was said before."""
        return self.grammar.glued_pronoun(k + 1) and self.features(self.view.norm[k]).human is True

    def _place_at(self, k: int) -> bool:
        """A word for a settlement, or the name of a place."""
        return self.grammar.is_(k, "settlements") or self.view.ent_label(k) in ("GPE", "LOC", "FAC")

    def _past_town(self, k: int, head: int) -> bool:
        """«في شارع فلسطين | دورية للشرطة»، «في مطار درنة | طائرة»: no open noun qualifies a named place."""
        view, g = self.view, self.grammar
        named = k - 1 > head and view.ent_label(k - 1) in ("GPE", "LOC", "FAC") and view.ent[k] < 0
        bare = named and view.pos[k] == "NOUN" and not g.has_article(k) and not g.is_(k, "settlements")
        return bare and view.norm[k].endswith("ة") and self.people(view.norm[k])

    def _unheard_of(self, k: int, head: int) -> bool:
        """A bare word behind the head that no list knows and no deed is named by: most likely a name."""
        g, view = self.grammar, self.view
        known = self.features(view.norm[k]).number is not None or k in self.events or g.is_(k, "stopping")
        return k > head and not (known or g.has_article(k) or g.adjective(k) or view.norm[k].endswith("ة"))

    def _joins(self, first: int, k: int, head: int) -> bool:
        """Whether the nominal at ``k`` continues the phrase first … k-1."""
        g, view = self.grammar, self.view
        if self._name_goes_on(first, k) or self._town_named(k, head) or self._faithful(k):
            return True
        if self._participating(first, k):
            return True
        if self._begins_another(first, k, head) or g.is_(k, "answering"):
            return False
        if k - 2 > first and _RANK in view.key[k - 2]:
            return g.is_(k, "rank_tails")  # ضابط برتبة رائد | سائقا
        if k - 1 > first and view.norm[k - 1] in '")':
            return g.has_article(k) and g.adjective(k)  # تحاصر كتائب "النور" | بلدتي سرمين وبنش
        if k - 2 > first and view.key[k - 1] == "طيار" and g.is_(k - 2, "without"):
            return g.adjective(k) and not g.has_article(k)  # طائرة بدون طيار | القيادي فلان
        if view.key[k] in TWO and view.norm[k - 1].endswith(("ين", "ان")):
            return view.key[k + 1 : k + 2] != ("من",)  # مهربين اثنين, but: خطف مسلحان | اثنين من السياح
        if self._dual_object(k, head):
            return False
        if self._past_town(k, head):
            return False
        if k in self.events and g.glued_pronoun(k + 1) and self._unheard_of(k - 1, head):
            return False  # صعدت مقاومة آزال | هجماتها
        definite = self._definite(first, k)
        if g.nominative(k) and g.has_article(k) and not definite and view.ent[k] < 0:
            return False  # يهاجمها بانتظام | المتمردون: no genitive, and no adjective of an open noun
        if g.of_class(head, "moving") and self._place_at(k):
            return False  # وصلت خمس شاحنات | مخيم زمزم
        qualified = k - 2 == head and g.adjective(k - 1) and g.has_article(k - 1)
        bare = g.has_article(head) and g.has_article(k) and g.is_(k, "settlements")
        if bare and (k - 1 == head or qualified):
            return False  # دخلت القوات | البلدة، عبرت الكتيبة الثالثة | الحدود
        if self.accusative(k) and (k in self.events or not self._indefinite_accusative(head, k)):
            return False  # ثلاثة سجناء | شنقا، انتحاري | تجمعا
        if (k - 1 == head and self._calling(head, k)) or self._of_body(head, k):
            return True
        if g.has_article(k) and view.pos[k] == "NUM" and g.has_article(k - 1) and self._plural(k - 1):
            return True  # المهاجمين الأربعة
        nominative = g.nominative(k - 1) and view.ent_label(k - 1) in ("", "NORP")
        if nominative and k - 1 == head and view.ent[k] < 0:
            return view.norm[k].endswith("ون") or self.nationality(
                view.norm[k]
            )  # مسلحون مجهولون، مزارعون هنود
        if k - 1 > head and nominative and view.ent[k] < 0 and not definite:
            return g.nominative(k)  # مسلحون مجهولون | دورية، رجال أمن يمنيون | أجانب
        if view.pos[k - 1] == "PROPN" and k - 1 == head and view.ent[head] < 0 and g.glued_pronoun(k + 1):
            return False  # اتهمت مالي | جارتها
        if definite and self._somebody_else(first, k, head):
            return False
        if k - 1 == head and g.is_(head, "plain_persons") and self._own(k):
            return False  # قتل رجل | زوجته
        if k - 1 == head and self._many(head) and not definite and self.nationality(view.norm[k]):
            return True  # مقاتلين أكراد
        if k - 2 == head and self.nationality(view.norm[k - 1]) and self._many(head):
            return g.adjective(k)  # ناشطون مغاربة | شركات
        if g.has_article(k) and self._many(k) and (view.ent[k] < 0 or view.ent[k] != view.ent[k - 1]):
            # الرئيس العراقي | المتظاهرين، الجيش | المسلحين: a plural qualifies no singular
            if view.ent_label(k - 1) == "ORG" and view.ent[k - 1] == view.ent[head]:
                return False  # الأمم المتحدة | المانحين
            if (
                g.adjective(k - 1)
                and k - 1 > head
                and not self._plural(k - 1)
                and not view.norm[k - 1].endswith("ة")
            ):
                return False
            if definite and self._nobody_many(head, k):
                return False  # سلطات الاحتلال | الفلسطينيين
        if g.is_(k, "quantifiers") and k - 1 == head and g.is_(head, "lone_agents"):
            return False  # اغتصب جنود | عشرات النساء
        if view.ent_label(k) == "FAC" and self._begins_name(k) and g.closed(k - 1):
            return False  # اقتحم عشرات المستوطنين | المسجد الأقصى
        if view.ent_label(k) == "ORG" and self._begins_name(k) and view.ent_label(k - 1) in ("GPE", "PER"):
            return False  # زودت إيران | الحوثيين
        if k - 1 == head and g.is_(head, "lone_agents") and view.norm[k].endswith("ة") and not definite:
            gender, number, _ = self.features(view.norm[head])
            if gender == "m" and number in ("s", "d"):
                return False  # هاجم مسلح | دورية
        if not definite and k - 1 > head and self._woman_behind(head, k):
            return False  # ضرب شاب فلسطيني | صحافية
        if g.is_(k, "qualities") and g.has_article(k) and not g.closed(k - 1) and not definite:
            return True  # سيارة رباعية الدفع، جثة مجهولة الهوية
        alone = (
            k - 1 == head
            and g.adjective(head)
            and not g.has_article(head)
            and self.nationality(view.norm[head])
        )
        if alone and not g.has_article(k) and not g.adjective(k) and view.ent[k] < 0:
            return False  # «يعتقد أنها أميركية | سيارة»: a nationality governs nothing
        if g.number(k) and not g.has_article(k) and not g.number(k - 1) and self._counts_others(k):
            return False  # دورية عسكرية | أربعة جنود، سجن الرملة | أربعة رجال
        if k - 1 > head and not definite and self._no_feminine(k) and self._feminine_so_far(head, k):
            return False  # عصابة مسلحة | تلاميذ، قوات خاصة أمريكية | مدنيين
        if k - 1 == head and g.is_(head, "lone_agents") and not definite and self._single_thing(head, k):
            return False  # رشق شبان | دورية
        if self.accusative(k - 1) and not definite and not self._accusative_too(k):
            return False  # حشدا غاضبا | سحل عاملا: neither a genitive nor an adjective
        if k - 1 == head and not definite and g.nominative(k) and self._many(head) and view.ent[k] < 0:
            return not g.has_article(k)  # شبان غاضبون، whatever the tagger takes the second for
        if g.adjective(k) and not (view.ent_label(k) in ("PER", "GPE", "ORG") and self._begins_name(k)):
            if g.has_article(k) == definite:
                return True
            # «فصائل المعارضة»: after an open noun a definite «adjective» is its genitive
            return not g.closed(k - 1) and (not g.has_article(k) or not g.adjective(k - 1))
        if view.ent_label(k) == "NORP" and g.has_article(k) == definite:
            return True
        if (
            self._plural(k - 1)
            and g.has_article(k - 1)
            and g.has_article(k)
            and self.nationality(view.norm[k])
        ):
            return True  # الصحافيين الروس: a broken plural that the tagger took for a noun
        if self.accusative(k) and view.pos[k - 1] != "NUM" and not view.norm[k - 1][:1].isdigit():
            return False  # طعن شاب | شرطيا
        if k - 1 == head and not definite and g.is_(k, "near_ones") and g.glued_pronoun(k + 1):
            return False  # قتل رجل | زوجته، طعن شاب | والده
        governed = (
            first > 0 and g.preposition(first - 1) and not self._plural(head)
        )  # مع ميليشيا | ثوار المدينة
        unbound = k - 1 == head and g.is_(head, "lone_agents") and not governed
        if unbound and not g.has_article(k):
            return False  # خطف قراصنة | سفينة شحن
        if view.pos[k - 1] == "PROPN" and self._plural(k) and not g.has_article(k) and view.ent[k] < 0:
            return False  # عذب حراس سجن أبو سليم | معتقلين
        titles = g.words["titles"] | g.words["personal_titles"]
        title = any(view.key[j] in titles or g.dual_office(j) for j in range(first, k))
        title = title or self._one_person(first, k, head)
        if view.key[k - 1] in g.words["titles"] and view.ent_label(k) in ("GPE", "LOC", "ORG"):
            # العاصمة دمشق، أمير قطر, but: اتهم الوزير | حزب الأمة
            return not g.has_article(k - 1) or self.features(view.norm[k - 1])[2] is not True
        if view.ent_label(k) == "PER" and self._two_named(head, k):
            return True
        if view.ent_label(k) == "PER":
            return title or not g.closed(k - 1) or (k - 1 == head and self._epithet(head))
        if title and (g.has_article(k) and view.key[k] in g.words["titles"]):
            # «الرئيس السيد فلان», but: رئيس الحكومة | السفير الأميركي
            return not g.closed(k - 1) or (k + 1 < len(view) and view.ent_label(k + 1) == "PER")
        if g.punct(k - 1) and g.has_article(k) and k - 1 > first:
            return False  # نفت «القدس العربي» | التهم
        if view.norm[k][:1].isdigit() and view.ent[k - 1] < 0:
            if k + 1 < len(view) and g.nominal(k + 1) and not g.has_article(k + 1):
                return False  # «نفذها في شمال البلاد | 178 شخصا»
            return g.has_article(k - 1) and view.pos[k - 1] == "NOUN" and k - 1 == head
        if (
            view.norm[k][-2:] in ("ون", "ين", "ان")
            and len(view.norm[k]) > 5
            and view.norm[k - 1][-2:] == view.norm[k][-2:]
            and not definite
        ):
            return True  # مسلحون مجهولون
        if g.closed(k - 1):
            # A definite noun after a definite one is an adjective that the tagger took for a noun, or a new phrase.
            if view.ent[k - 1] >= 0 and view.ent[k] < 0 and self._after_name(k, head):
                return False
            return (
                g.has_article(k)
                and definite
                and k not in self.events
                and not g.is_(k, "never_adjectives")
                and view.head[k] in range(first, k)
                and view.dep[k] in ("amod", "appos", "flat")
                and view.head[k] == (k - 2 if g.glued_pronoun(k - 1) else k - 1)  # أبنائها المحتجزين
            )
        if g.adjective(k - 1) and k - 1 > head:
            if view.norm[k - 1].endswith(("ي", "ية")) or self.features(view.norm[k - 1]).human is True:
                return False  # جماعة مسلحة | المدينة، قوات حكومية | المطار
            # رفيع المستوى، قصيرة المدى, but: حشود غاضبة | السفارة
            somebody = self._begins_name(k) or self.people(view.norm[k])
            return not definite and g.has_article(k) and view.head[k] == k - 1 and not somebody
        return True
