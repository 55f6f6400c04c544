"""Why a record is as it is: the sentence, its tree, the trigger, the frame, and each slot's reason."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.articles import Article
from pipeline.events.arguments import SentenceArguments
from pipeline.events.finished import Finished
from pipeline.events.reader import Analysis
from pipeline.events.slots import Filled
from pipeline.extraction import Extractor, anchor_of
from pipeline.records import EventRecord

_SLOTS = ("actor", "target", "place")


def explain(extractor: Extractor, article: Article, record_id: str) -> list[str] | None:
    """The explanation of one record, line by line; None where the article yields no such record."""
    doc = extractor.nlp(article.text)
    analysis = extractor.reader.analyse(doc, article, anchor_of(article))
    for event, record in extractor.reader.records(analysis, article):
        if record.id == record_id:
            return list(_lines(doc, analysis, event, record))
    return None


def _lines(doc: Doc, analysis: Analysis, event: Finished, record: EventRecord) -> Iterator[str]:
    filled = event.filled
    sentence = analysis.sentences[analysis.view.sent[filled.mention.at]]
    trigger = filled.candidate.trigger
    yield f"record      {record.id}  {record.type} / {record.mode}  CAMEO {record.cameo}"
    yield f"sentence    {' '.join(record.sentence.text.split())}"
    yield "tree"
    yield from (f"    {line}" for line in _tree(doc, record.sentence.start, record.sentence.end))
    yield "elements"
    yield from (f"    {line}" for line in _elements(sentence))
    at = f"{record.trigger.start}:{record.trigger.end}"
    yield f"trigger     «{record.trigger.text}» {at}, read as {filled.candidate.form.kind}"
    yield f"rule        {trigger.rule}  ({trigger.file}:{trigger.line})"
    others = [c.trigger.rule for c in filled.mention.candidates if c is not filled.candidate]
    if others:
        yield f"    other senses of the form: {', '.join(others)}"
    if filled.mention.light_verb is not None:
        yield f"light verb  «{analysis.view.norm[filled.mention.light]}» ({filled.mention.light_verb.verb})"
    yield "frame       " + (", ".join(f"{k}: {v}" for k, v in trigger.frame.items()) or "(empty)")
    for slot in _SLOTS:
        yield from _slot(analysis, sentence, filled, slot)
    if event.time is None:
        yield "time        null: no time expression stands with the event, and none before it in the paragraph"
    else:
        how = "inherited from an earlier sentence" if event.time.inherited else "stands in the sentence"
        how = "the date of publication" if event.time.published else how
        yield f"time        {record.time}: «{event.time.expression.text}» ({event.time.expression.method}; {how})"
    cues = ", ".join(event.stance.cues) or "no cue"
    yield f"assertion   {record.assertion}: {cues}"
    said = record.attribution
    yield "said by     " + (
        f"«{said.text}», by the cue «{said.cue}»" if said else "null: nobody is named who says so"
    )
    yield f"confidence  {record.confidence}"


def _slot(analysis: Analysis, sentence: SentenceArguments, filled: Filled, slot: str) -> Iterator[str]:
    """Why a slot is filled as it is, or empty."""
    view = analysis.view
    for argument in filled.slot(slot):
        relation = f" ({argument.relation})" if argument.relation else ""
        implicit = ", recovered from context" if argument.implicit else ""
        yield f"{slot:<12}«{view.surface(argument.np.first, argument.np.last)}»{relation}: {argument.how}{implicit}"
    if filled.slot(slot):
        return
    positions = [p for p, spec in filled.candidate.trigger.frame.items() if slot in spec]
    refused = [
        f"«{view.surface(np.first, np.last)}» at {how} is {'/'.join(sorted(sentence.semantics.classes(np)))}"
        for how, spec, np in sentence.slots.refused
        if slot in spec and abs(np.first - filled.mention.at) < 30
    ]
    if not positions:
        yield f"{slot:<12}null: the frame gives no position for it"
    elif refused:
        yield f"{slot:<12}null: {'; '.join(dict.fromkeys(refused))}"
    else:
        yield f"{slot:<12}null: nothing stands at {', '.join(positions)}"


def _tree(doc: Doc, start: int, end: int) -> Iterator[str]:
    for token in doc:
        if start <= token.idx < end and not token.is_space:
            noise = "  (noise)" if token._.noise else ""
            yield f"{token.i:>4} {token.norm_:<14} {token.pos_:<6} {token.dep_:<12} → {token.head.norm_}{noise}"


def _elements(sentence: SentenceArguments) -> Iterator[str]:
    for element in sentence.elements:
        phrases = " | ".join(sentence.view.surface(np.first, np.last) for np in element.nps)
        shown = phrases or sentence.view.surface(element.first, element.last)
        yield f"{element.kind:<6}{element.prep:<8}{shown}"
