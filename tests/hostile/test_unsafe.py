"""Nothing in the package runs what data says: no pickles, no eval, YAML and torch files in their safe ways only."""

from __future__ import annotations

import ast
import gzip
import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.articles import Reject
from pipeline.articles.read import read_articles
from pipeline.entities import gazetteer_file
from pipeline.entities.gazetteer_file import COLUMNS, GazetteerError, read_lines
from pipeline.knowledge.load import KnowledgeError, read_yaml
from pipeline.resolve.gazetteer_add import add
from pipeline.training.accurate_batch import Line
from pipeline.training.accurate_data import Corpora, Labels, read_back, write_corpora

PACKAGE = Path(__file__).resolve().parents[2] / "pipeline"
#: Modules that run what they read.
FORBIDDEN = {
    "pickle",
    "cPickle",
    "_pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
    "jsonpickle",
    "xmlrpc",
}
SAFE_YAML = {"safe_load", "BaseLoader", "SafeLoader", "CSafeLoader"}


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _faults(path: Path, source: str) -> list[str]:
    faults: list[str] = []

    def fault(node: ast.AST, what: str) -> None:
        faults.append(f"{path}:{getattr(node, 'lineno', 0)}: {what}")

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for name in names:
                if name.split(".")[0] in FORBIDDEN:
                    fault(node, f"imports {name}")
        if not isinstance(node, ast.Call):
            continue
        called = _name(node.func)
        keywords = {k.arg: k.value for k in node.keywords if k.arg}
        if called in ("eval", "exec", "compile", "__import__", "builtins.eval", "builtins.exec"):
            fault(node, called)
        elif called == "torch.load" and getattr(keywords.get("weights_only"), "value", None) is not True:
            fault(node, "torch.load without weights_only=True")
        elif (
            called in ("np.load", "numpy.load")
            and getattr(keywords.get("allow_pickle"), "value", None) is not False
        ):
            fault(node, "numpy.load without allow_pickle=False")
        elif called.endswith(("read_pickle", "extractall", "os.system", "mktemp")):
            fault(node, called)
        elif called.startswith("yaml.") and called.endswith(("load", "load_all")):
            loader = (
                _name(keywords["Loader"]).split(".")[-1] if "Loader" in keywords else called.split(".")[-1]
            )
            if loader not in SAFE_YAML:
                fault(node, f"{called} with {loader}")
        if getattr(keywords.get("shell"), "value", None) is True:
            fault(node, "shell=True")
    return faults


def test_the_package_does_nothing_of_the_kind() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 200
    assert [fault for path in files for fault in _faults(path, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "eval('1')",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "np.load(path, allow_pickle=True)",
        "yaml.load(text, Loader=yaml.Loader)",
        "yaml.unsafe_load(text)",
        "yaml.full_load(text)",
        "pd.read_pickle(path)",
        "archive.extractall(folder)",
        "subprocess.run(line, shell=True)",
    ],
)
def test_it_would_be_found(source: str) -> None:
    assert len(_faults(Path("x.py"), source)) == 1


