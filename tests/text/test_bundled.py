"""The tokenisers that are bundled, each with its real models: what must come out of either."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.engines.bundle import models_dir
from pipeline.text.tokenizer import KINDS, Tokenizer

NLP = spacy.blank("ar")


@pytest.fixture(scope="module", params=sorted(KINDS))
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WAQAI_MODELS", raising=False)
        return Tokenizer(NLP.vocab).load(models_dir() / "tokenizer", request.param)


def norms(doc: Doc) -> str:
    return " ".join(t.norm_ for t in doc if not t.is_space and not t._.noise)


WHOLE = (
    "وسط",
    "وزير",
    "فوق",
    "بعد",
    "لكن",
    "كان",
    "مال",
    "فتحت",
    "فجرت",
    "أنهى",
    "ورقية",
    "بشار",
    "لقي",
    "بقي",
)


@pytest.mark.parametrize("word", WHOLE)
@pytest.mark.parametrize("frame", ["{}", "قال {} أمس", "«{}»", "({})،"])
def test_words_that_are_never_split(tokenizer: Tokenizer, word: str, frame: str) -> None:
    assert word in norms(tokenizer(frame.format(word))).split()


@pytest.mark.parametrize("word", ["أنهى", "أعلن", "إلى", "أكد", "أسر"])
def test_hamza_or_none_is_the_same_word(tokenizer: Tokenizer, word: str) -> None:
    bare = word.translate(str.maketrans("أإ", "اا"))
    assert norms(tokenizer(f"ثم {bare} ذلك")) == f"ثم {bare} ذلك"
    assert norms(tokenizer(f"ثم {word} ذلك")) == f"ثم {word} ذلك"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("للحكومة وللجيش", "ل الحكومة و ل الجيش"),
        ("للمدينة", "ل المدينة"),
        ("فسيطرت فسيعود فستعلن", "ف سيطرت ف س يعود ف س تعلن"),
        ("وسلبوا وساعدوا وسيعود", "و سلبوا و ساعدوا و س يعود"),
        ("وبالسيطرة وبالقوة", "و ب السيطرة و ب القوة"),
        ("سيطرتها على ريفها", "سيطرة ها على ريف ها"),
        ("انسحبوا منها وعادوا إليها", "انسحبوا من ها و عادوا إلى ها"),
        ("واعلن الجيش انسحابه", "و اعلن الجيش انسحاب ه"),
        ("وان القوات ستعود الى المدينه", "و ان القوات س تعود الى المدينه"),
        ("سوريا، لبنان؛ الأردن؟", "سوريا ، لبنان ؛ الأردن ؟"),
        ("سوريا,لبنان;الأردن?", "سوريا , لبنان ; الأردن ?"),
        ('"الجيش الحر"، (المعارض).', '" الجيش الحر " ، ( المعارض ) .'),
        ("«للجيش»[والشرطة]", '" ل الجيش " [ و الشرطة ]'),
        ('("حماة")', '( " حماة " )'),
        ("خلال الـ48 ساعة", "خلال ال 48 ساعة"),
        ("وسيطرَت قوّاتٌ للمدينةِ", "و سيطرت قوات ل المدينة"),
    ],
)
def test_golden_tokenisations(tokenizer: Tokenizer, text: str, words: str) -> None:
    doc = tokenizer(text)
    assert doc.text == text
    assert norms(doc) == words


def test_noise_stays_apart_and_nothing_is_lost(tokenizer: Tokenizer) -> None:
    text = "سيطرت القوات[3] على <br>المدينة\u200f.\n\nوصل الوفد"
    doc = tokenizer(text)
    assert doc.text == text
    assert [t.text for t in doc if t._.noise] == ["[3]", "<br>", "\u200f"]
    assert [s.text.strip() for s in doc.sents] == [text.split("\n")[0], "وصل الوفد"]


def test_it_survives_bytes_disk_and_pickle(tokenizer: Tokenizer, tmp_path: Path) -> None:
    text = "وسيطرت القوات للمدينة وريفها."
    tokenizer.to_disk(tmp_path / "saved")
    assert {p.name for p in (tmp_path / "saved").iterdir()} == set(KINDS[tokenizer.kind or ""])
    for other in (
        Tokenizer(NLP.vocab).from_disk(tmp_path / "saved"),
        Tokenizer(NLP.vocab).from_bytes(tokenizer.to_bytes()),
        Tokenizer(NLP.vocab, pickle.loads(pickle.dumps(tokenizer.segmenter))),
    ):
        assert other.kind == tokenizer.kind
        assert norms(other(text)) == norms(tokenizer(text))


LIGHT = """
import sys
from pathlib import Path
import spacy
from pipeline.text.tokenizer import Tokenizer
tokenizer = Tokenizer(spacy.blank("ar").vocab).load(Path(sys.argv[1]), "light")
print(len(tokenizer("وسيطرت القوات للمدينة.")))
print("stanza" in sys.modules)
"""


def test_the_light_one_needs_no_stanza() -> None:
    folder = models_dir() / "tokenizer"
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == ["6", "False"]
