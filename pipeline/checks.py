"""``waqai check``: is the knowledge valid, and does every example come out as it says?

All faults are reported at once, each with its file and line. The static part (schemas, duplicate and
colliding forms) needs no model; the examples run through the whole pipeline.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mazini import MaziniError, conjugate

from pipeline.events.confidence import load_calibration
from pipeline.events.lexicon import entry_forms
from pipeline.events.quantities import parse_quantity
from pipeline.knowledge.actors import load_actors, load_nisba, load_roles
from pipeline.knowledge.assertion import Cue, load_cues
from pipeline.knowledge.clauses import load_clauses
from pipeline.knowledge.clitics import load_clitics
from pipeline.knowledge.events import Example, LightVerb, Trigger, TriggerEntry, load_light_verbs, read_events
from pipeline.knowledge.facilities import load_facilities, load_units
from pipeline.knowledge.fields import load_fields
from pipeline.knowledge.load import Fault, KnowledgeError, data_path, read_yaml
from pipeline.knowledge.places import load_demonyms, load_place_words, load_places
from pipeline.knowledge.quantities import load_quantities
from pipeline.knowledge.time import check as time_faults
from pipeline.knowledge.words import load_words
from pipeline.resolve.time_examples import failures as time_failures
from pipeline.text.normalize import fold

if TYPE_CHECKING:
    from pipeline.extraction import Extractor
    from pipeline.records import EventRecord


_LOADERS: tuple[Callable[[], object], ...] = (
    load_light_verbs, load_words, load_cues, load_quantities, load_calibration, load_fields,
    load_actors, load_roles, load_nisba, load_places, load_place_words, load_demonyms,
    load_facilities, load_units, load_clauses, load_clitics,
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One executable example: ``id`` names it, ``text`` is run, ``judge`` says what is wrong with the records.

    ``open`` examples do not come out yet: what their judge says is no fault.
    """

    id: str
    file: str
    line: int
    text: str
    judge: Callable[[Sequence[EventRecord]], str | None]
    open: bool = False


def static_faults() -> list[Fault]:
    """Faults that show without running anything: schemas of every family, conjugations, colliding trigger forms."""
    triggers, faults = read_events()
    for load in _LOADERS:
        try:
            load()
        except KnowledgeError as error:
            faults += error.faults
    faults += [*time_faults(), *_conjugation_faults(triggers), *_twice()]
    if not faults:
        faults += _collisions(triggers)
        faults += [*_quantity_faults(), *time_failures()]
    return faults


def _conjugation_faults(triggers: Iterable[Trigger]) -> Iterator[Fault]:
    own: list[tuple[str, int, TriggerEntry | LightVerb | Cue]] = [(t.file, t.line, t.entry) for t in triggers]
    for file, line, entry in (*own, *_listed()):
        if entry.root is None or entry.pattern is None:
            continue
        try:
            reduced = not isinstance(entry, Cue) and entry.reduced
            forms = conjugate(entry.root, entry.pattern, reduced=reduced).slots["past_3ms"]
        except (MaziniError, KeyError) as error:
            pair = f"{entry.root} on {entry.pattern}"
            yield Fault(file, line, f"{entry.verb}: {pair} cannot be conjugated: {error}")
            continue
        if fold(entry.verb or "") not in {fold(f.form) for f in forms}:
            yield Fault(file, line, f"{entry.verb}: {entry.root} on {entry.pattern} gives {forms[0].form}")


def _listed() -> Iterator[tuple[str, int, LightVerb | Cue]]:
    """The light verbs and cues with their lines; a file that does not load has told its faults already."""
    loaders: tuple[tuple[str, Callable[[], tuple[LightVerb | Cue, ...]]], ...] = (
        ("light_verbs.yaml", load_light_verbs), ("assertion.yaml", load_cues),
    )  # fmt: skip
    for file, load in loaders:
        try:
            entries = load()
        except KnowledgeError:
            continue
        lines = read_yaml(data_path(file))[1]
        yield from ((file, lines[(index,)], entry) for index, entry in enumerate(entries))


def _twice() -> Iterator[Fault]:
    """Light verbs and cues that stand twice: of two equal cues the index would keep one without a word."""
    seen: dict[tuple[object, ...], int] = {}
    for file, line, entry in _listed():
        if isinstance(entry, Cue):
            own = (entry.noun, entry.word, entry.prep, entry.tense)
        else:
            own = (entry.event, entry.pattern, None, None)
        if (first := seen.setdefault((file, entry.verb, *own), line)) != line:
            yield Fault(file, line, f"{entry.verb or next(filter(None, own))} stands already on line {first}")


def _collisions(triggers: Sequence[Trigger]) -> Iterator[Fault]:
    """Two entries of different modes that nothing tells apart: same form, no fixed word, no condition."""
    bare: dict[tuple[str, bool], list[Trigger]] = defaultdict(list)
    names: dict[tuple[str, str, tuple[str, ...]], Trigger] = {}
    for trigger in triggers:
        key = (
            trigger.mode,
            fold(trigger.entry.name),
            tuple(n.slot for n in trigger.needs) + trigger.entry.with_,
        )
        if key in names:
            yield Fault(
                trigger.file,
                trigger.line,
                f"{trigger.entry.name} stands twice in {trigger.mode}: also {names[key].file}:{names[key].line}",
            )
        names.setdefault(key, trigger)
        if not trigger.entry.with_ and not trigger.needs:
            for form, reading in {(f, r.kind == "verb") for f, r in entry_forms(trigger.entry)}:
                bare[form, reading].append(trigger)
    told: set[tuple[int, int]] = set()
    for (form, _), owners in bare.items():
        for first, second in pairwise(owners):
            if first.mode != second.mode and (id(first), id(second)) not in told:
                told.add((id(first), id(second)))
                yield Fault(
                    second.file,
                    second.line,
                    f"{second.rule} and {first.rule} ({first.file}:{first.line}) share {form}, untold",
                )


