"""Views for tests of the event grammar, written as «form/TAG» words; «+» glues a clitic to the word before."""

from __future__ import annotations

from datetime import date

from pipeline.events.view import View
from pipeline.resolve.time import parse_times
from pipeline.text.normalize import fold


def view(text: str, *, entities: tuple[tuple[str, str], ...] = (), published: date | None = None) -> View:
    """A one-sentence view.

    Args:
        text: e.g. ``"سيطرت/VERB القوات/NOUN"``; ``+`` glues to the word before; a third part is the normal form.
        entities: (label, words) found in the text.
        published: day of publication; without it the view has no times.
    """
    raw = ""
    starts, ends, norms, tags, glued = [], [], [], [], []
    for item in text.split():
        is_glued = item.startswith("+")
        form, tag, *norm = item.lstrip("+").split("/")
        raw += "" if is_glued or not raw else " "
        starts.append(len(raw))
        raw += form
        ends.append(len(raw))
        norms.append(norm[0] if norm else form)
        tags.append(tag)
        glued.append(is_glued)
    ent = [-1] * len(norms)
    ents = []
    for label, words in entities:
        wanted = words.split()
        first = next(i for i in range(len(norms)) if norms[i : i + len(wanted)] == wanted)
        for i in range(first, first + len(wanted)):
            ent[i] = len(ents)
        ents.append((label, first, first + len(wanted), ""))
    times = parse_times(raw, published) if published is not None else []
    time = [next((n for n, t in enumerate(times) if t.start <= start < t.end), -1) for start in starts]
    count = len(norms)
    return View(
        text=raw,
        start=tuple(starts),
        end=tuple(ends),
        norm=tuple(norms),
        key=tuple(fold(n) for n in norms),
        pos=tuple(tags),
        dep=("",) * count,
        head=tuple(range(count)),
        ent=tuple(ent),
        ents=tuple(ents),
        glued=tuple(glued),
        sent=(0,) * count,
        sents=((0, count),),
        paragraph=(0,) * count,
        time=tuple(time),
        times=tuple(times),
        passive=(False,) * count,
    )
