"""Event knowledge: types, modes, triggers, frames, light verbs. One YAML file a type in ``data/events``.

A *frame* says which grammatical position fills which slot. Positions are ``subject``, ``object``,
``genitive`` (what a masdar or noun governs), ``adjective`` (a nationality after a noun), ``self`` (the
noun itself, where it names people: قتلى) and any preposition. A slot is ``actor``, ``target`` (``target:deed``
takes an event noun too), ``place`` (``place:from``, ``place:to``, ``place:near``) or ``-`` (nothing); ``a|b`` takes
the first that suits what the phrase denotes, ``a+b`` fills both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from pipeline.knowledge.load import (
    Entry,
    Fault,
    KnowledgeError,
    data_path,
    problems,
    read_entries,
    read_yaml,
)

#: PLOVER's event types, ASSAULT to CONCEDE, and DISPLACE, which is ours.
PloverType = Literal[
    "ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "DISPLACE", "PROTEST", "SANCTION", "THREATEN", "ACCUSE", "REJECT",
    "REQUEST", "CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "CONCEDE",
]  # fmt: skip
POSITIONS = ("subject", "object", "genitive", "owner", "adjective", "self")
#: The position, in conditions, of the subject of a passive verb, whom it befalls.
UNDERGOER = "undergoer"
CLASSES = (
    "actor", "place", "human", "armed", "civilian", "state", "thing", "number", "event",
    "crowd", "aircraft", "drone", "bomber", "captive", "speaker",
    "convoy", "delegate",
)  # fmt: skip
#: Classes that an event must show: an unsaid subject or a pronoun is none of them until it is known who is meant.
SHOWN = frozenset({"crowd", "aircraft", "drone", "bomber", "captive", "speaker", "convoy"})
_SLOT = re.compile(r"^(?:actor|target(?::deed)?|place(?::(?:from|to|near))?|-)$")
_ARABIC = re.compile(r"^[ء-يٱ ]+$")


def _frame(frame: Mapping[str, str]) -> Mapping[str, str]:
    for position, spec in frame.items():
        if position not in POSITIONS and not _ARABIC.match(position):
            raise ValueError(f"{position!r} is no position: one of {', '.join(POSITIONS)} or a preposition")
        for part in re.split(r"[|+]", spec):
            if not _SLOT.match(part):
                raise ValueError(
                    f"{position}: {part!r} is no slot "
                    "(actor, target, target:deed, place, place:from, place:to, place:near, -)"
                )
    return frame


Frame = Annotated[dict[str, str], AfterValidator(_frame)]


class Example(Entry):
    """A sentence of our own with what must come out of it.

    A slot that is left out is not checked, ``[]`` must stay empty.
    """

    text: str
    trigger: str | None = None
    actors: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    assertion: Literal["negated", "hypothetical", "planned", "reported", "asserted"] | None = None


class Needs(Entry):
    """A condition on an argument: ``slot`` (or position) must be filled, by one of ``classes`` when given."""

    slot: str
    classes: tuple[str, ...] = ()

    @field_validator("slot")
    @classmethod
    def _slot_or_position(cls, value: str) -> str:
        if value not in (*POSITIONS, UNDERGOER, "actor", "target", "place") and not _ARABIC.match(value):
            raise ValueError(
                f"{value!r} is neither a slot (actor, target, place) nor a position "
                f"({', '.join(POSITIONS)} or a preposition)"
            )
        return value

    @field_validator("classes")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [c for c in value if c not in CLASSES]
        if unknown:
            raise ValueError(f"unknown classes {unknown}: of {', '.join(CLASSES)}")
        return value


class TriggerEntry(Entry):
    """One trigger: a verb with its masdar, or a noun; several words when ``with`` is given.

    Attributes:
        verb: citation form (past, third person), vocalised or not; ``root`` and ``pattern`` conjugate it.
        root: radicals, e.g. ``قتل``; a hamza is written ء (``ءخذ``), a weak radical و or ي.
        pattern: the wazn by its Arabic name: ``فعَل يفعُل``, ``أفعل``, ``فعّل``, ``فاعل``, ``انفعل``, ``افتعل``,
            ``تفعّل``, ``تفاعل``, ``استفعل``, ``فعلل`` …
        reduced: for افتعل/تفعّل with an assimilated affix (اتّخذ).
        masdar: verbal nouns. Needed for form I (they cannot be derived); ``[]`` says that it has none that triggers.
        noun: a noun that is a trigger by itself; ``plural`` its broken or irregular plurals (ات, ان, ين are derived).
        passive: ``context`` when the unvocalised past may be passive (قتل ثلاثة), ``never`` for intransitives.
        participles: whether active participles trigger (منسحب، مسيطرا على).
        with_: words one of which must follow in the same clause (فتح … النار); an ending pronoun is matched too.
        only_verb: the masdar-like forms are no trigger.
        implied: a noun for people that tells of their deed only where an article tells it by no other word
            («أصيب متظاهر بالرصاص»: there was a demonstration).
        state: whether the verb says in the imperfect how things are as well («المناطق التي يسيطر عليها»).
        frame: positions that differ from the mode's frame.
        needs: what must be filled for this sense to hold, all of them.
        unless: words that, near the trigger, show another sense (سقوط الأمطار، هجوم إعلامي).
        amid: classes of ``words.yaml`` of which a word must stand anywhere in the sentence («لفظ أنفاسه» where arms
            are spoken of, «احتشدوا» where a protest is).
    """

    verb: str | None = None
    root: str | None = None
    pattern: str | None = None
    reduced: bool = False
    masdar: tuple[str, ...] | None = None
    noun: str | None = None
    plural: tuple[str, ...] = ()
    passive: Literal["context", "never"] = "context"
    participles: bool = False
    state: bool = False
    implied: bool = False
    with_: Annotated[tuple[str, ...], Field(alias="with")] = ()
    frame: Frame = Field(default_factory=dict)
    needs: tuple[Needs, ...] = ()
    unless: tuple[str, ...] = ()
    amid: tuple[str, ...] = ()
    examples: tuple[Example, ...] = Field(min_length=1)
    negatives: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _coherent(self) -> TriggerEntry:
        if (self.verb is None) == (self.noun is None):
            raise ValueError("a trigger is either a verb or a noun")
        if self.verb is not None and (self.root is None or self.pattern is None):
            raise ValueError("a verb needs its root and pattern")
        if self.noun is not None and (self.root or self.pattern or self.masdar is not None):
            raise ValueError("root, pattern and masdar belong to verbs")
        return self

    @property
    def name(self) -> str:
        """How the entry is told from others: its citation form, with its fixed words."""
        head = self.verb or self.noun or ""
        return f"{head} {self.with_[0]}" if self.with_ else head


class Mode(Entry):
    """One mode: its CAMEO code (null where there is none), what it means, its frame and its triggers."""

    cameo: str | None
    gloss: str
    frame: Frame = Field(default_factory=dict)
    needs: tuple[Needs, ...] = ()
    triggers: tuple[TriggerEntry, ...] = Field(min_length=1)


class EventType(Entry):
    """One PLOVER type and its modes: the content of one file."""

    type: PloverType
    modes: dict[str, Mode] = Field(min_length=1)


class LightVerb(Entry):
    """A verb that carries an event noun: «شنّ هجوما», «وقع انفجار», «أسفر عن مقتل».

    Attributes:
        event: the position of the noun: ``subject``, ``object`` or a preposition.
        frame: what the verb's other positions are for the event.
        label: ``light`` (one mention with its noun, the verb belongs to the action) or ``cause`` (أسفر عن).
        assertion: what the verb says of its noun («فشل في» negated, «يعتزم» planned), or null.
        trigger: which of the two words the record names as trigger: the ``verb`` where it stands for the act
            (شنّ، نفّذ), else the ``noun``.
        unless: nouns at the head of the phrase with which the subject only deals with what others did («باشرت الشرطة
            حادثة طعن»).
        passive: ``never`` where papers do not use its passive, so that a lone noun behind it is its object («وشنت
            غارات»).
        example: a sentence in which the verb must be found to carry an event.
    """

    verb: str
    root: str
    pattern: str
    reduced: bool = False
    masdar: tuple[str, ...] = ()
    event: str
    frame: Frame = Field(default_factory=dict)
    label: Literal["light", "cause"] = "light"
    assertion: Literal["negated", "hypothetical", "planned"] | None = None
    trigger: Literal["noun", "verb"] = "noun"
    unless: tuple[str, ...] = ()
    passive: Literal["context", "never"] = "context"
    example: str

    @field_validator("event")
    @classmethod
    def _position(cls, value: str) -> str:
        if value not in ("subject", "object") and not _ARABIC.match(value):
            raise ValueError(f"{value!r} is no position: subject, object or a preposition")
        return value


class Trigger(Entry):
    """A trigger entry together with where it belongs; ``frame`` is complete (mode and entry merged)."""

    type: str
    mode: str
    cameo: str | None
    entry: TriggerEntry
    frame: dict[str, str]
    needs: tuple[Needs, ...]
    file: str
    line: int

    @property
    def rule(self) -> str:
        """The rule id that records carry: mode and entry."""
        return f"{self.mode}/{self.entry.name}"


def read_events(files: tuple[str, ...] | None = None) -> tuple[list[Trigger], list[Fault]]:
    """All triggers of ``data/events`` (or of the named files) and every fault found on the way."""
    triggers: list[Trigger] = []
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    paths = (
        sorted(data_path("events").glob("*.yaml"))
        if files is None
        else [data_path("events", f) for f in files]
    )
    for path in paths:
        name = f"events/{path.name}"
        try:
            data, lines = read_yaml(path)
        except KnowledgeError as error:
            faults += error.faults
            continue
        event_type = _validate_type(data, lines, name, faults)
        if event_type is None:
            continue
        for mode_name, mode in event_type.modes.items():
            line = lines.get(("modes", mode_name), 0)
            if mode_name in seen:
                faults.append(Fault(name, line, f"the mode {mode_name!r} stands in {seen[mode_name]} too"))
            seen[mode_name] = f"{name}:{line}"
            for index, entry in enumerate(mode.triggers):
                line = lines.get(("modes", mode_name, "triggers", index), 0)
                triggers.append(
                    Trigger(type=event_type.type, mode=mode_name, cameo=mode.cameo, entry=entry, file=name, line=line,
                            frame={**mode.frame, **entry.frame}, needs=entry.needs or mode.needs)
                )  # fmt: skip
    return triggers, faults


def _validate_type(
    data: Any, lines: dict[tuple[str | int, ...], int], name: str, faults: list[Fault]
) -> EventType | None:
    """Validates a file, naming the line of each fault rather than the line of the file."""
    from pydantic import ValidationError

    try:
        return EventType.model_validate(data)
    except ValidationError as error:
        for loc, message in problems(error):
            line = next((lines[loc[:k]] for k in range(len(loc), -1, -1) if loc[:k] in lines), 0)
            faults.append(Fault(name, line, f"{'.'.join(str(p) for p in loc)}: {message}"))
        return None


def read_types() -> tuple[EventType, ...]:
    """The event types with their modes, in the order of the files.

    Raises:
        KnowledgeError: with every fault of every file.
    """
    found, faults = [], list[Fault]()
    for path in sorted(data_path("events").glob("*.yaml")):
        data, lines = read_yaml(path)
        found.append(_validate_type(data, lines, f"events/{path.name}", faults))
    if faults:
        raise KnowledgeError(faults)
    return tuple(kind for kind in found if kind is not None)


@lru_cache(maxsize=1)
def load_events() -> tuple[Trigger, ...]:
    """The triggers of all types.

    Raises:
        KnowledgeError: with every fault of every file.
    """
    triggers, faults = read_events()
    if faults:
        raise KnowledgeError(faults)
    return tuple(triggers)


@lru_cache(maxsize=1)
def load_light_verbs() -> tuple[LightVerb, ...]:
    """The light verbs of ``data/light_verbs.yaml``.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    return read_entries("light_verbs.yaml", LightVerb)
