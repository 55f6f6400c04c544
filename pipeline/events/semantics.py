"""What the event rules ask of a phrase: whether it acts, suffers, is a place that can be struck."""

from __future__ import annotations

from functools import cached_property

from pipeline.events.classification import OFFICES, Classification
from pipeline.events.nounphrases import NP
from pipeline.events.words import number_words, word_classes

#: Roles of those who take part in public life besides.
_PUBLIC = OFFICES | {"NGO", "MED", "REF"}
#: Words that a title in front of a name may have.
_TITLE = 6


class Semantics(Classification):
    """What the event rules ask of the phrases of one article; the arguments are those of :class:`Classification`."""

    def place(self, np: NP) -> bool:
        """The phrase denotes a place."""
        return "place" in self.classes(np)

    def acts(self, np: NP) -> bool:
        """Where actor and place are both possible: a country acts («هجوم إسرائيل»), a city is where («هجوم حمص»)."""
        classes = self.classes(np)
        return "actor" in classes and ("place" not in classes or "country" in classes)

    def site(self, np: NP) -> bool:
        """A place that can be struck as a target: a facility, position, unit, not a settlement, region or road."""
        key = self.view.key[np.head]
        bare = key[2:] if key.startswith("ال") else key
        areas = word_classes()["settlements"] | word_classes()["ways"] | word_classes()["provinces"]
        area = not {key, bare}.isdisjoint(areas)
        area = (area and key not in word_classes()["homes"]) or self._short_name(np)
        return self.place(np) and self.view.ent_label(np.head) not in ("GPE", "LOC") and not area

    def suffers(self, np: NP) -> bool:
        """People who are neither armed nor in power."""
        classes = self.classes(np)
        return "human" in classes and not classes & {"armed", "state", "place"}

    def actor(self, np: NP) -> bool:
        """The phrase denotes somebody who can act."""
        return "actor" in self.classes(np)

    def of_them(self, doer: NP, sufferer: NP) -> bool:
        """«حملة للمتمردين أسفرت عن مقتل ستة من المتمردين»: who suffers is of the party that is to have done it."""
        norm = self.view.norm
        words = {norm[i] for i in range(doer.head, doer.last) if norm[i].startswith("ال")}
        return any(norm[i] in words for i in range(sufferer.head + 1, sufferer.last))

    def public(self, np: NP) -> bool:
        """Somebody of public life: in office or power, a body of states or citizens, a country, people of one."""
        found = self.resolved(np)
        if found.role in _PUBLIC or found.country is not None or self.classes(np) & {"state", "crowd"}:
            return True
        return self.view.ent_label(np.last - 1) == "PER" and self.view.key[np.last - 1] in self._officials

    @cached_property
    def _officials(self) -> frozenset[str]:
        """Last names of people whom the article introduces by their office («وزير الدفاع العراقي، خالد العبيدي»)."""
        view, found = self.view, set()
        for label, first, last, _ in view.ents:
            before = first - 2 if first and view.norm[first - 1] in "،," else first - 1
            if label != "PER" or before < 0 or view.sent[before] != view.sent[first]:
                continue
            begin = max(view.sents[view.sent[first]][0], before - _TITLE + 1)
            for k in range(before, begin - 1, -1):
                office = self.actors.resolve(view.surface(k, before + 1), view.start[k], self.context)
                if office.label == "person" and office.role in OFFICES:
                    found.add(view.key[last - 1])
                    break
        return frozenset(found)

    def inert(self, np: NP) -> bool:
        """What the knowledge knows neither as somebody nor as arms: an idea, a deed, a thing does nothing."""
        if not self.classes(np) <= {"thing", "number"} or self.convoy(np):
            return False
        words = word_classes()
        known = words["means"] | words["sides"] | words["others"] | words["pronouns"]
        keys = self.view.key[np.first : np.last]
        if any(key in known or key.removeprefix("ال") in known for key in keys):
            return False
        count = [key for key in keys if key not in ("(", ")")]
        if all(key in number_words() or key.isdigit() for key in count):
            return False  # «ولاذ | اثنان | بالفرار»، «سلم | (5) | أنفسهم»: so many of those said before
        norm = self.view.norm[np.head]
        people = len(norm) > 5 and norm.endswith(("ون", "ين")) and not norm.endswith("تين")
        people = people or (len(norm) > 4 and norm.endswith("و") and np.last > np.head + 1)  # دائنو اليونان
        name = any(self.view.ent[i] >= 0 or self.view.pos[i] == "PROPN" for i in range(np.first, np.last))
        if people or name:
            return False  # a regular plural of the masculine counts people
        found = self.resolved(np)
        return found.role is None and found.country is None and found.label == "unknown"
