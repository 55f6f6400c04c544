"""The gazetteer: look-up by any spelling, finding names in tokens, and what it must hold."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from pipeline.entities.gazetteer import Gazetteer, load_gazetteer
from pipeline.entities.gazetteer_file import (
    COLUMNS,
    FILE_NAME,
    GazetteerError,
    Place,
    loose_key,
    name_key,
    read_lines,
)
from pipeline.knowledge.load import data_path
from pipeline.knowledge.places import load_place_words, load_places
from pipeline.resolve.place_choice import distance_km


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def best(gazetteer: Gazetteer, name: str) -> tuple[str, str, str]:
    place = gazetteer.lookup(name)[0]
    return place.name_en, place.kind, place.country


@pytest.mark.parametrize(
    ("spellings", "wanted"),
    [
        (("حمص", "حِمْص", "حمـص", "مدينة حمص"), ("Homs", "city", "SYR")),
        (("محافظة حمص",), ("Homs", "admin1", "SYR")),
        (("إدلب", "ادلب", "أدلب", "مدينة إدلب"), ("Idlib", "city", "SYR")),
        (("دير الزور", "ديرالزور", "دير-الزور"), ("Deir ez-Zor", "city", "SYR")),
        (("كفرنبل", "كفر نبل", "بلدة كفر نبل"), ("Kafr Nabl", "town", "SYR")),
        (("درعا", "درعه", "درعة"), ("Daraa", "city", "SYR")),
        (("الرستن", "رستن"), ("Ar-Rastan", "town", "SYR")),
        (("سيئون", "سيؤون", "سيوون"), ("Seiyun", "city", "YEM")),
        (("أبوظبي", "أبو ظبي", "ابوظبى"), ("Abu Dhabi", "city", "ARE")),
        (("مخيم جنين",), ("Jenin Camp", "camp", "PSE")),
        (("جنين",), ("Jenin", "city", "PSE")),
        (("ولاية الجزيرة",), ("Gezira", "admin1", "SDN")),
        (("قطاع غزة", "قطاع غزه"), ("Gaza Strip", "region", "PSE")),
        (("تونس",), ("Tunisia", "country", "TUN")),
        (("مدينة تونس", "تونس العاصمة"), ("Tunis", "city", "TUN")),
        (
            ("الولايات المتحدة الأمريكية", "الولايات المتحدة الأميركية", "أميركا"),
            ("United States", "country", "USA"),
        ),
    ],
)
def test_lookup(gazetteer: Gazetteer, spellings: tuple[str, ...], wanted: tuple[str, str, str]) -> None:
    for spelling in spellings:
        assert best(gazetteer, spelling) == wanted, spelling


def test_lookup_of_what_is_not_there(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("شرقلياكا") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.lookup("مدينة") == ()


CAPITALS = (
    "دمشق بغداد صنعاء طرابلس الخرطوم جوبا بيروت القاهرة تونس الجزائر الرباط عمان الرياض أبوظبي "
    "الدوحة المنامة مسقط مقديشو جيبوتي نواكشوط أنقرة طهران القدس كابل نيودلهي بكين طوكيو سيول بانكوك "
    "هانوي مانيلا جاكرتا كوالالمبور موسكو كييف مينسك وارسو برلين باريس لندن مدريد لشبونة روما أثينا "
    "فيينا برن بروكسل أمستردام كوبنهاغن ستوكهولم أوسلو هلسنكي بودابست بوخارست صوفيا بلغراد زغرب "
    "سراييفو تيرانا دبلن نيقوسيا فاليتا تبليسي يريفان باكو طشقند أستانا واشنطن أوتاوا هافانا "
    "برازيليا كراكاس بوغوتا ليما سانتياغو كيتو مونتيفيديو نيروبي كمبالا كيغالي كينشاسا نجامينا نيامي "
    "باماكو داكار أكرا أبوجا لواندا هراري لوساكا مابوتو بريتوريا أنتاناناريفو كانبيرا ويلينغتون "
    "كولومبو كاتماندو دكا "
)


@pytest.mark.parametrize("name", CAPITALS.split())
def test_capitals_of_the_world(gazetteer: Gazetteer, name: str) -> None:
    capitals = {country.capital for country in gazetteer.countries.values()}
    found = gazetteer.lookup(name)
    assert any(
        p.id in capitals or p.id in {"geonames:1138958", "geonames:361058"} or p.kind == "city" for p in found
    ), found
    assert any(p.id in capitals for p in found) or name in ("نيودلهي", "سانتياغو"), found


def test_every_country_has_its_codes_and_most_a_capital(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.countries) >= 240
    assert all(len(p.country) == 3 and len(p.code) == 2 for p in gazetteer.countries.values())
    assert gazetteer.alpha3["SY"] == gazetteer.alpha3["SYR"] == "SYR"
    assert sum(gazetteer.by_id(p.capital) is not None for p in gazetteer.countries.values()) >= 200


def names(gazetteer: Gazetteer, tokens: str, *, safe: bool | None = None) -> list[str]:
    words = tokens.split()
    found = [m for m in gazetteer.find(words) if safe is None or m.safe is safe]
    return [" ".join(words[m.start : m.end]) for m in found]


def test_find_takes_the_longest_name(gazetteer: Gazetteer) -> None:
    assert names(gazetteer, "قصف الغوطة الشرقية و ريف دمشق", safe=True) == ["الغوطة الشرقية", "ريف دمشق"]
    assert names(gazetteer, "مخيم خان يونس", safe=True) == ["مخيم خان يونس"]
    assert names(gazetteer, "وصل إلى مطار بن غوريون الدولي", safe=True) == ["مطار بن غوريون الدولي"]


def test_find_tells_indexes_heads_and_places(gazetteer: Gazetteer) -> None:
    (match,) = gazetteer.find(["انسحب", "من", "مدينة", "الرستن", "أمس"])
    assert (match.head, match.start, match.end, match.safe) == (2, 3, 4, True)
    assert match.places[0].name_en == "Ar-Rastan"


@pytest.mark.parametrize(
    "words",
    ["الأمل كبير", "النصر قريب", "يعم السلام", "قال محمود", "الجديدة في الأمر", "بيت كبير", "إلى الأمام"],
)
def test_common_words_are_not_safe(gazetteer: Gazetteer, words: str) -> None:
    assert names(gazetteer, words, safe=True) == []


@pytest.mark.parametrize("words", ["مدينة الباب", "حي النزهة", "مدينة الثورة", "بلدة القائم", "مخيم الشاطئ"])
def test_common_words_are_safe_after_a_head(gazetteer: Gazetteer, words: str) -> None:
    assert names(gazetteer, words, safe=True) != []


def test_names_of_people_are_safe_after_a_preposition_only(gazetteer: Gazetteer) -> None:
    assert names(gazetteer, "وصل إلى القصير", safe=True) == ["القصير"]
    assert names(gazetteer, "الرجل القصير", safe=True) == []


def test_function_words_are_never_safe(gazetteer: Gazetteer) -> None:
    assert names(gazetteer, "مدينة إلى جانب قرية كان فيها", safe=True) == []


def test_an_adjective_is_not_the_country(gazetteer: Gazetteer) -> None:
    assert names(gazetteer, "زار السعودية أمس", safe=True) == ["السعودية"]
    assert names(gazetteer, "القوات السعودية", safe=True) == []


def test_find_of_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find([]) == []
    assert gazetteer.find(["", " ", "٣"]) == []


def test_bundled_file(root: Path) -> None:
    path = root / "models" / FILE_NAME
    assert path.stat().st_size < 4 * 2**20
    lines = read_lines(path)
    assert len(lines) > 20_000
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in lines)
    foreign = set("پچژگکیےٹڈڑںھہۀۂۃ")
    assert not [line for line in lines if foreign & set(line.rsplit("\t", 1)[1])]
    ids = [line.split("\t", 1)[0] for line in lines]
    assert len(ids) == len(set(ids))


def test_damaged_files_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tsv.gz"
    broken.write_bytes(b"no gzip")
    with pytest.raises(GazetteerError, match=r"broken\.tsv\.gz cannot be read"):
        read_lines(broken)
    broken.write_bytes(gzip.compress(b"a\tb\n1\t2\n"))
    with pytest.raises(GazetteerError, match="must name the columns"):
        read_lines(broken)


def test_user_rows_win_over_the_bundled_file_and_curated_rows_over_names() -> None:
    line = "\t".join(["geonames:1", "Old", "village", "SYR", "Homs", "34", "36", "5", "", "", "قديمة"])
    new = line.replace("Old", "New")
    gazetteer = Gazetteer([line, new], ())
    assert [p.name_en for p in gazetteer.lookup("قديمة")] == ["New"]
    row = next(r for r in load_places() if r.name_en == "Homs" and r.kind == "city")
    bundled = line.replace("geonames:1\t", row.id + "\t").replace("\t5\t", "\t700000\t")
    place = Gazetteer([bundled], [row]).lookup("حمص")[0]
    assert (place.name_en, place.population, place.curated) == ("Homs", 700_000, True)


def test_curated_places() -> None:
    rows = load_places()
    assert len(rows) >= 800
    by_country = Counter(r.country for r in rows)
    assert len([c for c, n in by_country.items() if c and n >= 20]) >= 15
    assert {r.kind for r in rows} >= {
        "admin1",
        "village",
        "neighbourhood",
        "base",
        "crossing",
        "airport",
        "bridge",
        "camp",
        "water",
    }
    assert all(r.note for r in rows)


def test_curated_coordinates_agree_with_geonames(root: Path) -> None:
    """A row with a GeoNames id stands where GeoNames has it, to 15 km."""
    bundled = {}
    for line in read_lines(root / "models" / FILE_NAME):
        cells = line.split("\t")
        if cells[5]:
            bundled[cells[0]] = Place(
                cells[0], (), cells[1], cells[2], cells[3], cells[4], float(cells[5]), float(cells[6])
            )
    far = []
    checked = 0
    for row in load_places():
        other = bundled.get(row.id)
        if other is not None and row.lat is not None:
            checked += 1
            gap = distance_km(
                other, Place(row.id, (), row.name_en, row.kind, row.country or "", "", row.lat, row.lon)
            )
            if gap is None or gap > 15 or other.country != row.country:
                far.append((row.name_en, gap, other.country))
    assert checked > 1_000
    assert not far


def test_curated_places_lie_in_their_division() -> None:
    """No place is farther from its division's point than the division can reach."""
    divisions = {(r.country, r.name_en): r for r in load_places() if r.kind == "admin1" and r.lat is not None}
    wide = {"IRQ", "SYR", "DZA", "SAU", "LBY", "EGY", "SDN", "RUS", "MRT", "YEM", "OMN", "IRN", "MAR"}
    for row in load_places():
        division = divisions.get((row.country, row.admin1))
        if division is None or row.lat is None:
            continue
        gap = distance_km(
            Place("", (), "", "", "", "", row.lat, row.lon),
            Place("", (), "", "", "", "", division.lat, division.lon),
        )
        assert gap is not None
        assert gap < (750 if row.country in wide else 300), (
            f"{row.name_en}: {gap:.0f} km from {division.name_en}"
        )


