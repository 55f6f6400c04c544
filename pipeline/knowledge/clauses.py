"""Where a sentence ends, and where a run-on sentence may be cut into clauses: closed lists as data."""

from __future__ import annotations

from functools import lru_cache

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, WordList, data_path, read_yaml, validate

FILE = "clauses.yaml"


class Listed(WordList):
    """A named list of words with sentences of our own; ``|`` in an example marks where the cut falls."""

    examples: tuple[str, ...]


class Clauses(Entry):
    """The file as a whole.

    Attributes:
        abbreviations: words whose full stop ends nothing (د.).
        connectives: words that open a clause wherever they stand (فيما, بينما, ثم).
        after_comma: words that open a clause only after a comma (كما, حيث, كذلك).
        openers: words that open a clause after a comma where a verb follows before the next comma (في, بعد, خلال).
        relative: words after which a verb belongs to what stands before (الذي, أن): no cut follows them.
    """

    abbreviations: tuple[Listed, ...]
    connectives: tuple[Listed, ...]
    after_comma: tuple[Listed, ...]
    openers: tuple[Listed, ...]
    relative: tuple[Listed, ...]

    def words(self, section: str) -> frozenset[str]:
        """All words of one section."""
        entries: tuple[Listed, ...] = getattr(self, section)
        return frozenset(word for entry in entries for word in entry.words)


@lru_cache(maxsize=1)
def load_clauses() -> Clauses:
    """The lists of ``clauses.yaml``.

    Raises:
        KnowledgeError: with every fault of the file.
    """
    data, lines = read_yaml(data_path(FILE))
    faults: list[Fault] = []
    found: dict[str, list[Listed]] = {name: [] for name in Clauses.model_fields}
    for section, entries in data.items():
        if section not in found:
            faults.append(Fault(FILE, lines.get((section,), 0), f"{section!r} is no section of this file"))
            continue
        for k, entry in enumerate(entries or ()):
            one = validate(Listed, entry, FILE, lines.get((section, k), 0), faults)
            if one is not None:
                found[section].append(one)
    if faults:
        raise KnowledgeError(faults)
    return Clauses(**{name: tuple(entries) for name, entries in found.items()})
