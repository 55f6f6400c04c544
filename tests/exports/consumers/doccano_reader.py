"""Run by a Python with doccano: imports a file as doccano's server does, and exports the project again.

Usage: python doccano_reader.py FILE OUT: OUT becomes doccano's own export, JSON Lines with entities and relations.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings

#: Of doccano's parts those that hold and move data; none that serves pages.
PARTS = [
    "django_drf_filepond",
    "roles",
    "projects",
    "examples",
    "label_types",
    "labels",
    "data_import",
    "data_export",
]


def start(folder: Path) -> None:
    """doccano's models on a database of their own."""
    spec = importlib.util.find_spec("backend")
    assert spec is not None
    assert spec.submodule_search_locations
    sys.path.insert(0, spec.submodule_search_locations[0])
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "polymorphic", *PARTS],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "db.sqlite3")}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        ROLE_PROJECT_ADMIN="project_admin", ROLE_ANNOTATOR="annotator", ROLE_ANNOTATION_APPROVER="annotation_approver",
        MEDIA_ROOT=str(folder), DJANGO_DRF_FILEPOND_UPLOAD_TMP=str(folder / "tmp"),
        DJANGO_DRF_FILEPOND_FILE_STORE_PATH=str(folder), USE_TZ=True, SECRET_KEY="x", IMPORT_BATCH_SIZE=1000,
        # Tables as the models are now: the history of doccano's own database is of no use here.
        MIGRATION_MODULES=dict.fromkeys(PARTS),
    )  # fmt: skip
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)


def main(file: Path, out: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        start(Path(scratch))
        from data_export.celery_tasks import create_collaborative_dataset
        from data_export.pipeline.factories import create_formatter, create_writer
        from data_import.datasets import load_dataset
        from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format
        from data_import.pipeline.readers import FileName
        from django.contrib.auth.models import User
        from projects.models import ProjectType, SequenceLabelingProject

        user = User.objects.create_user("someone")
        project = SequenceLabelingProject.objects.create(
            name="events", project_type=ProjectType.SEQUENCE_LABELING, created_by=user, allow_overlapping=True,
            use_relation=True,
        )  # fmt: skip
        name = FileName(full_path=str(file), generated_name=file.name, upload_name=file.name)
        dataset = load_dataset(
            RELATION_EXTRACTION, create_file_format("JSONL"), [name], project, encoding="utf_8"
        )
        dataset.save(user, batch_size=1000)
        assert dataset.errors == [], [str(e.dict()) for e in dataset.errors][:3]
        formatters, writer = create_formatter(project, "JSONL"), create_writer("JSONL")
        create_collaborative_dataset(project, scratch, False, formatters, writer)
        out.write_bytes((Path(scratch) / "all.jsonl").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
