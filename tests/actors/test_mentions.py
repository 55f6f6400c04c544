"""The mentions of an article: what a short form, a surname or a pronoun finds among them, and at what cost."""

from __future__ import annotations

from pipeline.resolve.actor_mentions import Mentioned, Mentions
from pipeline.resolve.actor_types import HeadFeatures, ResolvedActor

FEATURES = HeadFeatures("f", "s", None)


def mention(start: int, name: str, *, actor_id: str | None = None, heads: tuple[str, ...] = ()) -> Mentioned:
    keys = tuple(name.split())
    actor = ResolvedActor(name, "militia", "YEM", "MIL", actor_id, "test")
    return Mentioned(start, keys, frozenset(heads), frozenset({keys[-1:]}), actor, FEATURES)


def filled(*found: Mentioned) -> Mentions:
    mentions = Mentions()
    for one in found:
        mentions.add(one)
    return mentions


def test_the_last_before_is_found_by_any_of_its_keys() -> None:
    one, two, three = mention(5, "a b", heads=("h",)), mention(50, "c d", heads=("h",)), mention(90, "a d")
    mentions = filled(one, two, three)
    assert mentions.back(60, *mentions.of_heads(["h"])) == (two, "back")
    assert mentions.back(60, mentions.of_short(("b",)), *mentions.of_heads(["h"])) == (two, "back")
    assert mentions.back(40, *mentions.of_heads(["h"])) == (one, "back")
    assert mentions.back(95, mentions.of_beginning(("a",))) == (three, "back")
    assert mentions.back(95, mentions.of_beginning(("a", "d"))) is None, "nothing beyond the words asked for"
    assert mentions.back(60, *mentions.of_heads(["h"]), fits=lambda m: m is one) == (one, "back")
    assert mentions.back(60, mentions.of_short(("x",))) is None


def test_what_comes_after_counts_where_it_is_one_known_actor() -> None:
    alone = filled(mention(50, "a b", actor_id="x"), mention(70, "a b", actor_id="x"))
    assert alone.back(10, alone.of_short(("b",))) == (next(iter(alone)), "ahead")
    two = filled(mention(50, "a b", actor_id="x"), mention(70, "c b", actor_id="y"))
    assert two.back(10, two.of_short(("b",))) is None
    unknown = filled(mention(50, "a b"))
    assert unknown.back(10, unknown.of_short(("b",))) is None


def test_near_ones_come_the_last_first() -> None:
    mentions = filled(*(mention(at, "a") for at in (0, 100, 200, 300)))
    assert [m.start for m in mentions.near(300, 200)] == [200, 100]
    assert list(mentions.near(0, 200)) == []


def test_a_look_does_not_walk_over_the_others() -> None:
    """An article of 100,000 words has some ten thousand mentions, and as many looks."""
    mentions = filled(*(mention(at, f"n{at} s{at}", heads=(f"h{at % 7}",)) for at in range(20_000)))
    asked = 0

    def fits(_: Mentioned) -> bool:
        nonlocal asked
        asked += 1
        return True

    for at in range(1, 20_000, 7):
        assert mentions.back(at, mentions.of_short((f"s{at - 1}",)), fits=fits) is not None
        assert mentions.back(at, *mentions.of_heads(["h3"]), fits=fits) is not None or at < 4
    assert asked < 4 * (20_000 / 7)
