"""What a masdar is done with tells its mode though it stands behind whom it is done to; captives strike by hunger."""

from __future__ import annotations

import pytest

from pipeline.articles import Article
from pipeline.extraction import Extractor


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("استأنفت الكتيبة استهداف الأحياء الشرقية في سرت بقذائف الهاون", "shelling"),
        ("استأنفت الكتيبة استهداف الأحياء الشرقية في سرت", "attack"),
        ("دان الحزب استهداف عمال النظافة بالرصاص", "shooting"),
        ("دان الحزب استهداف الجيش حي الفرسان في قصف بالمدفعية", "attack"),
        ("يواصل السجين الفرنسي إضرابه المفتوح", "hunger-strike"),
        ("يواصل السائق الفرنسي إضرابه المفتوح", "strike-work"),
    ],
)
def test_means_behind(extractor: Extractor, text: str, mode: str) -> None:
    assert mode in [r.mode for r in extractor(Article(id="1", text=text, published="2021-05-04"))]