def test_no_curated_row_doubles_a_bundled_place(gazetteer: Gazetteer) -> None:
    doubles = []
    for row in load_places():
        if row.id.startswith("waqai:") and row.kind in ("city", "town") and row.lat is not None:
            own = gazetteer.by_id(row.id)
            assert own is not None
            for other in gazetteer.exact(row.name_ar):
                gap = distance_km(own, other)
                same = other.id != row.id and other.kind in ("city", "town") and other.country == row.country
                if same and gap is not None and gap < 5:
                    doubles.append((row.name_en, other.id))
    assert not doubles


@pytest.mark.parametrize(
    "name", ["needs_head", "needs_place", "never", "generic", "quantifiers", "containing", "adjectives"]
)
def test_word_lists_have_no_repetitions(name: str) -> None:
    words = getattr(load_place_words(), name).words
    assert len(words) == len(set(words)), [w for w, n in Counter(words).items() if n > 1]


def test_word_lists_do_not_contradict_each_other() -> None:
    words = load_place_words()
    assert not set(words.needs_head.words) & set(words.needs_place.words)


def test_keys() -> None:
    assert name_key("دير-الزّور") == "دير الزور"
    assert loose_key(name_key("أبي كمال")) == loose_key(name_key("أبو كمال"))
    assert loose_key(name_key("سوريا")) == loose_key(name_key("سورية"))
    assert loose_key(name_key("المخاء")) == loose_key(name_key("المخا"))


def test_place_words_file_is_checked() -> None:
    text = data_path("place_words.yaml").read_text(encoding="utf-8")
    assert text.count("example:") >= 60
