"""The page in a real browser, with the network off: nothing is asked for, nothing is refused, nothing sticks out."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.report import write_report

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
    "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--enable-logging=stderr", "--v=0",
)  # fmt: skip


class Visit:
    """A page opened once: its document at the end, what the console said, and every address that it asked for."""

    def __init__(self, chromium: str, address: str, profile: Path) -> None:
        log = profile / "net.json"
        profile.mkdir()
        done = subprocess.run(
            [chromium, *FLAGS, f"--user-data-dir={profile}", f"--log-net-log={log}", "--virtual-time-budget=4000",
             "--dump-dom", address],
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        self.dom = done.stdout
        self.console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
        # What the browser asks for by itself (its own updates) has no origin that it comes from.
        found = re.findall(
            r'"initiator":"(?!not an origin)[^"]*".*?"url":"([^"]+)"',
            log.read_text(encoding="utf-8", errors="replace"),
        )
        self.asked = set(found)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and its address on the loopback."""
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_nothing_is_asked_for_and_nothing_refused(
    chromium: str, evil_run: Path, tmp_path: Path, served: tuple[Path, str]
) -> None:
    folder, address = served
    write_report(evil_run, folder / "report.html")
    visit = Visit(chromium, f"{address}/report.html", tmp_path / "profile")
    assert "3 events in 3 articles" in visit.dom
    assert "owned" not in re.search(r"<title>(.*?)</title>", visit.dom)[1]  # type: ignore[index]
    assert visit.console == []
    assert visit.asked == set()


def test_the_test_sees_a_page_that_is_not_strict(
    chromium: str, evil_run: Path, tmp_path: Path, served: tuple[Path, str]
) -> None:
    folder, address = served
    html = write_report(evil_run).read_text(encoding="utf-8")
    other = "https://elsewhere.invalid/x.png"
    bad = html.replace("<body>", f'<body><p style="color: red">x</p><img src="{other}"><script>1</script>', 1)
    (folder / "strict.html").write_text(bad, encoding="utf-8")
    (folder / "loose.html").write_text(re.sub(r"<meta http-equiv[^>]*>", "", bad), encoding="utf-8")
    strict = Visit(chromium, f"{address}/strict.html", tmp_path / "strict")
    assert " ".join(strict.console).count("Content Security Policy") == 3
    assert strict.asked == set()
    assert other in Visit(chromium, f"{address}/loose.html", tmp_path / "loose").asked


@pytest.mark.parametrize("width", [390, 768, 1400])
def test_nothing_sticks_out_at_any_width(
    chromium: str, evil_run: Path, tmp_path: Path, served: tuple[Path, str], width: int
) -> None:
    folder, address = served
    write_report(evil_run, folder / "report.html")
    measure = """
    <iframe id=f width=%d height=900 style="border:0" src="report.html"></iframe><pre id=out></pre>
    <script>
    document.getElementById("f").onload = (e) => {
      const d = e.target.contentDocument, right = d.documentElement.clientWidth;
      const out = [...d.body.querySelectorAll("*")].filter(
        (n) => !n.closest("svg") && n.getBoundingClientRect().right > right + 1);
      const sentence = d.querySelector(".sentence"), mark = d.querySelector("mark.s0");
      document.getElementById("out").textContent = JSON.stringify({
        width: right, scroll: d.documentElement.scrollWidth, out: out.map((n) => n.tagName + "." + n.className),
        direction: getComputedStyle(sentence).direction,
        marked: getComputedStyle(mark).backgroundColor !== "rgba(0, 0, 0, 0)",
      });
    };
    </script>"""
    (folder / "measure.html").write_text(f"<!doctype html>{measure % width}", encoding="utf-8")
    visit = Visit(chromium, f"{address}/measure.html", tmp_path / "profile")
    seen = json.loads(re.search(r'<pre id="out">(.*?)</pre>', visit.dom)[1])  # type: ignore[index]
    assert seen == {"width": width, "scroll": width, "out": [], "direction": "rtl", "marked": True}
