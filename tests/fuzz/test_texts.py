"""Anything at all as text: normalising, tokenising, times, quantities, dates, places, actors. No crash; spans hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from fuzz_builders import TEXTS, cases
from hypothesis import example, given
from hypothesis import strategies as st
from span_checks import spans_hold

from pipeline.articles import Article
from pipeline.articles.dates import date_in_name, parse_date
from pipeline.duplicates import sketches
from pipeline.engines.bundle import models_dir
from pipeline.engines.fast import blank
from pipeline.events.quantities import parse_quantity
from pipeline.records import EventRecord
from pipeline.resolve.actor import ActorResolver, acts_as_government, is_nationality
from pipeline.resolve.place import PlaceResolver
from pipeline.resolve.time import parse_times
from pipeline.text.normalize import clean, fold, normalize
from pipeline.text.tokenizer import Tokenizer, flags_of
from pipeline.text.windows import windows

MOMENTS = st.one_of(
    st.none(),
    st.dates(),
    st.datetimes(),
    st.sampled_from([date.min, date.max, datetime.max.replace(tzinfo=UTC)]),
)
COUNTRIES = st.sampled_from([None, "SYR", "EGY", "XXX", ""])


@given(TEXTS)
@cases()
def test_normalising(text: str) -> None:
    normal = normalize(text)
    last = 0
    for at in range(len(normal.text)):
        start, end = normal.alignment.to_raw(at, at + 1)
        assert 0 <= start <= end <= len(text)
        assert start >= last or end >= last
        last = max(last, start)
    for start, end in normal.noise:
        assert 0 <= start < end <= len(text)
    assert isinstance(clean(text), str)
    assert fold(fold(text)) == fold(fold(fold(text)))


@given(TEXTS, st.integers(2, 50))
@cases()
def test_windows(text: str, limit: int) -> None:
    spans = windows(text, limit)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(b - a <= limit for a, b in spans)


@lru_cache(maxsize=1)
def _light() -> Any:
    nlp = blank()
    Tokenizer.load(nlp.tokenizer, models_dir() / "tokenizer", "light")
    return nlp


@given(TEXTS)
@example("\u064b")
@example("ﷺ\u0640")
@cases()
def test_tokenising(text: str) -> None:
    doc = _light().tokenizer(text)
    assert doc.text == text
    assert len(flags_of(doc)) == len(doc)
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
        assert token.text


@given(TEXTS, MOMENTS, MOMENTS)
@cases()
def test_times(text: str, anchor: date | None, focus: date | None) -> None:
    end = 0
    for found in parse_times(text, anchor, focus=focus):
        assert text[found.start : found.end] == found.text
        assert end <= found.start < found.end <= len(text)
        end = found.end
        if found.from_ and found.to:
            assert found.from_[:16] < found.to[:16]


@given(TEXTS, st.booleans())
@cases()
def test_quantities(text: str, singular: bool) -> None:
    bounds = parse_quantity(text, singular=singular)
    if bounds is not None and bounds.low is not None:
        assert bounds.low >= 0


@given(st.one_of(TEXTS, st.integers(), st.floats(), st.none(), st.booleans(), st.dates(), st.datetimes()))
@cases()
def test_dates_of_publication(value: object) -> None:
    found = parse_date(value)
    if found is not None:
        assert datetime.fromisoformat(found)
    if isinstance(value, str):
        named = date_in_name(value)
        assert named is None or date.fromisoformat(named)


@lru_cache(maxsize=1)
def _places() -> PlaceResolver:
    return PlaceResolver()


@given(TEXTS, st.lists(TEXTS, max_size=2), COUNTRIES)
@cases()
def test_places(mention: str, others: list[str], country: str | None) -> None:
    places = _places()
    context = places.context([mention, *others], country)
    found = places.resolve(mention, context, near=others)
    assert (found.lat is None) == (found.lon is None)
    assert found.lat is None or (-90 <= found.lat <= 90 and -180 <= found.lon <= 180)
    places.is_place(mention)


@lru_cache(maxsize=1)
def _actors() -> ActorResolver:
    return ActorResolver()


@given(
    TEXTS,
    st.lists(TEXTS, max_size=2),
    COUNTRIES,
    st.sampled_from([None, "2024-12-05", "2024", "gestern", ""]),
)
@cases()
def test_actors(mention: str, others: list[str], country: str | None, published: str | None) -> None:
    actors = _actors()
    text = " ".join([*others, mention])
    context = actors.context([(mention, 0), *((o, 5) for o in others)], published, country, text=text)
    found = actors.resolve(mention, len(text), context, ent_label="PER", adjective=bool(others))
    assert isinstance(found.name, str)
    actors.head_features(mention)
    actors.is_actor_like(mention)
    acts_as_government(mention)
    is_nationality(mention)


@given(st.lists(TEXTS, max_size=3))
@cases(share=0.5)
def test_sketches(texts: list[str]) -> None:
    assert len(list(sketches(texts))) == len(texts)


@lru_cache(maxsize=1)
def _extractor() -> Any:
    from pipeline.extraction import load_extractor

    return load_extractor("fast")


@given(TEXTS, st.sampled_from([None, "2024-12-05", "2024-12-05T10:00:00+03:00"]))
@cases(share=0.5)
def test_the_whole(text: str, published: str | None) -> None:
    sentence = f"قصف الجيش مدينة حلب أمس، وقتل 17 مدنيا. {text}"
    for article in (text, sentence, f"{text} {sentence}"):
        for record in _extractor()(Article(id="a", text=article, published=published)):
            spans_hold(article, record)
            assert EventRecord.model_validate_json(record.to_json()) == record
