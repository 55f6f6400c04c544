"""Of what kind a noun phrase is: a place, somebody armed, civilians, officials, a thing, a number."""

from __future__ import annotations

from pipeline.events.nounphrases import NP
from pipeline.events.portions import Portions
from pipeline.events.view import View
from pipeline.events.words import number_words, word_classes
from pipeline.resolve.actor import ActorContext, ActorResolver, ResolvedActor, is_nationality
from pipeline.resolve.place import PlaceResolver

ARMED = frozenset({"MIL", "COP", "REB", "UAF", "SPY"})
CIVILIAN = frozenset({"CVL", "REF"})
STATE = frozenset({"GOV", "LEG", "JUD"})
#: Roles of those who hold power or contend for it.
OFFICES = frozenset({"GOV", "MIL", "COP", "OPP", "REB", "UAF", "JUD", "PTY", "IGO", "LEG", "SPY"})
#: Roles whose people are civilians where the word for them says the role, though their bodies are none.
_UNARMED = frozenset({"OPP", "BUS"})
#: Classes that a word tells, with its class of words.
_TOLD = {
    "crowd": "crowds",
    "aircraft": "aircraft",
    "drone": "drones",
    "bomber": "bombers",
    "captive": "captives",
}
#: What stands before a noun to say which of its kind, and leaves the kind as it is.
_FOREMOST = frozenset({"آخر", "أول", "أولى"})


