"""What the fields of article dumps are called, and names of months and countries: the data of ``data/fields.yaml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from pydantic import Field

from pipeline.knowledge.load import Entry, Fault, KnowledgeError, data_path, read_yaml, validate

FieldName = Literal["id", "title", "text", "published", "source", "url", "country"]


class RecordExample(Entry):
    """A record and the value that the field gets from it (before dates are parsed)."""

    record: dict[str, Any]
    value: str


class TextExample(Entry):
    """A text and what it means: an ISO date, or an ISO 3166-1 alpha-3 code."""

    text: str
    value: str


class FieldEntry(Entry):
    """The names of one field, the most telling first."""

    field: FieldName
    names: tuple[str, ...] = Field(min_length=1)
    examples: tuple[RecordExample, ...] = Field(min_length=1)


class MonthEntry(Entry):
    """Names of one month, 1 to 12."""

    month: int = Field(ge=1, le=12)
    names: tuple[str, ...] = Field(min_length=1)
    examples: tuple[TextExample, ...] = Field(min_length=1)


class CountryEntry(Entry):
    """Names of one country, by its ISO 3166-1 alpha-3 code."""

    country: str = Field(pattern=r"^[A-Z]{3}$")
    names: tuple[str, ...] = Field(min_length=1)
    examples: tuple[TextExample, ...] = Field(min_length=1)


class _File(Entry):
    fields: tuple[FieldEntry, ...]
    months: tuple[MonthEntry, ...]
    hijri_months: tuple[MonthEntry, ...]
    countries: tuple[CountryEntry, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """The loaded names.

    Attributes:
        by_key: :func:`name_key` of a name → its field and its rank among the names of that field (0 first).
        months, hijri_months: :func:`plain` name → month, 1 to 12.
        countries: :func:`name_key` of a name → alpha-3 code.
        entries: the entries with their examples, for the tests and the checks.
    """

    by_key: Mapping[str, tuple[FieldName, int]]
    months: Mapping[str, int]
    hijri_months: Mapping[str, int]
    countries: Mapping[str, str]
    entries: tuple[FieldEntry | MonthEntry | CountryEntry, ...]


def plain(text: str) -> str:
    """``text`` with marks, tatweel and capitals away, alef, ya and ta marbuta folded; accents of Latin letters too.

    >>> plain("كانون الثّاني"), plain("Décembre")
    ('كانون الثاني', 'decembre')
    """
    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf") and c != "ـ")
    return kept.casefold().replace("ى", "ي").replace("ة", "ه")


def name_key(name: str) -> str:
    """The key of a field or country name: :func:`plain`, without the article ال and without separators.

    >>> name_key("تاريخ النشر") == name_key("تاريخ_نشر"), name_key("Published-At")
    (True, 'publishedat')
    """
    words = re.findall(r"[^\W_]+", plain(name))
    return "".join(w[2:] if w.startswith("ال") and len(w) > 3 else w for w in words)


@lru_cache(maxsize=1)
def load_fields() -> Fields:
    """The names of ``data/fields.yaml``.

    Raises:
        KnowledgeError: with every fault of the file: unknown keys, entries without an example, a name that
            stands for two things, a field without names.
    """
    path = data_path("fields.yaml")
    data, lines = read_yaml(path)
    faults: list[Fault] = []
    file = validate(_File, data, path.name, 0, faults)
    if file is None:
        raise KnowledgeError(faults)

    def collect(section: str, entries: tuple[Any, ...], value: str, key: Any) -> dict[str, tuple[Any, int]]:
        found: dict[str, tuple[Any, int]] = {}
        for index, entry in enumerate(entries):
            for rank, name in enumerate(entry.names):
                meaning = getattr(entry, value)
                if found.setdefault(key(name), (meaning, rank))[0] != meaning:
                    other = found[key(name)][0]
                    message = f"{name!r} stands for {meaning} and for {other}"
                    faults.append(Fault(path.name, lines.get((section, index), 0), message))
        return found

    by_key = collect("fields", file.fields, "field", name_key)
    months = collect("months", file.months, "month", plain)
    hijri = collect("hijri_months", file.hijri_months, "month", plain)
    countries = collect("countries", file.countries, "country", name_key)
    missing = set(get_args(FieldName)).difference(e.field for e in file.fields)
    faults += [Fault(path.name, 0, f"no entry for the field {name}") for name in sorted(missing)]
    if faults:
        raise KnowledgeError(faults)
    return Fields(
        by_key=MappingProxyType(by_key),
        months=MappingProxyType({name: month for name, (month, _) in months.items()}),
        hijri_months=MappingProxyType({name: month for name, (month, _) in hijri.items()}),
        countries=MappingProxyType({name: code for name, (code, _) in countries.items()}),
        entries=(*file.fields, *file.months, *file.hijri_months, *file.countries),
    )
