"""Counting in a bounded space: what is commonest, and the records at either end of the scale of confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.records import EventRecord, Place


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of counts: what is counted, how many events, and the commonest modes among them.

    ``english`` is another name of what is counted.
    """

    names: tuple[str, ...]
    events: int
    modes: tuple[tuple[str, int], ...] = ()
    english: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with coordinates (WGS 84 degrees) and how many events it has; ``area`` where it stands for a country."""

    lat: float
    lon: float
    name: str
    name_en: str | None
    country: str | None
    area: bool
    events: int


def ranked(counts: Mapping[Any, int]) -> tuple[tuple[Any, int], ...]:
    """Keys and counts, the commonest first, ties by key."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


class Tally:
    """Events by key, with the modes that go with each key."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._modes: dict[tuple[str, ...], Counter[str]] = {}

    def add(self, mode: str, *names: str) -> None:
        """One more event of ``mode``."""
        self._counts[names] += 1
        self._modes.setdefault(names, Counter())[mode] += 1

    def rows(self, limit: int | None = None, *, modes: int | None = 3) -> tuple[Row, ...]:
        """The commonest, with their commonest modes; None for all."""
        return tuple(
            Row(names, count, ranked(self._modes[names])[:modes])
            for names, count in ranked(self._counts)[:limit]
        )


class Places:
    """Events by place. A place is its gazetteer entry; without one, its text."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._drawn: Counter[str] = Counter()
        self._texts: dict[str, Counter[str]] = {}
        self._first: dict[str, Place] = {}

    def add(self, record: EventRecord, main: Place | None) -> None:
        """Enter all places of a record once each; ``main`` is the one that it is drawn at."""
        for key in {self._key(place) for place in record.places}:
            self._tally.add(record.mode, key)
        if main is not None:
            self._drawn[self._key(main)] += 1

    def _key(self, place: Place) -> str:
        key = place.gazetteer_id or place.text
        if place.precision not in ("admin", "country"):
            self._texts.setdefault(key, Counter())[place.text] += 1
        self._first.setdefault(key, place)
        return key

    def _name(self, key: str) -> str:
        """The commonest way to write it; where it only stands for something within it, its own name."""
        if key in self._texts:
            return str(ranked(self._texts[key])[0][0])
        return self._first[key].name_en or self._first[key].text

    def rows(self, limit: int) -> tuple[Row, ...]:
        """The places with most events: name, country, name in English."""
        rows = []
        for row in self._tally.rows(limit):
            key, place = row.names[0], self._first[row.names[0]]
            name = self._name(key)
            english = place.name_en if place.name_en != name else None
            rows.append(Row((name, place.country or ""), row.events, row.modes, english))
        return tuple(rows)

    def spots(self, limit: int) -> tuple[Spot, ...]:
        """The places with coordinates that most events are drawn at."""
        spots = []
        for key, count in ranked(self._drawn)[:limit]:
            place = self._first[key]
            if place.lat is not None and place.lon is not None:
                area = place.precision == "country"
                spots.append(
                    Spot(place.lat, place.lon, self._name(key), place.name_en, place.country, area, count)
                )
        return tuple(spots)


class Extremes:
    """The most and the least confident records of a stream, ``shown`` of each."""

    def __init__(self, shown: int) -> None:
        self._shown = shown
        self._high: list[EventRecord] = []
        self._low: list[EventRecord] = []
        self._seen = 0

    def add(self, record: EventRecord) -> None:
        """One more record."""
        self._seen += 1
        self._high.append(record)
        self._low.append(record)
        if len(self._high) > 2 * self._shown:
            self._trim()

    def take(self) -> tuple[tuple[EventRecord, ...], tuple[EventRecord, ...]]:
        """The most and the least confident; of few records one half each, so that none is in both."""
        self._trim()
        least = min(self._shown, self._seen // 2)
        return tuple(self._high[: min(self._shown, self._seen - least)]), tuple(self._low[:least])

    def _trim(self) -> None:
        self._high = sorted(self._high, key=lambda r: (-r.confidence, r.id))[: self._shown]
        # Of equals the high end takes the first ids and the low end the last.
        self._low = sorted(sorted(self._low, key=lambda r: r.id, reverse=True), key=lambda r: r.confidence)
        self._low = self._low[: self._shown]
