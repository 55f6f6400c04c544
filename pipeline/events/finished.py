"""An event with all that is known of it, before it becomes a record; and how each part of it was reached."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.events.assertion import Stance
from pipeline.events.slots import Filled
from pipeline.events.timing_values import EventTime


@dataclass(frozen=True)
class Finished:
    """An event with its time and stance: what a record is made of."""

    filled: Filled
    time: EventTime | None
    stance: Stance


def evidence(event: Finished) -> list[str]:
    """One line for each slot: how it was reached."""
    lines = [f"trigger: {event.filled.candidate.form.kind}"]
    if event.filled.mention.light_verb is not None:
        lines.append(f"light verb: {re.sub(r'[^ء-ي ]', '', event.filled.mention.light_verb.verb)}")
    lines += [f"{a.slot}: {a.how}" for a in event.filled.arguments]
    if event.time is not None:
        way = "date of publication" if event.time.published else "in the sentence"
        lines.append("time: inherited" if event.time.inherited else f"time: {way}")
    return lines + [f"assertion: {cue}" for cue in event.stance.cues]
