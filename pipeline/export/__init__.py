"""Records in the formats that other programs read.

Every format is one row of :data:`FORMATS`; ``waqai export`` and :func:`pipeline.export.writing.export` find it there.
What a format's function has to do: read the run, make the file or folder ``draft`` (which is not there yet), and say
how much it wrote. Checking the options, reading strictly and putting the result in place, whole or not at all, is done
by :mod:`pipeline.export.writing`. This module imports nothing heavy: ``waqai --help`` reads the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class ExportError(ValueError):
    """An export cannot be carried out as asked; nothing has been written. The message is one line."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is made.

    Attributes:
        help: one line for people: what comes out, for whom.
        target: ``module:function``, imported when the format is asked for. Called as ``function(run, draft,
            **options)`` with a :class:`pipeline.outputs.FinishedRun` and the path to make; it returns counts by name.
            What it cannot write it raises as :class:`ExportError`.
        folder: whether it makes a folder (else a single file).
        options: names of the keyword-only options that it takes beyond those of every export.
        gold: whether gold annotations can be written too; then the function's ``run`` may be a
            :class:`pipeline.export.annotated.GoldSource`.
    """

    help: str
    target: str
    folder: bool
    options: frozenset[str] = frozenset()
    gold: bool = False


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "tables": Format(
            help="a folder of Parquet files: events (nested), places (one row each), articles",
            target="pipeline.export.parquet:write_tables",
            folder=True,
            options=frozenset({"partition"}),
        ),
        "csv": Format(
            help="a folder of CSV files for spreadsheets: events, places",
            target="pipeline.export.spreadsheet:write_csv",
            folder=True,
            options=frozenset({"partition", "bom", "delimiter"}),
        ),
        "label-studio": Format(
            help="folder with tasks and labelling configuration for Label Studio",
            target="pipeline.export.label_studio:write_label_studio",
            folder=True,
            gold=True,
        ),
        "doccano": Format(
            help="JSON Lines for doccano",
            target="pipeline.export.doccano:write_doccano",
            folder=False,
            gold=True,
        ),
        "brat": Format(
            help="folder of brat standoff files with events",
            target="pipeline.export.brat:write_brat",
            folder=True,
            gold=True,
        ),
        "cas": Format(
            help="folder of UIMA CAS XMI files, for INCEpTION",
            target="pipeline.export.cas:write_cas",
            folder=True,
            gold=True,
        ),
        "spacy": Format(
            help="spaCy DocBin",
            target="pipeline.export.spacy_docs:write_spacy",
            folder=False,
            gold=True,
        ),
    }
)


__all__ = ["FORMATS", "ExportError", "Format"]
