"""What is counted for every matched and unmatched mention, by article and by sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.evaluation.articles import Case
from pipeline.evaluation.gold import GoldEvent
from pipeline.evaluation.matching import Match, event_type, match_events, match_slot
from pipeline.evaluation.sentences import sentence_starts
from pipeline.evaluation.words import same_time
from pipeline.records import EventRecord

SLOTS = ("actors", "targets", "places")
VALUES = ("asserted", "reported", "planned", "hypothetical", "negated")
#: Everything with gold, found and hit; the accuracies have gold and hit.
COUNTED = ("event", *SLOTS, "time", "attribution", "type", "mode", "assertion", *(f"={v}" for v in VALUES))


@dataclass(frozen=True, slots=True)
class SlotError:
    """A slot of a matched pair that differs: what the gold has and was not found, what was found and is not gold."""

    slot: str
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold event and its record; ``errors`` are the differences that count, empty when all is right."""

    event: GoldEvent
    record: EventRecord
    near: bool
    errors: tuple[SlotError, ...]


@dataclass(frozen=True)
class Outcome:
    """A scored article: the pairs, what was missed, what was a false alarm. ``core: false`` mentions are in
    ``ignored`` (matched) or nowhere (unmatched); ``counts`` has one counter a sentence."""

    case: Case
    pairs: tuple[Pair, ...]
    ignored: tuple[Pair, ...]
    misses: tuple[GoldEvent, ...]
    false_alarms: tuple[EventRecord, ...]
    counts: tuple[Counter[str], ...]

    @cached_property
    def total(self) -> Counter[str]:
        """The counts of the whole article."""
        total: Counter[str] = Counter()
        for counts in self.counts:
            total.update(counts)
        return total


def score_case(case: Case, *, merge_reported: bool) -> Outcome:
    """Match and count one article."""
    matches = match_events(case)
    gold, records = case.gold.events, case.records
    starts = sentence_starts(case.text)
    counts: tuple[Counter[str], ...] = tuple(Counter() for _ in starts)

    def sentence(offset: int) -> Counter[str]:
        return counts[bisect_right(starts, offset) - 1]

    pairs: list[Pair] = []
    ignored: list[Pair] = []
    for match in matches:
        event, record = gold[match.gold], records[match.record]
        counter: Counter[str] = sentence(event.trigger.start) if event.core else Counter()
        errors = tuple(_compare(case, event, record, counter, merge_reported))
        (pairs if event.core else ignored).append(Pair(event, record, match.near, errors))
    misses = _unmatched(gold, matches)
    false_alarms = _left(records, matches)
    for missed in misses:
        sentence(missed.trigger.start)["event.gold"] += 1
    for alarm in false_alarms:
        sentence(alarm.trigger.start)["event.found"] += 1
    return Outcome(case, tuple(pairs), tuple(ignored), misses, false_alarms, counts)


def _unmatched(gold: Sequence[GoldEvent], matches: Sequence[Match]) -> tuple[GoldEvent, ...]:
    used = {m.gold for m in matches}
    return tuple(e for n, e in enumerate(gold) if n not in used and e.core)


def _left(records: Sequence[EventRecord], matches: Sequence[Match]) -> tuple[EventRecord, ...]:
    used = {m.record for m in matches}
    return tuple(r for n, r in enumerate(records) if n not in used)


def _compare(
    case: Case, event: GoldEvent, record: EventRecord, counter: Counter[str], merge: bool
) -> Iterator[SlotError]:
    """Count a matched pair into ``counter`` and tell its errors."""
    counter.update({"event.gold": 1, "event.found": 1, "event.hit": 1})
    gold_type = event_type(event, case.gold, case.records)
    yield from _value("type", gold_type, record.type, counter)
    yield from _value("mode", event.mode, record.mode, counter)
    for slot in SLOTS:
        gold = [span.text for span in getattr(event, slot)]
        found = [span.text for span in getattr(record, slot)]
        yield from _slot(slot, gold, found, counter)
    if event.iso is not None:
        hit = record.time is not None and same_time(event.iso, record.time)
        counter.update({"time.gold": 1, "time.found": record.time is not None, "time.hit": hit})
        if not hit:
            yield SlotError("time", (event.iso,), (record.time,) if record.time is not None else ())
    cited = [event.attributed_to.text] if event.attributed_to is not None else []
    yield from _slot("attribution", cited, [record.attribution.text] if record.attribution else [], counter)
    gold_value, found_value = _merged(event.assertion, merge), _merged(record.assertion, merge)
    yield from _value("assertion", gold_value, found_value, counter)
    counter.update({f"={gold_value}.gold": 1})
    counter.update({f"={found_value}.found": 1})
    counter.update({f"={gold_value}.hit": gold_value == found_value})


def _merged(value: str, merge: bool) -> str:
    return "asserted" if merge and value == "reported" else value


def _value(name: str, gold: str, found: str, counter: Counter[str]) -> Iterator[SlotError]:
    counter.update({f"{name}.gold": 1, f"{name}.found": 1, f"{name}.hit": gold == found})
    if gold != found:
        yield SlotError(name, (gold,), (found,))


def _slot(name: str, gold: Sequence[str], found: Sequence[str], counter: Counter[str]) -> Iterator[SlotError]:
    pairs = match_slot(gold, found)
    counter.update({f"{name}.gold": len(gold), f"{name}.found": len(found), f"{name}.hit": len(pairs)})
    missed = tuple(text for n, text in enumerate(gold) if n not in {i for i, _ in pairs})
    wrong = tuple(text for n, text in enumerate(found) if n not in {j for _, j in pairs})
    if missed or wrong:
        yield SlotError(name, missed, wrong)