def _quantity_faults() -> Iterator[Fault]:
    for example in load_quantities().examples:
        found = parse_quantity(example.text)
        bounds = (
            ("", "") if found is None else tuple("" if v is None else str(v) for v in (found.low, found.high))
        )
        if bounds != (example.low, example.high):
            yield Fault(
                "quantities.yaml", 0, f"«{example.text}» gives {bounds}, not {(example.low, example.high)}"
            )


def cases() -> list[Case]:
    """Every example of triggers, light verbs and assertion cues as an executable case."""
    found: list[Case] = []
    for trigger in read_events()[0]:
        for number, example in enumerate(trigger.entry.examples):
            found.append(
                Case(
                    f"{trigger.rule}+{number}",
                    trigger.file,
                    trigger.line,
                    example.text,
                    _positive(trigger, example),
                    example.open,
                )
            )
        negatives = [(t, False) for t in trigger.entry.negatives]
        negatives += [(t, True) for t in trigger.entry.open_negatives]
        for number, (text, still_open) in enumerate(negatives):
            judge = _negative(trigger)
            found.append(
                Case(f"{trigger.rule}-{number}", trigger.file, trigger.line, text, judge, still_open)
            )
    for cue in load_cues():
        name = cue.verb or cue.noun or cue.word or cue.prep
        found.append(
            Case(
                f"assertion/{name}",
                "assertion.yaml",
                0,
                cue.example.text,
                _assertion(cue.example.trigger, cue.example.assertion, cue.example.attribution),
                cue.example.open,
            )
        )
    return _numbered(found)


def _numbered(found: Sequence[Case]) -> list[Case]:
    """The cases with unique ids: what several entries share gets a number."""
    seen: Counter[str] = Counter()
    unique = []
    for case in found:
        seen[case.id] += 1
        unique.append(case if seen[case.id] == 1 else replace(case, id=f"{case.id}#{seen[case.id]}"))
    return unique


def _positive(trigger: Trigger, example: Example) -> Callable[[Sequence[EventRecord]], str | None]:
    def judge(records: Sequence[EventRecord]) -> str | None:
        own = [
            r
            for r in records
            if r.provenance.rule == trigger.rule
            and (example.trigger is None or fold(example.trigger) in fold(r.action + " " + r.trigger.text))
        ]
        if not own:
            others = [f"{r.provenance.rule}: {r.trigger.text}" for r in records]
            return f"«{example.text}»: no record by this entry; found {others}"
        problems = [_slots(r, example) for r in own]
        return None if None in problems else f"«{example.text}»: {problems[0]}"

    return judge


def _slots(record: EventRecord, example: Example) -> str | None:
    for name, wanted, got in (
        ("actors", example.actors, [a.text for a in record.actors]),
        ("targets", example.targets, [t.text for t in record.targets]),
        ("places", example.places, [p.text for p in record.places]),
    ):
        if wanted is None:
            continue
        missing = [w for w in wanted if not any(same_phrase(w, g) for g in got)]
        if missing or (not wanted and got):
            return f"{name} are {got}, not {list(wanted)}"
    if example.assertion is not None and record.assertion != example.assertion:
        return f"the assertion is {record.assertion}, not {example.assertion}"
    return None


def _negative(trigger: Trigger) -> Callable[[Sequence[EventRecord]], str | None]:
    def judge(records: Sequence[EventRecord]) -> str | None:
        own = [r for r in records if r.provenance.rule == trigger.rule]
        return (
            f"«{own[0].sentence.text}» must give no {trigger.rule}, but gives «{own[0].action}»"
            if own
            else None
        )

    return judge


def _assertion(
    trigger: str, wanted: str, speaker: str | None
) -> Callable[[Sequence[EventRecord]], str | None]:
    def judge(records: Sequence[EventRecord]) -> str | None:
        own = [r for r in records if fold(trigger) in fold(r.trigger.text)]
        if not own:
            return f"no record for «{trigger}»"
        if own[0].assertion != wanted:
            return f"«{trigger}» is {own[0].assertion}, not {wanted}"
        said = own[0].attribution
        if speaker is not None and (said is None or not same_phrase(speaker, said.text)):
            return f"«{trigger}» is said by {said.text if said else None}, not {speaker}"
        return None

    return judge


def same_phrase(wanted: str, got: str) -> bool:
    """Whether two phrases are one mention: they share at least half of the words of the shorter."""
    first, second = set(fold(wanted).split()), set(fold(got).split())
    return 2 * len(first & second) >= min(len(first), len(second)) > 0


def run_cases(extractor: Extractor, found: Sequence[Case]) -> dict[str, str | None]:
    """What is wrong with each case by its id; None where it holds."""
    from pipeline.articles import Article

    result: dict[str, str | None] = {}
    docs = extractor.nlp.pipe([c.text for c in found])
    for case, doc in zip(found, docs, strict=True):
        records = extractor.from_doc(doc, Article(id=case.id, text=case.text))
        result[case.id] = case.judge(records)
    return result


def example_faults(extractor: Extractor) -> list[Fault]:
    """The examples that do not come out."""
    found = cases()
    problems = run_cases(extractor, found)
    return [
        Fault(c.file, c.line, problem)
        for c in found
        if (problem := problems[c.id]) is not None and not c.open
    ]
