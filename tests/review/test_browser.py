"""The page in a real Chromium: what annotators do, with keys and mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from review_builders import EMOJI, HOSTILE, PLAIN, decide, fixed, records_of, span, write_outputs

from pipeline.fields import Span
from pipeline.review.decisions import Decision, DecisionLog

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXTS = {"a": EMOJI, "b": PLAIN}
RECORDS = [r for article, text in TEXTS.items() for r in records_of(article, text)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_outputs(tmp_path / "out", TEXTS)


def key(page: Page, code: str) -> None:
    """Press a key by its place, as a keyboard does."""
    page.keyboard.press(code)


def moves(page: Page, code: str) -> None:
    """Press a key that leads to another page, and wait for that page."""
    page.evaluate("document.documentElement.dataset.old = ''")
    page.keyboard.press(code)
    page.wait_for_selector("html[data-ready]:not([data-old])")


def redrawn(page: Page, act: Callable[[], object]) -> None:
    """Do what changes the draft, and wait until the card is drawn anew."""
    page.evaluate("document.getElementById('work').dataset.old = ''")
    act()
    page.wait_for_selector("#work:not([data-old])")


def edits(page: Page, code: str) -> None:
    """Press a key that changes the draft."""
    redrawn(page, lambda: page.keyboard.press(code))


def shown(page: Page) -> str:
    return page.locator("#work").get_attribute("data-record") or ""


def select(page: Page, part: str, *, occurrence: int = 0) -> None:
    """Select words of the article with the mouse: press at their right end, which is where Arabic begins."""
    box = page.evaluate(
        """([part, occurrence]) => {
            const text = document.getElementById("text");
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            const nodes = []; let all = "";
            while (walker.nextNode()) { nodes.push([walker.currentNode, all.length]); all += walker.currentNode.data; }
            let at = all.indexOf(part);
            for (let n = 0; n < occurrence; n += 1) at = all.indexOf(part, at + 1);
            const find = (offset, end) => {
                const [node, from] = nodes.findLast(([, from]) => end ? from < offset : from <= offset);
                return [node, offset - from];
            };
            const range = document.createRange();
            range.setStart(...find(at, false)); range.setEnd(...find(at + part.length, true));
            range.startContainer.parentElement.scrollIntoView({block: "center"});
            const boxes = Array.from(range.getClientRects());
            const [first, last] = [boxes[0], boxes.at(-1)];
            return [first.right, first.top + first.height / 2, last.left, last.top + last.height / 2];
        }""",
        [part, occurrence],
    )
    page.mouse.move(box[0] - 1, box[1])
    page.mouse.down()
    page.mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    page.mouse.move(box[2] + 1, box[3])
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") == part


def test_accept_moves_on(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    assert shown(page) == RECORDS[0]["id"]
    moves(page, "KeyA")
    assert shown(page) == RECORDS[1]["id"]
    (decision,) = served.log
    assert (decision.action, decision.record, decision.annotator) == ("accept", RECORDS[0]["id"], "ana")
    assert decision.after == decision.before == fixed(RECORDS[0])
    assert page.locator("#progress").inner_text() == "1 من 5"


def test_reject_needs_a_reason_and_takes_one_digit(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    key(page, "KeyR")
    assert page.locator("dialog#reject").is_visible()
    assert served.log == []
    moves(page, "Digit3")
    (decision,) = served.log
    assert (decision.action, decision.reason, decision.after) == ("reject", "metaphor", None)
    assert shown(page) == RECORDS[1]["id"]


def test_skip_and_finish(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    for n in range(len(RECORDS)):
        assert shown(page) == RECORDS[n]["id"]
        moves(page, "KeyS")
    assert page.locator("h1").inner_text() == "لم يبق شيء هنا"
    assert [d.action for d in served.log] == ["skip"] * len(RECORDS)


def test_fix_by_selecting_text_behind_an_emoji(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    select(page, "شبان")
    edits(page, "Digit2")
    assert page.locator(".row[data-slot=targets] .chip").inner_text().startswith("شبان")
    select(page, "مساء الثلاثاء")
    edits(page, "Digit4")
    # The expression is worked out on the day of publication, a Thursday.
    assert page.locator("#f-iso").input_value().startswith("2024-03-12")
    moves(page, "KeyA")
    (decision,) = served.log
    assert decision.action == "fix"
    assert decision.after is not None
    assert [t.model_dump(include={"text", "start", "end"}) for t in decision.after.targets] == [
        span(EMOJI, "شبان")
    ]
    assert decision.after.time == Span(**span(EMOJI, "مساء الثلاثاء"))
    assert decision.before == fixed(RECORDS[0])


def test_select_by_keys_alone(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    key(page, "KeyF")
    for _ in range(2):  # from the trigger to the left, two words on: ثلاثة
        key(page, "ArrowLeft")
    key(page, "Shift+ArrowLeft")
    key(page, "Shift+ArrowLeft")
    assert page.evaluate("getSelection().toString()") == "ثلاثة شبان في"
    key(page, "Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()") == "ثلاثة شبان"
    key(page, "Control+ArrowLeft")
    assert page.evaluate("getSelection().toString()") == "لاثة شبان"
    edits(page, "Digit1")
    moves(page, "KeyA")
    (decision,) = served.log
    assert decision.after is not None
    assert [a.text for a in decision.after.actors] == ["الشرطة", "لاثة شبان"]


def test_fix_with_the_mouse_alone(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    select(page, "شبان")
    redrawn(page, lambda: page.locator("#slot-actors").click())
    redrawn(page, lambda: page.locator("#drop-actors-0").click())
    page.evaluate("document.documentElement.dataset.old = ''")
    page.locator(".accept").click()
    page.wait_for_selector("html[data-ready]:not([data-old])")
    after = served.log[0].after
    assert after is not None
    assert [a.model_dump(include={"text", "start", "end"}) for a in after.actors] == [span(EMOJI, "شبان")]


def test_fields_change_the_draft(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    key(page, "KeyM")
    assert page.evaluate("document.activeElement.id") == "f-mode"
    redrawn(page, lambda: page.select_option("#f-mode", "raid"))
    redrawn(page, lambda: page.select_option("#f-assertion", "reported"))
    page.fill("#f-iso", "2024-03-12")
    edits(page, "Enter")
    edits(page, "Shift+Digit2")
    assert "حفظ التصحيح" in page.locator(".accept").inner_text()
    moves(page, "KeyA")
    after = served.log[0].after
    assert after is not None
    assert (after.type, after.mode, after.assertion, after.iso, after.targets) == (
        "COERCE",
        "raid",
        "reported",
        "2024-03-12",
        (),
    )


def test_a_wrong_time_is_refused_and_said(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    page.fill("#f-iso", "2024-02-31")
    with page.expect_response("**/edit?*") as answer:
        key(page, "Enter")
    assert answer.value.status == 422
    page.wait_for_selector("#status.wrong")
    assert "2024-02-31" in page.locator("#status").inner_text()
    assert served.log == []


def test_undo_and_redo_show_the_card_again(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    moves(page, "KeyA")
    moves(page, "KeyA")
    moves(page, "KeyZ")
    assert shown(page) == RECORDS[1]["id"]
    moves(page, "KeyZ")
    assert shown(page) == RECORDS[0]["id"]
    assert page.locator("#progress").inner_text() == "0 من 5"
    moves(page, "Shift+KeyZ")
    assert shown(page) == RECORDS[0]["id"]
    assert page.locator("#mine").inner_text() == "مقبول"
    assert [d.action for d in served.log] == ["accept", "accept", "undo", "undo", "redo"]
    key(page, "KeyZ")
    page.wait_for_timeout(300)
    key(page, "KeyZ")
    page.wait_for_selector("#status.wrong")


def test_add_an_event_by_selecting_its_word(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    key(page, "KeyN")
    assert page.locator("#status").inner_text().startswith("حدد لفظ الحدث")
    key(page, "Escape")
    select(page, "قال")
    moves(page, "KeyN")
    assert page.locator("#work").get_attribute("data-kind") == "new"
    assert page.locator("#f-mode").input_value() == "arrest"
    assert page.locator(".note.changed").count() == 0
    redrawn(page, lambda: page.select_option("#f-mode", "accuse"))
    select(page, "شهود")
    edits(page, "Digit1")
    moves(page, "KeyA")
    (decision,) = served.log
    assert decision.action == "add"
    assert decision.record is not None
    assert decision.record.startswith("add_")
    assert decision.where is not None
    assert decision.where.sentence.text.startswith("وقال شهود")
    assert decision.after is not None
    assert (decision.after.trigger.text, decision.after.mode, decision.after.actors[0].text) == (
        "قال",
        "accuse",
        "شهود",
    )
    assert EMOJI[decision.after.trigger.start : decision.after.trigger.end] == "قال"
    assert shown(page) == RECORDS[0]["id"], "back at the card from which it was added"
    page.goto(f"http://127.0.0.1:{served.session.port}/list?of=added")
    page.locator(".plain a").click()
    page.wait_for_selector(f"#work[data-record={decision.record}]")
    moves(page, "KeyR")
    assert [d.action for d in served.log] == ["add", "reject"]
    page.goto(f"http://127.0.0.1:{served.session.port}/card?id={RECORDS[0]['id']}")
    page.wait_for_selector("html[data-ready]")
    select(page, "أغلقت")
    moves(page, "KeyN")
    assert page.locator(".note.changed a").inner_text() == "أغلقت", "that word has a record already"


def test_comment_is_kept_and_keys_are_quiet_while_typing(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    key(page, "KeyC")
    page.keyboard.type("arrs zzz تعليق <b>")
    moves(page, "Control+Enter")
    (decision,) = served.log
    assert (decision.action, decision.comment) == ("comment", "arrs zzz تعليق <b>")
    assert shown(page) == RECORDS[0]["id"]
    assert "تعليق <b>" in page.locator(".comments").inner_text()
    page.fill("#f-iso", "")
    page.locator("#f-iso").press("KeyA")
    assert len(served.log) == 1


def test_keys_count_by_place_under_an_arabic_layout(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    # What an Arabic layout sends for the keys that are A, R and 1 on others.
    send = """([key, code, where]) => document.querySelector(where).dispatchEvent(
        new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}))"""
    page.evaluate("document.documentElement.dataset.old = ''")
    page.evaluate(send, ["ش", "KeyA", "body"])
    page.wait_for_selector("html[data-ready]:not([data-old])")
    assert [d.action for d in served.log] == ["accept"]
    page.evaluate(send, ["ق", "KeyR", "body"])
    assert page.locator("dialog#reject").is_visible()
    page.evaluate("document.documentElement.dataset.old = ''")
    page.evaluate(send, ["١", "Digit1", "dialog[open]"])
    page.wait_for_selector("html[data-ready]:not([data-old])")
    assert [d.reason for d in served.log] == [None, "state"]


def test_reload_and_a_new_server_find_the_state(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    moves(page, "KeyA")
    redrawn(page, lambda: page.select_option("#f-assertion", "negated"))
    moves(page, "KeyA")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#progress").inner_text() == "2 من 5"
    again = visit(serve(folder), f"/card?id={RECORDS[1]['id']}")
    assert again.locator("#mine").inner_text() == "مصحح"
    assert again.locator("#f-assertion").input_value() == "negated"
    assert visit(serve(folder, annotator="bo")).locator("#progress").inner_text() == "0 من 5"


def test_text_with_script_in_it_is_text(tmp_path: Path, serve: Any, visit: Any) -> None:
    hostile = "</script><script>document.title='owned'</script>"
    folder = write_outputs(tmp_path / "out", {hostile: HOSTILE})
    served = serve(folder)
    page = visit(served)
    assert "owned" not in page.title()
    # The whole text, to the last code point, is on the page.
    assert page.evaluate("document.getElementById('text').textContent") == HOSTILE
    select(page, "مواقع")
    edits(page, "Digit2")
    page.locator("[data-do=comment]").click()
    page.keyboard.type(hostile)
    moves(page, "Control+Enter")
    assert hostile in page.locator(".comments").inner_text()
    moves(page, "KeyL")
    assert hostile in page.locator("tbody").inner_text()
    assert "owned" not in page.title()
    assert page.evaluate("document.querySelectorAll('main img, main script:not([type])').length") == 0


def test_carriage_returns_arrive(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served, f"/card?id={RECORDS[2]['id']}")
    assert page.evaluate("document.getElementById('text').textContent") == PLAIN
    select(page, "العمال")
    edits(page, "Digit1")
    moves(page, "KeyA")
    after = served.log[0].after
    assert after is not None
    assert after.actors[-1].model_dump(include={"text", "start", "end"}) == span(PLAIN, "العمال")


def test_places_from_the_gazetteer(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    key(page, "KeyG")
    page.wait_for_selector("dialog#places[open]")
    page.fill("#places-name", "الرستن")
    key(page, "Enter")
    page.wait_for_selector("dialog#places .options li:nth-child(2)")
    page.locator("#places-title").click()
    redrawn(page, lambda: page.keyboard.press("Digit1"))
    assert "Ar-Rastan" in page.locator(".located").inner_text()
    redrawn(page, lambda: page.select_option("#f-relation-0", "near"))
    moves(page, "KeyA")
    after = served.log[0].after
    assert after is not None
    place = after.places[0]
    assert (place.text, place.gazetteer_id, place.country, place.relation) == (
        "حي الزهور",
        "geonames:172946",
        "SYR",
        "near",
    )
    assert place.lat is not None


def judged_by_two(folder: Path) -> list[Decision]:
    """Two annotators: they agree on the first record, differ on the next two."""
    other = fixed(RECORDS[1], assertion="negated")
    decisions = [
        decide(RECORDS[0], "accept"),
        decide(RECORDS[0], "accept", annotator="bo"),
        decide(RECORDS[1], "accept"),
        decide(RECORDS[1], "fix", annotator="bo", after=other),
        decide(RECORDS[2], "accept"),
        decide(RECORDS[2], "reject", annotator="bo", reason="state"),
    ]
    log = DecisionLog(folder / "decisions.jsonl")
    for decision in decisions:
        log.append(decision)
    return decisions


def test_adjudicate(folder: Path, serve: Any, visit: Any) -> None:
    judged_by_two(folder)
    served = serve(folder, annotator="chief", adjudicate=True)
    page = visit(served)
    assert page.locator("#progress").inner_text() == "0 من 2"
    assert shown(page) == RECORDS[1]["id"]
    assert page.locator(".variants article").count() == 2
    edits(page, "KeyW")
    assert page.locator("#f-assertion").input_value() == "negated"
    moves(page, "KeyA")
    assert shown(page) == RECORDS[2]["id"]
    key(page, "KeyW")
    assert page.locator("dialog#reject").is_visible(), "the second annotator rejected it"
    moves(page, "Digit1")
    rulings = served.log[6:]
    assert [(d.role, d.action, d.record) for d in rulings] == [
        ("adjudicator", "fix", RECORDS[1]["id"]),
        ("adjudicator", "reject", RECORDS[2]["id"]),
    ]
    assert page.locator("h1").inner_text() == "لم يبق شيء هنا"


def test_adjudicate_added_events(folder: Path, serve: Any, visit: Any) -> None:
    event = fixed(RECORDS[0], mode="raid", trigger=Span(**span(EMOJI, "قال")))
    log = DecisionLog(folder / "decisions.jsonl")
    for name in ("one", "two"):
        added = decide(RECORDS[1], "add", annotator="bo", after=event)
        log.append(added.model_copy(update={"record": f"add_{name}", "before": None}))
    served = serve(folder, annotator="chief", adjudicate=True)
    page = visit(served)
    assert shown(page) == "add_one"
    moves(page, "KeyA")
    assert shown(page) == "add_two"
    moves(page, "KeyR")
    assert page.locator("h1").inner_text() == "لم يبق شيء هنا"
    assert [(d.role, d.action, d.record) for d in served.log[2:]] == [
        ("adjudicator", "accept", "add_one"),
        ("adjudicator", "reject", "add_two"),
    ]


def test_blind_annotators_see_nothing_of_others(folder: Path, serve: Any, visit: Any) -> None:
    judged_by_two(folder)
    log = DecisionLog(folder / "decisions.jsonl")
    log.append(decide(RECORDS[2], "comment", annotator="bo", comment="سر"))
    served = serve(folder, annotator="cy", blind=True)
    page = visit(served, f"/card?id={RECORDS[2]['id']}")
    html = page.content()
    assert ">bo<" not in html
    assert "سر</span>" not in html
    assert page.locator(".variants").count() == 0
    assert page.locator(".facts").get_by_text("الثقة").count() == 0
    page.goto(f"http://127.0.0.1:{served.session.port}/list?order=disagreement&status=contested")
    assert page.locator("select[name=order]").input_value() == "reading"
    assert page.locator("select[name=status]").input_value() == "todo"
    seen = visit(serve(folder, annotator="cy"), f"/card?id={RECORDS[2]['id']}")
    assert seen.locator(".variants article").count() == 2


def test_a_changed_record_says_what_changed(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    served.store.log.append(decide(RECORDS[0], "accept"))
    write_outputs(folder, TEXTS, [RECORDS[0] | {"assertion": "planned"}, *RECORDS[1:]])
    page = visit(served)
    assert shown(page) == RECORDS[0]["id"]
    assert "الثبوت" in page.locator(".note.changed").inner_text()
    # What one held before can be taken over.
    edits(page, "KeyQ")
    assert page.locator("#f-assertion").input_value() == "asserted"
    moves(page, "KeyA")
    assert [d.action for d in served.log] == ["accept", "fix"]
    assert shown(page) == RECORDS[1]["id"]


def test_a_record_that_changes_while_it_is_shown_is_not_judged(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    write_outputs(folder, TEXTS, [RECORDS[0] | {"assertion": "planned"}, *RECORDS[1:]])
    moves(page, "KeyA")
    assert served.log == []
    assert shown(page) == RECORDS[0]["id"]
    assert page.locator("#f-assertion").input_value() == "planned"


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("width", "scheme", "scale"), [(390, "light", 1), (390, "dark", 1), (1400, "light", 1), (700, "dark", 2)]
)
def test_nothing_overflows(
    folder: Path, serve: Any, visit: Any, width: int, scheme: str, scale: int, language: str
) -> None:
    served = serve(folder, language=language)
    # 700 pixels at double scale are what 200 % zoom makes of 1400.
    page = visit(served, width=width, height=900, color_scheme=scheme, device_scale_factor=scale)
    for path in (None, "/list?status=all", "/list?of=added"):
        if path:
            page.goto(f"http://127.0.0.1:{served.session.port}{path}")
        sizes = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert sizes[0] <= sizes[1], path
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")


def test_everything_has_a_name_for_screen_readers(folder: Path, serve: Any, visit: Any) -> None:
    page = visit(serve(folder))
    nameless = page.evaluate(
        """Array.from(document.querySelectorAll("button, a, input, select, textarea, [role=region]")).filter(
            (one) => !(one.innerText ?? "").trim() && !one.getAttribute("aria-label") && !one.labels?.length
        ).map((one) => one.outerHTML)"""
    )
    assert nameless == []
    assert page.locator("[role=status][aria-live=polite]").count() == 1
    assert page.locator("mark.is-trigger").get_attribute("aria-description") == "اللفظ الدال "


def test_the_keyboard_alone_reaches_everything_and_focus_is_seen(
    folder: Path, serve: Any, visit: Any
) -> None:
    page = visit(serve(folder))
    reached = set()
    for _ in range(60):
        key(page, "Tab")
        name, outline = page.evaluate(
            """[document.activeElement.id || document.activeElement.dataset.do || document.activeElement.className,
                getComputedStyle(document.activeElement).outlineStyle]"""
        )
        if name:
            assert outline != "none", name
            reached.add(name)
    wanted = {
        "f-mode",
        "f-type",
        "f-assertion",
        "f-iso",
        "f-core",
        "accept",
        "reject",
        "skip",
        "add",
        "undo",
        "scroll",
    }
    assert wanted - reached == set()


def test_shortcuts_can_be_switched_off(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    key(page, "KeyH")
    page.locator("#shortcuts").uncheck()
    page.locator("#help [data-close]").click()
    key(page, "KeyA")
    page.wait_for_timeout(300)
    assert served.log == []


def test_the_language_is_remembered(folder: Path, serve: Any, visit: Any) -> None:
    served = serve(folder)
    page = visit(served)
    page.locator("[data-language=en]").click()
    page.wait_for_selector("html[lang=en][data-ready]")
    assert page.locator("#text").get_attribute("dir") == "rtl"
    moves(page, "KeyA")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".accept").inner_text().startswith("Accept")
