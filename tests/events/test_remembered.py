"""What is asked once for each word or form: the answers are those of asking every time."""

from __future__ import annotations

import pickle
from collections import Counter

import pytest
from event_builders import view

from pipeline.entities.names import NameIndex
from pipeline.events.attachment import folded_frame
from pipeline.events.cues import CueIndex, load_cue_index
from pipeline.events.grammar import Grammar
from pipeline.events.reader import EventReader
from pipeline.knowledge.assertion import load_cues
from pipeline.text.normalize import fold

PREDICATES = (
    "punct", "glued_pronoun", "particle", "verb", "preposition", "number", "has_article", "nominal", "adjective",
    "closed",
)  # fmt: skip
WORDS = (
    "قال/VERB المتحدث/NOUN إن/SCONJ القوات/NOUN سيطرت/VERB على/ADP مدينة/NOUN حماة/PROPN الكبيرة/ADJ "
    "و/CCONJ ريف/NOUN +ها/PRON بعد/ADP مقتل/NOUN 14/NUM مسلحا/NOUN ./PUNCT"
)


def test_the_grammar_answers_the_same_in_any_order() -> None:
    made = view(WORDS)
    asked: Counter[str] = Counter()

    def verb_form(key: str) -> bool:
        asked[key] += 1
        return key == "سيطرت"

    forward, backward = Grammar(made, verb_form), Grammar(made, verb_form)
    places = range(len(made))
    first = {(name, i): getattr(forward, name)(i) for name in PREDICATES for i in places}
    last = {(n, i): getattr(backward, n)(i) for n in reversed(PREDICATES) for i in reversed(places)}
    assert first == last
    assert {name for (name, _), answer in first.items() if answer} == set(PREDICATES)
    before = asked.total()
    assert {(name, i): getattr(forward, name)(i) for name in PREDICATES for i in places} == first
    assert asked.total() == before


def test_settled_words_are_another_grammar() -> None:
    made = view(WORDS)
    assert Grammar(made).verb(0)
    assert not Grammar(made, settled={0: False}).verb(0)


def test_cues_are_found_by_their_first_and_last_word() -> None:
    index = CueIndex(load_cues())
    for table, place in ((index.words, 0), (index.preps, 0), (index.preps_by_end, -1)):
        assert table
        assert all(keys[place] == key for key, rows in table.items() for keys, _ in rows)
    by_start = {keys for rows in index.preps.values() for keys, _ in rows}
    assert by_start == {keys for rows in index.preps_by_end.values() for keys, _ in rows}
    said = {tuple(fold(w) for w in c.prep.split()) for c in load_cues() if c.prep and c.verb is None}
    assert said <= by_start


def test_a_frame_is_folded_once_and_cannot_be_changed() -> None:
    frame = {"إلى": "place:to", "subject": "actor"}
    assert dict(folded_frame(frame)) == {"الي": "place:to", "subject": "actor"}
    assert folded_frame(frame) is folded_frame(dict(frame))
    with pytest.raises(TypeError):
        folded_frame(frame)["الي"] = "-"  # type: ignore[index]


def test_an_index_knows_what_its_names_begin_with() -> None:
    index = NameIndex([("منظمة العفو", 1), ("العفو الدولية", 2)])
    assert index.opens("منظمه")
    assert index.opens("العفو")
    assert not index.opens("الدوليه")


def test_a_reader_can_be_sent_to_another_process() -> None:
    reader = EventReader({"version": "1", "engine": "fast", "models": "m", "knowledge": "k"})
    assert reader.verb_form("سيطرت")
    other = pickle.loads(pickle.dumps(reader))
    assert other.versions == reader.versions
    assert other.verb_form("سيطرت")
    assert load_cue_index() is other.cues
