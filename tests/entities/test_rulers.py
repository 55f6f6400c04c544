"""Rulers and merger on documents made by hand: no models, tags and clitics as given."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import pipeline.entities.merge  # registers the factories
import pipeline.entities.rulers  # noqa: F401
from pipeline.text.normalize import clean


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("ar")
    nlp.add_pipe("waqai_rulers")
    nlp.add_pipe("waqai_entities")
    return nlp


def make(nlp: Language, marked: str, **tags: str) -> Doc:
    """A document of words: ``+`` cuts clitics, ``ل+لمدينة:المدينة`` gives a norm, ``_`` is a line break."""
    words: list[str] = []
    spaces: list[bool] = []
    norms: list[str] = []
    for word in marked.split(" "):
        pieces = ["\n"] if word == "_" else word.split("+")
        for k, piece in enumerate(pieces):
            text, _, norm = piece.partition(":")
            words.append(text)
            norms.append(norm or clean(text) or text)
            spaces.append(k == len(pieces) - 1 and word != "_")
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    for token, norm in zip(doc, norms, strict=True):
        token.norm_ = norm
        if token.text in tags:
            token.pos_ = tags[token.text]
    return doc


def run(nlp: Language, doc: Doc) -> Doc:
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def ents(doc: Doc) -> list[tuple[str, str, str]]:
    return [(e.text, e.label_, e.kb_id_) for e in doc.ents]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("قصفت طائرات مواقع هيئة تحرير الشام ليلا", [("هيئة تحرير الشام", "ORG", "hts")]),
        ("و+حزب الله نفى", [("حزب الله", "ORG", "hezbollah")]),
        ("الاجتماع مع قوى الحرية و+التغيير انتهى", [("قوى الحرية والتغيير", "ORG", "ffc")]),
        ("ب+الأمم:الأمم المتحدة", [("الأمم المتحدة", "ORG", "un")]),
        ('انسحب تنظيم " داعش " منها', [('تنظيم " داعش "', "ORG", "islamic-state")]),
        ("حِزْبُ اللَّه انسحب", [("حِزْبُ اللَّه", "ORG", "hezbollah")]),
        ("الجيش الامريكي", [("الجيش الامريكي", "ORG", "us-army")]),
        ("نفى سامح شكري ذلك و+قال شكري", [("سامح شكري", "PER", "shoukry"), ("شكري", "PER", "shoukry")]),
        ("قال شكري ذلك", []),
        ("عمل ب+حماس كبير", []),
        ("قالت حركة حماس إن حماس ملتزمة", [("حركة حماس", "ORG", "hamas"), ("حماس", "ORG", "hamas")]),
        ("مركز الملك سلمان ل+الإغاثة:الإغاثة", []),
        ("التقى الملك سلمان الوفد", [("الملك سلمان", "PER", "king-salman")]),
        ("حزب _ الله أكبر", []),
        ("قاتل الدروز هناك", [("الدروز", "NORP", "")]),
    ],
)
def test_known_actors(nlp: Language, marked: str, expected: list[tuple[str, str, str]]) -> None:
    assert ents(run(nlp, make(nlp, marked))) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("هاجم الثوار اللواء 105 حرس جمهوري ليلا", [("اللواء 105 حرس جمهوري", "UNIT")]),
        ("انسحبت الفرقة الخامسة و+العشرون مدرعات", [("الفرقة الخامسة والعشرون مدرعات", "UNIT")]),
        ("الكتيبة رقم 40", [("الكتيبة رقم 40", "UNIT")]),
        ("أكد اللواء أحمد ذلك", []),
        ("في جسر الملك فهد اليوم", [("جسر الملك فهد", "FAC")]),
        ('قرب قاعدة " المزة " الجوية', [('قاعدة " المزة " الجوية', "FAC")]),
        ("من مطار+ها", []),
        ("إحياء الذكرى", []),
        ("عن طريق المصارف", []),
        ("سيطروا على مقر حزب الله أمس", [("مقر حزب الله", "FAC")]),
        ("قصفوا المشفى العسكري", [("المشفى العسكري", "FAC")]),
        ("غادروا المشفى الكبير سيرا", []),
    ],
)
def test_facilities_and_units(nlp: Language, marked: str, expected: list[tuple[str, str]]) -> None:
    assert [e[:2] for e in ents(run(nlp, make(nlp, marked)))] == expected


def test_candidates_tell_their_source(nlp: Language) -> None:
    doc = run(nlp, make(nlp, "سيطروا على مقر حزب الله أمس"))
    found = {(s.text, s.id_, s.kb_id_) for s in doc.spans["rulers"]}
    assert found == {("مقر حزب الله", "facility", ""), ("حزب الله", "actor", "hezbollah")}


def test_noise_and_white_space_stand_inside_no_name(nlp: Language) -> None:
    doc = make(nlp, "قوات [3] الدعم السريع [4] هناك")
    for token in doc:
        token._.noise = token.text.startswith("[")
    run(nlp, doc)
    assert [(e.text, e.kb_id_) for e in doc.ents] == [("قوات [3] الدعم السريع", "rsf")]


def test_tags_only_veto(nlp: Language) -> None:
    assert ents(run(nlp, make(nlp, "مستشفى استقبل الجرحى", استقبل="VERB"))) == []
    assert ents(run(nlp, make(nlp, "واس أعلنت", واس="VERB"))) == []
    assert ents(run(nlp, make(nlp, "واس أعلنت"))) == [("واس", "ORG", "spa")]


def test_an_empty_document_and_one_of_white_space(nlp: Language) -> None:
    assert ents(run(nlp, Doc(nlp.vocab))) == []
    assert ents(run(nlp, make(nlp, "_"))) == []


def test_several_processes_give_the_same_and_ids_survive(nlp: Language) -> None:
    plain = spacy.blank("ar")
    plain.add_pipe("waqai_rulers")
    plain.add_pipe("waqai_entities")
    texts = ["هيئة تحرير الشام", "مقر حزب الله", "اللواء 105 حرس جمهوري"] * 3
    one = [[(e.text, e.label_, e.kb_id_) for e in d.ents] for d in plain.pipe(texts)]
    docs = list(plain.pipe(texts, n_process=2, batch_size=2))
    assert [[(e.text, e.label_, e.kb_id_) for e in d.ents] for d in docs] == one
    assert one[0] == [("هيئة تحرير الشام", "ORG", "hts")]
    alone = plain(texts[1])
    assert [s.id_ for s in docs[1].spans["rulers"]] == [s.id_ for s in alone.spans["rulers"]]


def test_the_pipeline_is_saved_and_loaded(nlp: Language, tmp_path: object) -> None:
    nlp.to_disk(tmp_path)  # type: ignore[arg-type]
    again = spacy.load(tmp_path)  # type: ignore[arg-type]
    assert ents(again("هيئة تحرير الشام")) == [("هيئة تحرير الشام", "ORG", "hts")]
