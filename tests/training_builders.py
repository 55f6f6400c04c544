"""A data folder of a few sentences of our own in every file that training reads."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from pipeline.training.files import NEWS, PADT_DEV, PADT_TEST, PUD, UM_DEV, UM_TEST

PADT = """# orig_file_sentence {doc}#{n}
1\tسيطرت\tسَيطَر\tVERB\tVP-A-3FS--\tAspect=Perf|Gender=Fem\t0\troot\t_\t_
2\tقوات\tقُوَّة\tNOUN\tN---\tNumber=Plur\t1\tnsubj\t_\t_
3\t{name}\tاسم\tX\tU---------\t_\t2\tnmod\t_\t_
4-5\tللمدينة\t_\t_\t_\t_\t_\t_\t_\t_
4\tل\tلِ\tADP\tP---\t_\t5\tcase\t_\t_
5\tالمدينة\tمَدِينَة\tNOUN\tN---\tDefinite=Def\t1\tobl\t_\t_
6-8\tبعاصمتها\t_\t_\t_\t_\t_\t_\t_\t_
6\tب\tبِ\tADP\tP---\t_\t7\tcase\t_\t_
7\tعاصمة\tعَاصِمَة\tNOUN\tN---\t_\t1\tobl\t_\t_
8\tها\tهُوَ\tPRON\tS---\t_\t7\tnmod\t_\t_
9\t.\t.\tPUNCT\tG---\t_\t1\tpunct\t_\t_

"""
UM = """# newpar id = {doc}:p{n}
# orig_file_sentence {doc}#{n}
1-2\tوقال\t_\t_\t_\t_\t_\t_\t_\t_
1\tو\tوَ\t_\t_\tCONJ\t_\t_\t_\t_
2\tقال\tقَال\t_\t_\tV\t_\t_\t_\t_
3\t{name}\tاسم\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
4\t.\t.\t_\t_\t_\t_\t_\t_\t_

"""
PUD_SENTENCE = """# newdoc id = {doc}
# sent_id = {doc}{n}
# text = وصل {name} للسلطة بقوتها.
1\tوصل\tوَصَل\tVERB\tVBC\tGender=Masc\t0\troot\t_\t_
2\t{name}\tاسم\tPROPN\tNNP\t_\t1\tnsubj\t_\t_
3\tل\tلِ\tADP\tIN\t_\t4\tcase\t_\tSpaceAfter=No
4\tلسلطة\tسُلطَة\tNOUN\tNN\tDefinite=Def\t1\tobl\t_\t_
5\tب\tبِ\tADP\tIN\t_\t6\tcase\t_\tSpaceAfter=No
6\tقوت\tقُوَّة\tNOUN\tNN\t_\t1\tobl\t_\tSpaceAfter=No
7\tها\tهُوَ\tPRON\tPRP\t_\t6\tnmod\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""
NAMES = [
    "سامر",
    "نبيل",
    "عادل",
    "كريم",
    "فادي",
    "رامي",
    "جابر",
    "حسان",
    "وليد",
    "ماهر",
    "نزار",
    "غسان",
    "طلال",
    "منير",
    "سمير",
    "بسام",
    "هيثم",
    "زياد",
    "عمار",
    "رائد",
]


def make_data(folder: Path) -> Path:
    """Fills ``folder`` and returns it."""

    def write(name: str, template: str, names: list[str]) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        blocks = [template.format(doc=f"D{n // 3}", n=n, name=who) for n, who in enumerate(names)]
        path.write_text("".join(blocks), encoding="utf-8")

    write(PADT_DEV, PADT, [*NAMES[:12], NAMES[15]])
    write(PADT_TEST, PADT, NAMES[15:18])
    write(UM_DEV, UM, NAMES[:12])
    write(UM_TEST, UM, NAMES[12:15])
    write(PUD, PUD_SENTENCE, NAMES[:15])
    lines = "".join(f"وصل\tO\n{who}\tB-PERS\nإلى\tO\nدمشق\tB-LOC\n.\tO\n\n" for who in NAMES)
    for name in ("anercorp_camel/train", "anercorp_camel/test", "wikifane_gold_joined_coarse/train"):
        path = folder / f"ner/{name}.conll"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = lines.replace("LOC", "GPE").replace("وصل", "عاد") if "wikifane" in name else lines
        path.write_text(text if "train" in name else text.replace("وصل", "سافر"), encoding="utf-8")
    for part in ("train", "dev", "test"):
        path = folder / f"ner/wojood_sample_flat/{part}.conll"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("رئيس\tB-OCC\nبلدية\tI-OCC\nجنين\tI-OCC\nغادر\tO\n\n", encoding="utf-8")
    news = folder / NEWS
    news.parent.mkdir(parents=True)
    with gzip.open(news, "wt", encoding="utf-8") as target:
        for _ in range(30):
            target.write(
                json.dumps({"title": "وصول الوفد", "text": "وصل الوفد إلى المدينة. ثم غادر المدينة."}) + "\n"
            )
    return folder
