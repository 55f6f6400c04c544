"""``waqai check``: is the knowledge valid, and does every example come out as it says?

All faults are reported at once, each with its file and line. The static part (schemas, duplicate and
colliding forms) needs no model; the examples run through the whole pipeline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from typing import TYPE_CHECKING

from mazini import MaziniError

from pipeline.events.confidence import load_calibration
from pipeline.events.lexicon import entry_forms
from pipeline.events.paradigms import derived
from pipeline.events.quantities import parse_quantity
from pipeline.examples import Case, cases, cores, run_cases
from pipeline.knowledge.actors import load_actors, load_nisba, load_roles
from pipeline.knowledge.assertion import Cue, load_cues
from pipeline.knowledge.clauses import load_clauses
from pipeline.knowledge.clitics import load_clitics
from pipeline.knowledge.control import Hand, load_hands
from pipeline.knowledge.events import (
    LightVerb,
    Trigger,
    TriggerEntry,
    load_events,
    load_light_verbs,
    read_events,
)
from pipeline.knowledge.facilities import load_facilities, load_units
from pipeline.knowledge.fields import load_fields
from pipeline.knowledge.genres import load_genres
from pipeline.knowledge.load import Fault, KnowledgeError, data_path, read_yaml
from pipeline.knowledge.places import load_demonyms, load_place_words, load_places
from pipeline.knowledge.quantities import load_quantities
from pipeline.knowledge.time import check as time_faults
from pipeline.knowledge.words import load_words
from pipeline.resolve.time_examples import failures as time_failures
from pipeline.text.normalize import fold

if TYPE_CHECKING:
    from pipeline.extraction import Extractor


_LOADERS: tuple[Callable[[], object], ...] = (
    load_light_verbs, load_words, load_cues, load_quantities, load_calibration, load_fields,
    load_actors, load_roles, load_nisba, load_places, load_place_words, load_demonyms,
    load_facilities, load_units, load_clauses, load_clitics, load_genres, load_hands,
)  # fmt: skip


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
    own: list[tuple[str, int, TriggerEntry | LightVerb | Cue | Hand]] = [
        (t.file, t.line, t.entry) for t in triggers
    ]
    for file, line, entry in (*own, *_listed()):
        if entry.root is None or entry.pattern is None:
            continue
        try:
            reduced = not isinstance(entry, Cue) and entry.reduced
            forms = derived(entry.root, entry.pattern, "past_3ms", reduced=reduced)
        except MaziniError as error:
            pair = f"{entry.root} on {entry.pattern}"
            yield Fault(file, line, f"{entry.verb}: {pair} cannot be conjugated: {error}")
            continue
        if fold(entry.verb or "") not in {fold(form) for form in forms}:
            given = forms[0] if forms else "no form"
            yield Fault(file, line, f"{entry.verb}: {entry.root} on {entry.pattern} gives {given}")


def all_verbs() -> set[tuple[str, str, bool]]:
    """Root, pattern and whether it is reduced of every verb of triggers, light verbs and cues."""
    entries = [t.entry for t in load_events()] + [entry for _, _, entry in _listed()]
    return {
        (e.root, e.pattern, not isinstance(e, Cue) and e.reduced)
        for e in entries
        if e.root is not None and e.pattern is not None
    }


def _listed() -> Iterator[tuple[str, int, LightVerb | Cue | Hand]]:
    """The light verbs and cues with their lines; a file that does not load has told its faults already."""
    loaders: tuple[tuple[str, Callable[[], tuple[LightVerb | Cue | Hand, ...]]], ...] = (
        ("light_verbs.yaml", load_light_verbs), ("assertion.yaml", load_cues),
        ("control.yaml", load_hands),
    )  # fmt: skip
    for file, load in loaders:
        try:
            entries = load()
        except KnowledgeError:
            continue
        lines = read_yaml(data_path(file), list)[1]
        yield from ((file, lines[(index,)], entry) for index, entry in enumerate(entries))


def _twice() -> Iterator[Fault]:
    """Light verbs and cues that stand twice: of two equal cues the index would keep one without a word."""
    seen: dict[tuple[object, ...], int] = {}
    for file, line, entry in _listed():
        if isinstance(entry, Cue):
            own: tuple[object, ...] = (entry.noun, entry.word, entry.prep, entry.tense)
        elif isinstance(entry, Hand):
            own = (entry.noun, entry.pattern, entry.whom, entry.deed)
        else:
            own = (entry.event, entry.pattern, None, None)
        if (first := seen.setdefault((file, entry.verb, *own), line)) != line:
            yield Fault(
                file,
                line,
                f"{entry.verb or next(str(part) for part in own if part)} stands already on line {first}",
            )


def _collisions(triggers: Sequence[Trigger]) -> Iterator[Fault]:
    """Two entries of different modes that nothing tells apart: same form, no fixed word, no condition."""
    bare: dict[tuple[str, bool], list[Trigger]] = defaultdict(list)
    names: dict[tuple[str, str, tuple[str, ...]], Trigger] = {}
    for trigger in triggers:
        key = (
            trigger.mode,
            fold(trigger.entry.name),
            tuple(n.slot for n in trigger.needs) + trigger.entry.with_ + trigger.entry.amid,
        )
        if key in names:
            yield Fault(
                trigger.file,
                trigger.line,
                f"{trigger.entry.name} stands twice in {trigger.mode}: also {names[key].file}:{names[key].line}",
            )
        names.setdefault(key, trigger)
        unknown = [name for name in trigger.entry.amid if name not in load_words()]
        if unknown:
            yield Fault(
                trigger.file, trigger.line, f"{trigger.entry.name}: words.yaml has no class {unknown}"
            )
        if not trigger.entry.with_ and not trigger.needs and not trigger.entry.amid:
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


def all_faults(load: Callable[[], Extractor]) -> tuple[list[Fault], list[Case]]:
    """Every fault, static ones and examples that do not come out, and the cases that were run.

    Examples are run on valid knowledge only. The static part goes on in a process of its own while the models load.

    Args:
        load: makes the extractor; raises :class:`pipeline.knowledge.load.KnowledgeError` on invalid knowledge.
    """
    if cores() < 2:
        faults = static_faults()
        extractor = None if faults else load()
    else:
        with ProcessPoolExecutor(1, get_context("fork")) as pool:
            static = pool.submit(static_faults)
            try:
                extractor = load()
            except KnowledgeError:
                extractor = None
            faults = static.result()
    if faults or extractor is None:
        return faults, []
    found = cases()
    problems = run_cases(extractor, found)
    wrong = [(case, problem) for case in found if (problem := problems[case.id]) is not None]
    return [Fault(case.file, case.line, problem) for case, problem in wrong], found
