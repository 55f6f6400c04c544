"""Short words for those who were named before: «الطرفان», «سموه», «الوزير»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.events.nounphrases import NP
from pipeline.events.slots import Argument, Filled

if TYPE_CHECKING:
    from pipeline.events.discourse import Discourse

_PAIR = 2
_FIGHT = "clash"
#: Modes of blows that one side deals another.
_BLOWS = frozenset({"attack", "shelling", "airstrike", "bombing", "raid", "shooting", "drone-strike"})


class BackReferences:
    """Puts the full mention in the place of a short one.

    Args:
        discourse: finds the antecedents of pronouns.
    """

    def __init__(self, discourse: Discourse) -> None:
        self.view = discourse.view
        self.grammar = discourse.grammar
        self.semantics = discourse.semantics
        self.discourse = discourse

    def resolve(self, events: Sequence[Filled]) -> list[Filled]:
        """The events, in the order of their triggers, with actors that are short words for others spelt out."""
        done: list[Filled] = []
        for event in sorted(events, key=lambda e: e.mention.at):
            arguments: list[Argument] = []
            for argument in event.arguments:
                told = self._told(argument, event, done) if argument.slot == "actor" else (argument,)
                taken = [a.np for a in (*arguments, *event.arguments) if a is not argument]
                arguments += [a for a in told if a is argument or a.np not in taken]
            done.append(replace(event, arguments=tuple(arguments)))
        return done

    def _told(self, argument: Argument, event: Filled, done: Sequence[Filled]) -> tuple[Argument, ...]:
        np, g = argument.np, self.grammar
        if np.last - np.first == 1 and g.is_(np.head, "two_sides"):
            sides = self._sides(np, event, done, between=argument.how == "prep:بين")
            return tuple(self._instead(argument, side) for side in sides) or (argument,)
        if np.last - np.first == 1 and self._two_of_office(np.head):
            pair = self._met(event, done)
            return tuple(self._instead(argument, side) for side in pair) or (argument,)
        if self._styled(np):
            bearer = next((n for n in self._before(np) if self._of_rank(n, np)), None)
            return (argument if bearer is None else self._instead(argument, bearer),)
        if np.last - np.first == 1 and g.has_article(np.head) and self._one_person(np.head):
            bearer = self._bearer(np, implicit=argument.implicit)
            return (argument if bearer is None else self._instead(argument, bearer),)
        return (argument,)

    def _instead(self, argument: Argument, np: NP) -> Argument:
        return replace(argument, np=np, how=f"{argument.how}:named", implicit=True)

    # ---- «الطرفان» -------------------------------------------------------------------------------------

    def _sides(self, np: NP, event: Filled, done: Sequence[Filled], *, between: bool) -> tuple[NP, ...]:
        """The two sides of the last fight, or the two that «بين» has named in the same sentence."""
        states = self.grammar.is_(np.head, "two_states")
        mutual = between and event.candidate.trigger.mode in _BLOWS  # «قصف متبادل بين الطرفين»
        if event.candidate.trigger.mode != _FIGHT and not mutual:
            # who met or agreed is said often enough, and «الجانبان» is who they are
            return self._named_between(np, "state") if states else ()
        sentence = self.view.sent[event.mention.at]
        for earlier in reversed(done):
            if sentence - self.view.sent[earlier.mention.at] > 1:
                break
            if pair := self._struck(earlier):
                return pair
            sides = tuple(dict.fromkeys(a.np for a in earlier.slot("actor") if self.semantics.actor(a.np)))
            if earlier.candidate.trigger.mode == _FIGHT and len(sides) >= _PAIR:
                return sides
        return self._named_between(np, "armed")

    def _struck(self, event: Filled) -> tuple[NP, ...]:
        """«قصف المتمردون مواقع للجيش، لتندلع معارك بين الطرفين»: those who strike, and whom."""
        if event.candidate.trigger.mode not in _BLOWS:
            return ()
        doers = [a.np for a in event.slot("actor")]
        hit = [a.np for a in event.slot("target")]
        hit += [a.np for a in event.slot("place") if a.how in ("object", "prep:علي")]  # هاجموا | حاجزا للجيش
        struck = list(dict.fromkeys(n for np in hit if (n := self._side(np)) is not None))
        if not doers or len(doers) > _PAIR or len(struck) != 1 or struck[0] in doers:
            return ()
        return (*doers, struck[0]) if all(self._fights(n) for n in doers) else ()

    def _named_between(self, short: NP, wanted: str) -> tuple[NP, ...]:
        """«توترت العلاقات بين واشنطن وموسكو … بين البلدين»: those named behind the last «بين» before."""
        view = self.view
        before = [a.np for a in self.discourse.antecedents if a.np.last <= short.first]
        for k in range(short.first - 2, -1, -1):
            if view.sent[k] != view.sent[short.first]:
                break
            if view.key[k] != "بين":
                continue
            first = next((n for n in before if n.first == k + 1), None)
            second = next((n for n in before if first is not None and self._beside(first, n)), None)
            if first is None or second is None:
                continue
            pair = (first, second)
            if all(wanted in self.semantics.classes(n) for n in pair):
                return pair
        return ()

    def _beside(self, first: NP, second: NP) -> bool:
        """Nothing but «و», a comma or another «بين» stands between the two."""
        between = self.view.key[first.last : second.first]
        return "و" in between and all(key in ("و", "بين", "،", ",") for key in between)

    def _two_of_office(self, i: int) -> bool:
        """«الرئيسان»، «الوزيرين»."""
        key, g = self.view.key[i], self.grammar
        return g.has_article(i) and key.endswith(("ان", "ين")) and key[2:-2] in g.words["offices"]

    def _met(self, event: Filled, done: Sequence[Filled]) -> tuple[NP, ...]:
        """«اتصل الرئيس فلان بنظيره فلان. وناقش الرئيسان …»: the two who met or spoke last, if they are two."""
        sentence = self.view.sent[event.mention.at]
        for earlier in reversed(done):
            if sentence - self.view.sent[earlier.mention.at] > _PAIR:
                break
            if earlier.candidate.trigger.type not in ("CONSULT", "AGREE"):
                continue
            people = [a.np for a in (*earlier.slot("actor"), *earlier.slot("target"))]
            people = [n for n in dict.fromkeys(people) if "speaker" in self.semantics.classes(n)]
            if len(people) == _PAIR:
                return people[0], people[1]
        return ()

    def _side(self, np: NP) -> NP | None:
        """Fighters themselves, or those whose positions or people they are: «مواقع | للجيش»، «مواقع | الجيش»."""
        if self._fights(np):
            return np
        for i in range(np.head + 1, np.last):
            whole = NP(i, np.last, i)
            if not self.grammar.preposition(i) and self._fights(whole):
                return whole
        return None

    def _fights(self, np: NP) -> bool:
        return "armed" in self.semantics.classes(np)

    # ---- «سموه»، «الوزير» ------------------------------------------------------------------------------

    def _styled(self, np: NP) -> bool:
        """«سموه»، «معاليه»: a style with a pronoun, which the tokeniser cuts off or not."""
        key, words = self.view.key[np.head], self.grammar.words["styles"]
        if np.last == np.head + _PAIR:
            return key in words and self.grammar.glued_pronoun(np.head + 1)
        return np.last == np.head + 1 and key[-1:] == "ه" and key[:-1] in words

    def _of_rank(self, np: NP, short: NP) -> bool:
        """The phrase names somebody and bears the style, or a title that goes with it."""
        style = self.view.key[short.head]
        style = style if style in self.grammar.words["styles"] else style[:-1]
        ranks = self.grammar.words["princely"] if style == "سمو" else self.grammar.words["offices"]
        keys = [k.removeprefix("ال") for k in self.view.key[np.first : np.last]]
        return self._named(np) and any(k == style or k in ranks for k in keys)

    def _one_person(self, i: int) -> bool:
        _, number, human = self.semantics.actors.head_features(self.view.norm[i])
        return (human is True and number == "s") or self.grammar.is_(i, "informants")

    def _bearer(self, np: NP, *, implicit: bool) -> NP | None:
        """The mention that names whom «الوزير» means; where he is said by this word, no second one may bear it."""
        key = self.view.key[np.head].removeprefix("ال")
        told = self.grammar.is_(np.head, "informants")
        found: NP | None = None
        for earlier in self._before(np):
            if self.view.key[earlier.head].removeprefix("ال") != key:
                continue
            if not (self._named(earlier) or (told and earlier.last - earlier.first > 1)):
                continue
            if implicit:
                return earlier
            if found is not None and self.view.key[found.last - 1] != self.view.key[earlier.last - 1]:
                return None
            found = found or earlier
        return found

    def _named(self, np: NP) -> bool:
        return any(self.view.ent_label(i) == "PER" for i in range(np.first, np.last))

    def _before(self, np: NP) -> Iterator[NP]:
        """The mentions before a phrase, nearest first."""
        for antecedent in reversed(self.discourse.antecedents):
            if antecedent.np.last <= np.first:
                yield antecedent.np
