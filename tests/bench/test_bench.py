"""The bench with tiny sizes: every figure is there and is what it says it is."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from run_builders import QUIET, SHELLING
from typer.testing import CliRunner

from pipeline.bench import stanza_sized
from pipeline.bench.children import BenchError, Child
from pipeline.bench.measure import targets
from pipeline.bench.programs import program
from pipeline.bench.stages import STAGES, Sampler, stage_of
from pipeline.bench.subjects import timed
from pipeline.bench.table import show
from pipeline.bench.texts import Texts, words
from pipeline.cli import app


def test_a_run_of_everything_but_stanza(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made" / "bench.json"
    arguments = [
        "bench", str(root / "corpus"), "--out", str(out), "--engine", "fast", "--turns", "1", "--words", "300",
        "--length", "50", "--length", "9000000", "--workers", "0", "--no-stanza",
    ]  # fmt: skip
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    result = json.loads(out.read_text())
    fast, blank = (result["subjects"][name] for name in ("fast", "spacy.blank, tokens only"))
    assert [turn["words"] >= 300 for turn in fast["turns"]] == [True]
    assert fast["lowest"] <= fast["words_per_second"] <= fast["highest"] < blank["words_per_second"]
    assert fast["turns"][0]["facts"]["articles"] >= 1
    # torch, spaCy and the models are in one process, spaCy alone in the other.
    assert fast["peak_memory"] > blank["peak_memory"] > 50e6
    shares = result["stages"]["fast"]["facts"]["stages"]
    assert set(shares) == set(STAGES)
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    assert shares["tokeniser"] > 0
    assert shares["events"] > 0
    short, long = result["lengths"]["fast"]
    assert short["words_per_second"] > 0
    assert "would take" in long["skipped"]
    python, help_ = result["startup"]["python -c pass"], result["startup"]["waqai --help"]
    # The clock of the processor ticks: what takes a hundredth of a second may have taken none.
    assert 0 <= python["cpu"] < help_["cpu"] < result["startup"]["waqai run, one article, fast"]["cpu"]
    assert {t["what"].split(":")[1] for t in result["targets"]} == {
        " words/s a core, end to end", " share of resolution in the run", " peak memory of a worker, bytes",
    }  # fmt: skip
    for shown in ("End to end, medians", "resolution", "Start-up", "Targets"):
        assert shown in done.stdout
    show(result)
    assert capsys.readouterr().out in done.stdout


def test_what_cannot_be_timed_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    out = str(tmp_path / "b.json")
    nothing = CliRunner().invoke(app, ["bench", str(tmp_path / "empty"), "--out", out])
    assert nothing.exit_code == 2
    assert nothing.stderr.endswith("empty: no article with a sentence to be timed\n")
    unknown = CliRunner().invoke(app, ["bench", "--engine", "quick", "--out", out])
    assert unknown.exit_code == 2
    assert "no engine is called 'quick'" in unknown.stderr
    assert not Path(out).exists()


@pytest.mark.slow
def test_stanza_of_the_published_sizes(tmp_path: Path, root: Path) -> None:
    texts = Texts.of([root / "corpus"])
    stanza_sized.build(tmp_path, texts.vocabulary[:3], root / "models" / "tokenizer")
    document = stanza_sized.load(tmp_path)(SHELLING)
    first = document.sentences[0]
    assert first.text.startswith("قصفت الطائرات")
    assert all(w.upos and w.lemma and w.deprel and w.head is not None for w in first.words)
    assert all(t.ner for t in first.tokens)
    sizes = {
        name: tuple(tensor.shape) for name, tensor in _weights(tmp_path / "pos.pt", "model").items()
    }  # fmt: skip
    # A tagger of two layers of 200 units in each direction, whatever this Stanza calls them.
    hidden = [size for name, size in sizes.items() if name.startswith("taggerlstm") and "weight_hh" in name]
    assert hidden == [(800, 200)] * 4
    assert _weights(tmp_path / "forward.pt", "state_dict")["charlstm.lstm.weight_hh_l0"].shape == (4096, 1024)


def _weights(path: Path, key: str) -> dict:
    import torch

    return torch.load(path, weights_only=True)[key]


def test_every_label_is_in_what_stanza_is_built_from() -> None:
    rows = [line.split("\t") for line in stanza_sized._conllu(["كلمة"] * 120).splitlines() if line]
    assert {row[3] for row in rows} == set(stanza_sized.UPOS.split())
    assert {row[7] for row in rows} == {"root", *stanza_sized.RELATIONS.split()}
    assert {row[5].split("=")[0] for row in rows} == set(stanza_sized.FEATS)
    assert all(len(row[4]) == 10 for row in rows)


@pytest.mark.parametrize(
    ("modules", "stage"),
    [
        ([], "rest"),
        (["pipeline.runs.run"], "rest"),
        (["pipeline.runs.run", "pipeline.runs.reading", "pipeline.articles.read", "json"], "reading"),
        (["pipeline.extraction", "pipeline.engines.language", "spacy.language", "thinc.model"], "engine"),
        (["pipeline.engines.language", "pipeline.text.tokenizer", "pipeline.text.words"], "tokeniser"),
        (["pipeline.engines.language", "pipeline.text.tokenizer", "pipeline.text.normalize"], "normalising"),
        (["pipeline.engines.language", "pipeline.entities.rulers", "pipeline.text.normalize"], "entities"),
        (["pipeline.events.reader", "pipeline.text.normalize"], "events"),
        (["pipeline.events.reader", "pipeline.events.semantics", "pipeline.resolve.actor"], "resolution"),
        (["pipeline.runs.clustering", "pipeline.duplicates", "pipeline.text.normalize"], "duplicates"),
        (["pipeline.runs.run", "pipeline.records", "pydantic.main"], "writing"),
        (["pipeline.eventsof"], "rest"),
    ],
)  # fmt: skip
def test_the_stage_of_a_stack(modules: list[str], stage: str) -> None:
    assert stage_of(modules) == stage


def test_the_sampler_counts_processor_time() -> None:
    code = "def busy(seconds, then=None):\n until = now() + seconds\n while now() < until: pass\n"
    code += " if then: then(seconds)"
    outer = {"__name__": "pipeline.events.made_up", "now": time.process_time}
    inner = {"__name__": "pipeline.resolve.made_up", "now": time.process_time}
    exec(code, outer)
    exec(code, inner)
    with Sampler() as sampler:
        outer["busy"](0.2, inner["busy"])
        time.sleep(0.2)
    shares = sampler.shares()
    assert shares["events"] == pytest.approx(0.5, abs=0.15)
    assert shares["resolution"] == pytest.approx(0.5, abs=0.15)
    before = Counter(sampler.samples)
    outer["busy"](0.05)
    assert sampler.samples == before, "nothing is counted any more"


def test_few_texts_are_recombined_and_many_are_not(tmp_path: Path) -> None:
    (tmp_path / "few.txt").write_text(f"{SHELLING}\n{QUIET}\n", encoding="utf-8")
    few = [Texts.of([tmp_path]) for _ in range(2)]
    assert few[0].recombined
    articles = few[0].take(1000)
    assert [a.text for a in articles] == [a.text for a in few[1].take(1000)], "the same every time"
    assert 1000 <= sum(words(a.text) for a in articles) < 1400
    assert len({a.id for a in articles}) == len(articles)
    assert 50 <= words(few[0].one(50).text) < 110

    rows = [json.dumps({"id": f"n{n}", "text": f"{SHELLING} {n} " * 500}) for n in range(9)]
    dump = tmp_path / "many.jsonl"
    dump.write_text("\n".join(rows), encoding="utf-8")
    many = Texts.of([dump])
    assert not many.recombined
    taken = many.take(60_000)
    assert taken[0].id == "1-n0"
    assert len({a.id for a in taken}) == len(taken) > 9, "what comes round again has another id"


def test_failures_of_processes_are_told() -> None:
    with pytest.raises(BenchError, match="none: KeyError"):
        Child("none", "no such kind")
    with pytest.raises(BenchError, match="exit status 3: why"):
        program("python3", "-c", "import sys; print('why', file=sys.stderr); sys.exit(3)")


def test_time_is_taken_in_both_ways() -> None:
    with timed(["كلمة كلمتان ثلاث", "أربع"]) as work:
        time.sleep(0.05)
    assert work.words == 4
    assert work.cpu < 0.05 <= work.wall


def test_targets() -> None:
    subject = {"words_per_second": 1999.0, "times_stanza": 10.0, "peak_memory": 1_400_000_000}
    result = {
        "subjects": {"fast": subject},
        "stages": {"fast": {"facts": {"stages": {"resolution": 0.1}}}},
        "workers": {
            "fast": [
                {"workers": 1, "gain": 1.0, "peak_memory": 1},
                {"workers": 2, "gain": 1.9, "peak_memory": 1.6e9},
            ]
        },
    }  # fmt: skip
    assert [target["met"] for target in targets(result)] == [False, True, True, False, True]
