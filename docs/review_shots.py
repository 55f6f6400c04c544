"""Makes the pictures of docs/review.md from the demo corpus: python docs/review_shots.py OUTPUTS

OUTPUTS is the output folder of «waqai run corpus»; the pictures are taken on a copy of it. Needs the review extra,
playwright, pillow and the system's Chromium.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent / "review"


@contextmanager
def served(outputs: Path, *arguments: str) -> Iterator[str]:
    """The address of a server on these outputs."""
    command = [sys.executable, "-m", "pipeline", "review", str(outputs), "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None
        lines = (re.match(r"Open (\S+)", line) for line in process.stdout)
        yield next(found[1] for found in lines if found)
    finally:
        process.terminate()
        process.wait()


def opened(
    browser: Browser, address: str, *, width: int, height: int, dark: bool = False, language: str = "ar"
) -> Page:
    """The page, ready."""
    scheme = "dark" if dark else "light"
    page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()
    page.goto(f"{address}&lang={language}")
    page.wait_for_selector("html[data-ready]")
    return page


def press(page: Page, *codes: str, leads: bool = False) -> None:
    """Press keys one after the other; ``leads``: the last one leads to another page."""
    for code in codes:
        page.evaluate("document.documentElement.dataset.old = ''")
        page.keyboard.press(code)
        page.wait_for_timeout(150)
    if leads:
        page.wait_for_selector("html[data-ready]:not([data-old])")


def keep(page: Page, name: str) -> None:
    """Take the picture."""
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot()))
    # Few colours make a small file.
    picture.convert("RGB").quantize(48, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)
    print(HERE / f"{name}.png", f"{(HERE / f'{name}.png').stat().st_size // 1024} KB")


def show(page: Page, words: str) -> None:
    """The first card whose record has these words."""
    origin = re.match(r"https?://[^/]+", page.url)
    assert origin is not None
    page.goto(f"{origin[0]}/?status=all&text={words}")
    page.wait_for_selector("html[data-ready]")


def annotator(browser: Browser, outputs: Path, name: str, words: str) -> None:
    """A few decisions of an annotator, so that there is something to see."""
    with served(outputs, "--annotator", name) as address:
        page = opened(browser, address, width=1100, height=760)
        show(page, words)
        if name == "سلمى":
            keep(page, "card")
            press(page, "KeyF", "ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft")
            keep(page, "select")
            press(page, "Digit2")
            page.wait_for_selector("#work[data-dirty]")
            press(page, "KeyA", leads=True)
        else:
            press(page, "KeyA", leads=True)
        for codes in (["KeyA"], ["KeyR", "Digit1"], ["KeyS"], ["KeyA"], ["KeyA"]):
            press(page, *codes, leads=True)
        if name == "سلمى":
            press(page, "KeyR")
            keep(page, "reject")
            page.keyboard.press("Escape")
            press(page, "KeyL", leads=True)
            page.goto(page.url.replace("status=todo", "status=all"))
            keep(page, "list")


def main() -> None:
    """All pictures."""
    source = Path(sys.argv[1])
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        outputs = Path(folder) / "outputs"
        outputs.mkdir()
        for name in ("events.jsonl", "articles.jsonl"):
            shutil.copy(source / name, outputs / name)
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        words = "مأرب"
        annotator(browser, outputs, "سلمى", words)
        annotator(browser, outputs, "كريم", words)
        with served(outputs, "--annotator", "chief", "--adjudicate") as address:
            page = opened(browser, address, width=1100, height=900, language="en")
            keep(page, "adjudicate")
            press(page, "KeyH")
            keep(page, "keys")
        with served(outputs, "--annotator", "سلمى") as address:
            page = opened(browser, address, width=390, height=760, dark=True)
            keep(page, "phone")
        browser.close()


if __name__ == "__main__":
    main()
