"""Fetching by the libraries' own downloaders from a server on this machine, and what is said without one."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import nlp as front
from pipeline.cli import app
from pipeline.engines.fetched import find


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site(tiny: Path, tmp_path: Path, nothing: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What a server on this machine gives out: the tiny models as their publishers would; the downloaders go there."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "stanza").symlink_to(tiny / "stanza")
    version = metadata.version("stanza")
    resources = (tiny / "stanza/resources.json").read_text(encoding="utf-8")
    (folder / f"resources_{version}.json").write_text(resources, encoding="utf-8")
    with zipfile.ZipFile(folder / "tiny.zip", "w") as archive:
        for path in (tiny / "camel/data/ner/tiny").iterdir():
            archive.write(path, path.name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}"
    catalogue = json.loads((tiny / "camel/catalogue.json").read_text(encoding="utf-8"))
    catalogue["packages"]["ner-tiny"] |= {"url": f"{address}/tiny.zip", "version": "1"}
    (folder / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
    monkeypatch.setenv("STANZA_RESOURCES_URL", address)
    monkeypatch.setenv("STANZA_MODEL_URL", address + "/stanza/{lang}/{filename}")
    monkeypatch.setenv("WAQAI_CAMEL_CATALOGUE", f"{address}/catalogue.json")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder
    server.shutdown()
    server.server_close()
    thread.join()


def models(*options: str) -> tuple[int, str, list[str]]:
    """Exit status, stdout and the lines on stderr of ``waqai models``."""
    done = CliRunner().invoke(app, ["models", *options])
    return done.exit_code, done.stdout, done.stderr.splitlines()


def test_what_is_fetched_is_used(site: Path, nothing: Path) -> None:
    status, out, told = models("--fetch", "all", "--json")
    assert status == 0
    assert [line.split(" is in ")[1] for line in told] == [
        str(nothing / "stanza"),
        str(nothing / "camel/data/ner/tiny"),
    ]
    fetched = {m["name"]: m for m in json.loads(out)["fetched"]}
    assert fetched["stanza"]["checked"] == 6
    assert fetched["camel"]["checked"] == 4
    assert not fetched["stanza"]["faults"] + fetched["camel"]["faults"]
    assert sorted(p.name for p in nothing.iterdir()) == ["camel", "stanza"]
    doc = front.load("stanza+camel")("سيطرت قوات سامر للمدينة على حمص.")
    assert ("حمص", "GPE") in [(e.text, e.label_) for e in doc.ents]


def test_a_download_that_is_damaged_changes_nothing(site: Path, nothing: Path) -> None:
    assert models("--fetch", "camel")[0] == 0
    before = find("camel").fingerprint
    with zipfile.ZipFile(site / "tiny.zip", "w") as archive:
        archive.writestr("config.json", "{}")
    status, _, told = models("--fetch", "camel")
    assert status == 1
    assert len(told) == 1
    assert "not whole" in told[0]
    assert find("camel").fingerprint == before
    assert sorted(p.name for p in nothing.iterdir()) == ["camel"]


def test_what_differs_from_the_catalogue_is_refused(site: Path, nothing: Path) -> None:
    content = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))
    content["packages"]["ner-tiny"]["files"][0]["sha256"] = "0" * 64
    (site / "catalogue.json").write_text(json.dumps(content), encoding="utf-8")
    status, _, told = models("--fetch", "camel")
    assert (status, len(told)) == (1, 1)
    assert "differs from the catalogue" in told[0]
    assert not list(nothing.iterdir())


@pytest.mark.parametrize("name", ["stanza", "camel"])
def test_a_server_that_refuses_is_told_in_one_line(site: Path, nothing: Path, name: str) -> None:
    for path in site.glob("*.json"):
        path.unlink()
    status, _, told = models("--fetch", name)
    assert (status, len(told)) == (1, 1)
    assert "127.0.0.1 refuses it (HTTP 404); nothing was changed" in told[0]
    assert not list(nothing.iterdir())


@pytest.mark.parametrize("name", ["stanza", "camel"])
def test_without_a_network_one_line_says_so(
    nothing: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody listens on this port of this machine.
    monkeypatch.setenv("STANZA_RESOURCES_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("WAQAI_CAMEL_CATALOGUE", "http://127.0.0.1:9/catalogue.json")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    status, out, told = models("--fetch", name)
    assert (status, out) == (1, "")
    assert len(told) == 1
    assert told[0].startswith("waqai models: error: ")
    assert "no network: 127.0.0.1 cannot be reached" in told[0]
    assert not list(nothing.iterdir())


def test_a_folder_that_cannot_be_written_is_told(nothing: Path) -> None:
    nothing.write_text("a file stands in the way", encoding="utf-8")
    status, _, told = models("--fetch", "stanza")
    assert (status, len(told)) == (1, 1)
    assert str(nothing) in told[0]
