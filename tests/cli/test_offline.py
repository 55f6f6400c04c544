"""The installed command over the corpus with the network cut off: the real models, the real thing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from run_builders import json_lines

from pipeline.records import EventRecord


def _without_network() -> list[str]:
    """What to put before a command so that it runs without any network."""
    tool = shutil.which("unshare")
    if tool is None:
        pytest.skip("unshare is not installed: the network cannot be cut off")
    for options in (["-n"], ["-r", "-n"]):
        done = subprocess.run([tool, *options, "true"], capture_output=True, check=False)
        if done.returncode == 0:
            return [tool, *options]
    pytest.skip("this system does not permit unshare -n: the network cannot be cut off")


def _command(python_options: Sequence[str]) -> list[str]:
    """The installed command of this environment, or the module where it is not installed."""
    script = Path(sys.executable).with_name("waqai")
    return [sys.executable, *python_options, *([str(script)] if script.exists() else ["-m", "pipeline"])]


def _run(
    root: Path, out: Path, *, offline: list[str], python_options: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    command = [*offline, *_command(python_options), "run", str(root / "corpus"), "--out", str(out)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CAMELTOOLS", "STANZA", "HF_"))}
    return subprocess.run(
        command,
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )


def test_the_network_is_really_cut_off() -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
    done = subprocess.run(
        [*_without_network(), sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "unreachable" in done.stderr


def test_the_corpus_is_run_offline(root: Path, tmp_path: Path) -> None:
    if not any((root / "models").glob("*/*")):
        pytest.skip("models/ is empty: nothing to run the corpus with (waqai train makes the models)")
    offline = _without_network()
    out = tmp_path / "out"
    first = _run(root, out, offline=offline)
    assert first.returncode == 0, first.stderr[-4000:]
    texts = {a["id"]: a["text"] for a in json_lines(out / "articles.jsonl")}
    assert set(texts) == {p.relative_to(root / "corpus").as_posix() for p in (root / "corpus").rglob("*.txt")}
    assert json_lines(out / "rejects.jsonl") == []
    events = json_lines(out / "events.jsonl")
    # Most articles of the corpus report something.
    assert len({e["article"]["id"] for e in events}) > len(texts) / 2
    for event in events:
        EventRecord.model_validate(event)
        text = texts[event["article"]["id"]]
        spans = [event["sentence"], event["trigger"], event["when"], event["attribution"]]
        spans += [*event["actors"], *event["targets"], *event["places"], *event["quantities"]]
        for span in spans:
            if span and span["text"] is not None:
                assert text[span["start"] : span["end"]] == span["text"]
    manifest = _manifest(out)
    assert manifest["counts"]["events"] == len(events)

    for _ in range(3):
        began = time.monotonic()
        second = _run(root, out, offline=offline, python_options=["-X", "importtime"])
        took = time.monotonic() - began
        assert second.returncode == 0
        before, manifest = manifest, _manifest(out)
        if manifest == before:
            break
        # Somebody edited the program or its data while the test ran: then everything is rightly done again.
        assert (manifest["code"], manifest["versions"]) != (before["code"], before["versions"])
    assert second.stdout.startswith(f"nothing to do: {len(texts)} articles and ")
    imported = {line.split("|")[-1].strip().split(".")[0] for line in second.stderr.splitlines()}
    assert "pipeline" in imported
    assert imported.isdisjoint({"torch", "stanza", "spacy", "pandas", "pyarrow", "trafilatura"})
    assert took < 4.0, "two seconds on a machine that does nothing else"


def _manifest(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "manifest.json").read_text(encoding="utf-8")))