def test_what_a_training_leaves_for_the_next_step_is_plain_data(tmp_path: Path) -> None:
    labels = Labels(("NOUN", "X"), ("", "Gender=Fem"), ("root",), ("O", "B-PER"))
    line = Line(("قصف", "الجيش"), (True, False), (1, 2**40), (0, 1), (0, 1), (0, 1), (0, 0), (1, 3))
    corpora = Corpora(labels, {"trees": (line, line), "none": ()}, (Line(("أ",), (True,)),))
    write_corpora(tmp_path / "c.json", corpora)
    assert read_back(tmp_path / "c.json") == corpora


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LAUGHS, ":1: not valid YAML: a value that another place refers to by its name"),
        ("a: &a\n  b: *a\n", ":1: not valid YAML: a value that another place refers to"),
        ("a: 1\nb: 2\na: 3\n", ":3: not valid YAML: the key 'a' stands twice"),
        ("? [a]\n: b\n", ":1: not valid YAML: a key must be a word"),
        (
            "a: !!python/object/apply:os.system [true]\n",
            ":1: not valid YAML: could not determine a constructor",
        ),
        ("a: " + "[" * 900 + "]" * 900 + "\n", ": not valid YAML: nested too deeply"),
        # The C library dies of these two.
        ("a: " + "[" * 100_000 + "\n", "nested too deeply"),
        ("- " * 100_000 + "\n", "nested too deeply"),
    ],
)
def test_yaml_that_multiplies_or_commands(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        read_yaml(path)
    assert message in str(error.value)
    assert len(str(error.value)) < 500


BOMB = bytes(60_000_000)


def _zip(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", content)
    return buffer.getvalue()


def test_bombs_are_refused_by_their_ratio(tmp_path: Path) -> None:
    rows = (b" " * 500 + b"\n") * 60_000
    letters = b"a" * 30_000_000
    bombs = {
        "a.txt": letters, "a.html": letters, "a.jsonl": b'{"a": 1}\n' + rows, "a.json": b"[" + rows,
        "a.csv": b"text\n" + rows, "a.parquet": bytes(30_000_000),
    }  # fmt: skip
    for name, content in bombs.items():
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    rejects = [
        item for item in read_articles([tmp_path]) if isinstance(item, Reject) and item.kind != "no_text"
    ]
    assert len(rejects) == len(bombs)
    for reject in rejects:
        assert (reject.kind, reject.reason) == ("too_large", "unpacks to more than 150 times its size"), (
            reject.where
        )
        assert "\n" not in reject.to_json()


def _parquet(texts: list[str], **options: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), buffer, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _parquet(["قصف " * 4_000_000], compression="zstd", use_dictionary=False),
        _parquet([f"قصف الجيش {'ا' * 100_000}"] * 1_500, compression="snappy"),
    ],
    ids=["packed", "shared by many rows"],
)
def test_a_bomb_of_parquet(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    rejects = [item for item in read_articles([tmp_path]) if isinstance(item, Reject)]
    assert rejects
    assert (rejects[-1].kind, rejects[-1].reason) == ("too_large", "unpacks to more than 150 times its size")


@pytest.mark.parametrize(("name", "content"), [("SY.zip", _zip(BOMB)), ("SY.txt.gz", gzip.compress(BOMB))])
def test_a_bomb_is_no_gazetteer(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GazetteerError, match=r"bytes unpack to more than \d+ bytes: not read any further"):
        add(tmp_path / name, tmp_path / "made")
    (tmp_path / "g.tsv.gz").write_bytes(gzip.compress(BOMB))
    with pytest.raises(GazetteerError, match="not read any further"):
        read_lines(tmp_path / "g.tsv.gz")


def test_a_file_of_the_user_is_bounded_by_size_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer_file, "MOST", 100)
    (tmp_path / "g.tsv.gz").write_bytes(gzip.compress(("\t".join(COLUMNS) + "\n" * 50).encode()))
    with pytest.raises(GazetteerError, match="not read any further"):
        read_lines(tmp_path / "g.tsv.gz")


@pytest.mark.parametrize(
    "row",
    [
        "x\ty",
        "x\t\t\t\t\tnorth\t1\t\t\t\tأ",
        "x\t\t\t\t\t95\t1\t\t\t\tأ",
        "x\t\t\t\t\tnan\t1\t\t\t\tأ",
        "\t\t\t\t\t\t\t\t\t\tأ",
    ],
)
def test_a_row_that_is_no_place_is_told_when_the_file_is_read(row: str, tmp_path: Path) -> None:
    path = tmp_path / "g.tsv.gz"
    path.write_bytes(gzip.compress(("\t".join(COLUMNS) + f"\n{row}\n").encode()))
    with pytest.raises(GazetteerError, match=r"g\.tsv\.gz: row 2 is no place"):
        read_lines(path)


def test_a_pickle_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(pickle.dumps({"text": "قصف الجيش"}))
    (tmp_path / "a.txt").write_bytes(pickle.dumps(["قصف"]))
    assert all(isinstance(item, Reject) for item in read_articles([tmp_path]))