class Classification(Portions):
    """Classes of the phrases of one article; answers are cached by phrase.

    Args:
        view: the article.
        actors, places: the resolvers; ``context`` is the article's actor context.
    """

    def __init__(
        self, view: View, actors: ActorResolver, places: PlaceResolver, context: ActorContext
    ) -> None:
        super().__init__(view, places)
        self.actors = actors
        self.context = context
        self._classes: dict[tuple[int, int, int], frozenset[str]] = {}
        #: «الشبكة» after «شبكة أطباء السودان»: what the first word of an organisation's name says with the article.
        self._bodies = frozenset(
            "ال" + view.norm[first]
            for label, first, last, _ in view.ents
            if label == "ORG" and last - first > 1 and not view.norm[first].startswith("ال")
        )

    def settle(self, np: NP, classes: frozenset[str]) -> None:
        """Says what a phrase denotes, where the words around it tell more than it does by itself."""
        self._classes[np.first, np.last, np.head] = classes

    def settle_town(self, np: NP) -> None:
        """Says that a phrase is the name of a settlement, whatever its words may mean."""
        self.settle(np, frozenset({"place"}))
        self._listed.add((np.first, np.last))

    def text(self, np: NP) -> str:
        """The phrase as written."""
        return self.view.surface(np.first, np.last)

    def classes(self, np: NP) -> frozenset[str]:
        """Classes of :data:`pipeline.knowledge.events.CLASSES` that the phrase belongs to."""
        key = (np.first, np.last, np.head)
        if key not in self._classes:
            self._classes[key] = self._classify(np)
        return self._classes[key]

    def _classify(self, np: NP) -> frozenset[str]:
        view = self.view
        if view.norm[np.first] in _FOREMOST and np.last - np.first > 1:
            head = max(np.head, np.first + 1)  # «آخر رتل من القوات»: of the kind of what it is the last of
            return self.classes(NP(np.first + 1, np.last, head))
        if (them := self.part_of_them(np)) is not None:
            return them
        if self.own_country(np):
            return frozenset({"actor", "state"})
        if (inside := self.within(np)) is not None and "actor" in self.classes(inside):
            return self.classes(inside)
        text = self.text(np)
        found: set[str] = set()
        styled = view.key[np.head] in word_classes()["styles"]  # «فضيلة الإمام | فلان»
        office = view.key[np.head].removeprefix("ال") in word_classes()["offices"]
        styled = styled or (office and view.ent_label(np.last - 1) == "PER")  # «المقرر الخاص | فلان»
        label = view.ent_label(np.last - 1 if styled else np.head)
        if label in ("GPE", "LOC") and self._mistaken_place(np):
            label = "ORG"
        if view.key[np.head] in word_classes()["charged"] | word_classes()["masses"]:
            if view.key[np.first] in word_classes()["masses"] and self._armed_among(np):
                return frozenset({"actor", "human", "armed", "number"})
            return frozenset({"actor", "human", "civilian"})
        if any(view.norm[i][:1].isdigit() or view.pos[i] == "NUM" for i in range(np.first, np.last)):
            found.add("number")
        if view.key[np.first] in word_classes()["amounts"] | number_words():
            counted = self._counted(np)
            if counted is not None:
                return counted
            found.add("number")  # عددا من المارة، اثنان
        if self._others(np):
            found |= {"actor", "human", "armed", "civilian"}  # «ستة آخرون»، «عدد منهم»: anybody
        if "crowd" in self.told(np):
            found.add("crowd")
        actor_like = self.actors.is_actor_like(text) or label in ("PER", "ORG", "NORP", "UNIT")
        actor_like = actor_like or view.norm[np.head] in self._bodies
        actor_like = actor_like or view.key[np.head] in word_classes()["two_sides"]  # «وقع البلدان»
        place_like = label in ("GPE", "LOC", "FAC", "UNIT") or self._denotes_place(np)
        place_like = place_like or self._short_name(np)
        if actor_like and not (place_like and label in ("GPE", "LOC", "FAC")):
            resolved = self.resolved(np)
            found.add("actor")
            if resolved.role in ARMED or (resolved.role == "IGO" and self._own_role(np) in ARMED):
                found |= {"armed", "human"}
            elif resolved.role in CIVILIAN or (resolved.role == "MED" and self._person(text)):
                found |= {"civilian", "human"}  # «صحفي» too
            elif resolved.role in _UNARMED and self._person(text) and self._own_role(np) == resolved.role:
                found |= {"civilian", "human"}  # «معارضون», «تجار»; not «عناصر الحركة»
            elif resolved.role in STATE or resolved.label == "state":
                found.add("state")
            somebody = "state" not in found and self._person(
                text
            )  # «مهربان»، «ثلاثة حراس»: whatever their part is
            if label == "PER" or resolved.label in ("person", "civilians") or somebody:
                found.add("human")
            writes = view.key[np.head].removeprefix("ال") in word_classes()["writers"]
            if label == "PER" or writes or (resolved.label == "person" and resolved.role not in ARMED):
                found.add("speaker")
        if place_like and (not actor_like or label in ("GPE", "LOC", "FAC", "UNIT")):
            found.add("place")
            # A country or capital may act; the frame's position says whether it does.
            state = self._state(np)
            if label == "GPE" and self.actors.acts_as_government(state) is not None:
                found |= {"actor", "state"}
                if any(p.kind == "country" for p in self.places.gazetteer.lookup(state)[:1]):
                    found.add("country")
            elif np.last - np.first == 1 and view.key[np.head] in word_classes()["realms"]:
                found |= {"actor", "state", "country"}
            elif label == "FAC" and view.key[np.head] in word_classes()["bodies"]:
                found.add("actor")  # «جامعة الملك سعود»
        if "actor" not in found and self._speaks(np):
            found = {"actor"}
        if not found & {"actor", "place"}:
            found.add("thing")
        return frozenset(found)

    def _speaks(self, np: NP) -> bool:
        """«دعا | المركز»، «نفاه | مكتب رئيس الوزراء»: a body called by its house, behind a verb of what speakers do."""
        view, before = self.view, np.first - 1
        if view.key[np.first].removeprefix("ال") not in word_classes()["speaking_houses"] or before < 0:
            return False
        before -= view.glued[before] and view.key[before] in word_classes()["pronouns"]
        whole = np.last - np.first > 1 or view.norm[np.first].startswith("ال")
        return whole and before >= 0 and view.key[before] in word_classes()["pleading"]

    def _armed_among(self, np: NP) -> bool:
        """«العشرات من ميليشيات الحوثي»: those who are counted bear arms."""
        behind = self.view.key[np.first + 1 : np.first + 2] == ("من",) and np.first + 2 < np.last
        return behind and "armed" in self.classes(NP(np.first + 2, np.last, np.first + 2))

    def _counted(self, np: NP) -> frozenset[str] | None:
        """«عدد من الأجهزة»: a number of things is no number of people; None where anybody may be counted."""
        keys = self.view.key[np.first + 1 : np.last]
        things = len(keys) > 1 and keys[1].removeprefix("ال") in word_classes()["countables"]
        return frozenset({"thing"}) if things and keys[0] == "من" else None

    def _state(self, np: NP) -> str:
        """The name that heads the phrase, without the adjectives behind it: «المملكة المغربية | الشقيقة»."""
        entity = self.view.ent[np.head]
        alone = np.first == np.head and entity >= 0 and self.view.ents[entity][1] == np.head
        last = self.view.ents[entity][2] if alone else np.last
        plain = all(self.view.pos[i] == "ADJ" for i in range(last, np.last))
        return self.view.surface(np.first, last) if plain and last <= np.last else self.text(np)

    def _own_role(self, np: NP) -> str | None:
        """The role that the head of the phrase has by itself."""
        return self.actors.resolve(self.view.norm[np.head], self.view.start[np.head], self.context).role

    def _person(self, text: str) -> bool:
        return self.actors.head_features(text).human is True

    def _mistaken_place(self, np: NP) -> bool:
        """«طالبان»: taken for a place by the tagger, an actor for the knowledge, and nowhere in the gazetteer."""
        text, head = self.text(np), self.view.norm[np.head]
        _, number, human = self.actors.head_features(head)
        if number == "p" and human is True and not head.startswith("ال"):
            return is_nationality(head)  # «أتراك»: people, and no country
        if self.places.is_place(text) or self.actors.acts_as_government(text) is not None:
            return False
        if head.endswith("يا") and is_nationality(head[:-1]):
            return True  # «قتلوا صينيا»: no country
        return self.actors.is_actor_like(text) and self.resolved(np).actor_id is not None

    def told(self, np: NP) -> frozenset[str]:
        """The classes that one word of the phrase tells: crowds, aircraft, suicide bombers, captives."""
        keys = {self.view.key[i].removeprefix("ال") for i in range(np.first, np.last)}
        told = {name for name, words in _TOLD.items() if not keys.isdisjoint(word_classes()[words])}
        if self.convoy(np):
            told.add("convoy")
        if self._delegate(np):
            told.add("delegate")
        return frozenset(told)

    def _delegate(self, np: NP) -> bool:
        """«المبعوث الأممي»، «وفد الحركة»: whoever travels for a state, a party or a body."""
        if self.view.key[np.head].removeprefix("ال") in word_classes()["delegations"]:
            return True
        found = self.resolved(np)
        return found.label == "person" and found.role in OFFICES

    def _others(self, np: NP) -> bool:
        """«ستة آخرون»، «عدد منهم»; not «مناطق أخرى», where the noun says what the others are."""
        if not any(self._stands_for_people(i, np) for i in range(np.first, np.last)):
            return False
        key = self.view.key[np.head].removeprefix("ال")
        if key in word_classes()["times_more"]:
            return False  # «مرة أخرى»
        return key not in word_classes()["settlements"] and not self._heads_place(np.head)

    def _stands_for_people(self, i: int, np: NP) -> bool:
        """«ستة آخرون»; not the «آخر» of «آخر هجوم», nor the second thing of «عجلة وأخرى»."""
        if self.view.key[i] not in word_classes()["others"]:
            return False
        if i > np.head and self.view.norm[i] in ("آخر", "أخرى"):
            return False  # «كلب آخر»: the noun says what it is
        last = i == np.first and np.last > i + 1 and self.view.norm[i] == "آخر"
        return not last and not (i > np.first and self.view.key[i - 1] == "و")

    def resolved(self, np: NP) -> ResolvedActor:
        """Whom the phrase means, as far as the article says."""
        return self.actors.resolve(self.text(np), self.view.start[np.first], self.context)
