"""The examples of the knowledge files as cases that are run through the whole pipeline.

Triggers, light verbs, assertion cues and genres carry sentences with what must, and what must not, come out of them.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

from pipeline.knowledge.assertion import AssertionExample, load_cues
from pipeline.knowledge.control import load_hands
from pipeline.knowledge.events import Example, LightVerb, Trigger, load_events, load_light_verbs
from pipeline.knowledge.genres import FILE as GENRES
from pipeline.knowledge.genres import load_genres
from pipeline.knowledge.load import data_path, read_yaml
from pipeline.text.normalize import fold

if TYPE_CHECKING:
    from pipeline.extraction import Extractor
    from pipeline.records import EventRecord


@dataclass(frozen=True)
class Case:
    """One executable example: ``id`` names it, ``text`` is run, ``judge`` says what is wrong with the records."""

    id: str
    file: str
    line: int
    text: str
    judge: Callable[[Sequence[EventRecord]], str | None]


def cases() -> list[Case]:
    """Every example of triggers, light verbs, assertion cues and genres as an executable case."""
    found: list[Case] = []
    for trigger in load_events():
        for number, example in enumerate(trigger.entry.examples):
            judge = judge_of(trigger.rule, example)
            found.append(Case(f"{trigger.rule}+{number}", trigger.file, trigger.line, example.text, judge))
        for number, text in enumerate(trigger.entry.negatives):
            judge = _negative(trigger)
            found.append(Case(f"{trigger.rule}-{number}", trigger.file, trigger.line, text, judge))
    lines = read_yaml(data_path("light_verbs.yaml"), list)[1]
    for index, verb in enumerate(load_light_verbs()):
        case = f"light/{verb.verb}"
        found.append(Case(case, "light_verbs.yaml", lines[(index,)], verb.example, _carries(verb)))
    lines = read_yaml(data_path("assertion.yaml"), list)[1]
    for index, cue in enumerate(load_cues()):
        name = cue.verb or cue.noun or cue.word or cue.prep
        found.append(
            Case(
                f"assertion/{name}",
                "assertion.yaml",
                lines[(index,)],
                cue.example.text,
                judge_of_cue(cue.example),
            )
        )
    lines = read_yaml(data_path("control.yaml"), list)[1]
    for index, hand in enumerate(load_hands()):
        case = f"control/{hand.verb or hand.noun}"
        judge = judge_of(None, hand.example)
        found.append(Case(case, "control.yaml", lines[(index,)], hand.example.text, judge))
    lines = read_yaml(data_path(GENRES))[1]
    for index, genre in enumerate(load_genres().genres):
        line, name = lines[("genres", index)], f"genre/{genre.genre}"
        found += [Case(f"{name}-{n}", GENRES, line, text, _silent) for n, text in enumerate(genre.examples)]
        found += [
            Case(f"{name}+{n}", GENRES, line, kept.text, _says(kept.trigger))
            for n, kept in enumerate(genre.kept)
        ]
    return _numbered(found)


def _numbered(found: Sequence[Case]) -> list[Case]:
    """The cases with unique ids: what several entries share gets a number."""
    seen: Counter[str] = Counter()
    unique = []
    for case in found:
        seen[case.id] += 1
        unique.append(case if seen[case.id] == 1 else replace(case, id=f"{case.id}#{seen[case.id]}"))
    return unique


def judge_of(rule: str | None, example: Example) -> Callable[[Sequence[EventRecord]], str | None]:
    """Says of the records of an example's sentence what is wrong with them; None where all is right.

    Args:
        rule: the rule id that must have made the record (``kill/قتل``), or None for any.
    """

    def judge(records: Sequence[EventRecord]) -> str | None:
        own = [
            r
            for r in records
            if rule in (None, r.provenance.rule)
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


def _silent(records: Sequence[EventRecord]) -> str | None:
    """A sentence of a genre besides the news gives nothing."""
    return (
        f"«{records[0].sentence.text}» must give nothing, but gives «{records[0].action}»"
        if records
        else None
    )


def _says(word: str) -> Callable[[Sequence[EventRecord]], str | None]:
    def judge(records: Sequence[EventRecord]) -> str | None:
        if any(word in r.trigger.text for r in records):
            return None
        return f"no record of «{word}»; found {[r.trigger.text for r in records]}"

    return judge


def _negative(trigger: Trigger) -> Callable[[Sequence[EventRecord]], str | None]:
    def judge(records: Sequence[EventRecord]) -> str | None:
        own = [r for r in records if r.provenance.rule == trigger.rule]
        return (
            f"«{own[0].sentence.text}» must give no {trigger.rule}, but gives «{own[0].action}»"
            if own
            else None
        )

    return judge


def _carries(verb: LightVerb) -> Callable[[Sequence[EventRecord]], str | None]:
    def judge(records: Sequence[EventRecord]) -> str | None:
        carried = any(
            fold(line) == f"light verb: {fold(verb.verb)}" for r in records for line in r.provenance.evidence
        )
        return None if carried else f"«{verb.example}»: {verb.verb} carries no event"

    return judge


def judge_of_cue(example: AssertionExample) -> Callable[[Sequence[EventRecord]], str | None]:
    """Says of the records of a cue's sentence what is wrong with their stance; None where all is right."""
    trigger, wanted, speaker = example.trigger, example.assertion, example.attribution

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
    """What is wrong with each case by its id; None where it holds. Runs on all cores where processes can be forked."""
    jobs = min(cores(), len(found))
    if jobs < 2:
        return _problems(extractor, found)
    # Loads here, once, what is loaded on first use, rather than in each process.
    _problems(extractor, found[:jobs])
    # A judge cannot be sent to another process, nor need it: a forked one has everything but its part's number.
    parts = [found[n::jobs] for n in range(jobs)]
    result: dict[str, str | None] = {}
    with ProcessPoolExecutor(jobs, get_context("fork"), _set_part, (extractor, parts)) as pool:
        for problems in pool.map(_run_part, range(jobs)):
            result |= problems
    return {case.id: result[case.id] for case in found}


def cores() -> int:
    """How many processes may be forked to good use: the cores at hand, or 1 where forking is not safe."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _problems(extractor: Extractor, found: Sequence[Case]) -> dict[str, str | None]:
    from pipeline.articles import Article
    from pipeline.text.tokenizer import Tokenizer

    tokenizer = extractor.nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    docs = extractor.nlp.pipe(tokenizer.pipe([c.text for c in found]))
    return {
        case.id: case.judge(extractor.from_doc(doc, Article(id=case.id, text=case.text)))
        for case, doc in zip(found, docs, strict=True)
    }


#: What the processes of :func:`run_cases` work on; set in them alone.
_part: list[tuple[Extractor, Sequence[Sequence[Case]]]] = []


def _set_part(extractor: Extractor, parts: Sequence[Sequence[Case]]) -> None:
    _part.append((extractor, parts))


def _run_part(number: int) -> dict[str, str | None]:
    extractor, parts = _part[-1]
    return _problems(extractor, parts[number])
