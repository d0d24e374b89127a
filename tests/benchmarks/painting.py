"""What a browser shows, when, and whether it moves: `PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.painting`

Starts a copy with the demo data as `make run` does, and opens every type of page in Chromium with an empty cache, at
360 and 1280 px. Prints for each page, the worse of both widths: KB over the wire with everything that the page loads,
milliseconds to the largest contentful paint, and the layout shift. After it the guests' front page beside a bare static
page with the same heading and the same picture, in turn: the ratio of their largest contentful paints.

Largest contentful paint and layout shift: https://web.dev/articles/lcp, https://web.dev/articles/cls
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dkbm.launcher.ports import free_port
from tests.benchmarks.kit.report import keep, show
from tests.browser import chromium_path
from tests.e2e.page_types import PAGE_TYPES, PageType
from tests.e2e.running_copy import PASSWORD, RunningCopy
from tests.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

WIDTHS = (360, 1280)
ROUNDS = 9
MOST_SHIFT, MOST_KB, MOST_RATIO = 0.02, 250, 1.5
WATCH = """
  window.seen = {shift: 0, paint: 0};
  new PerformanceObserver((list) => { for (const each of list.getEntries()) seen.shift += each.value; })
    .observe({type: "layout-shift", buffered: true});
  new PerformanceObserver((list) => { for (const each of list.getEntries()) seen.paint = each.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
"""
PICTURE = re.compile(r'<figure class="map">.*?(<svg.*?</svg>)', re.DOTALL)
HEADING = re.compile(r"<h1.*?</h1>", re.DOTALL)


def opened(context: BrowserContext, url: str) -> dict[str, float]:
    """One page in a context that has loaded nothing before."""
    page = context.new_page()
    page.add_init_script(WATCH)
    traffic = context.new_cdp_session(page)
    traffic.send("Network.enable")
    sizes: list[float] = []
    traffic.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    seen: dict[str, float] = page.evaluate("seen")
    page.close()
    return {"KB": sum(sizes) / 1024, "LCP ms": seen["paint"], "shift": seen["shift"]}


@contextmanager
def context_of(browser: Browser, width: int, state: Any = None) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="de-DE", storage_state=state)
    yield context
    context.close()


def signed_in(browser: Browser, copy: RunningCopy, network: str, login: str) -> Any:
    """Cookies of somebody who has signed in, for contexts that are new."""
    with context_of(browser, WIDTHS[-1]) as context:
        page = context.new_page()
        page.goto(copy.url(network, "/konto/login/"))
        page.get_by_label("E-Mail-Adresse").fill(f"{login}@{network}.example.org")
        page.get_by_label(re.compile("^Passwort")).fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Einloggen").click()
        page.wait_for_load_state()
        return context.storage_state()


def rows_of(browser: Browser, copy: RunningCopy, kinds: list[PageType]) -> Iterator[dict[str, Any]]:
    states: dict[tuple[str, str], Any] = {}
    for kind in kinds:
        key = (kind.network, kind.login)
        if kind.login and key not in states:
            states[key] = signed_in(browser, copy, *key)
        seen = []
        for width in WIDTHS:
            with context_of(browser, width, states.get(key)) as context:
                seen.append(opened(context, copy.url(kind.network, kind.path)))
        worst = {name: max(each[name] for each in seen) for name in seen[0]}
        yield {"page": kind.name, **{name: round(value, 4) for name, value in worst.items()}}


@contextmanager
def bare_page(html: str) -> Iterator[str]:
    """The address of a static page with heading and picture of the other."""
    heading, picture = HEADING.search(html), PICTURE.search(html)
    assert heading, "the page has no heading"
    assert picture, "the page has no map"
    with tempfile.TemporaryDirectory() as folder:
        body = f"<!doctype html><html lang=de><meta charset=utf-8><title>-</title>{heading[0]}{picture[1]}"
        Path(folder, "index.html").write_text(body, encoding="utf-8")
        port = free_port()
        command = (sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", folder)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            url = f"http://127.0.0.1:{port}/"
            until(lambda: answers(url), 20)
            yield url
            server.terminate()


def answers(url: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(url):
        return True
    return False


def beside_a_bare_page(browser: Browser, copy: RunningCopy) -> dict[str, Any]:
    front = copy.url("niedersachsen")
    took: dict[str, list[float]] = {"front": [], "bare": []}
    with bare_page(copy.get("niedersachsen", "/")[1].decode()) as bare:
        for _ in range(ROUNDS):
            for name, url in (("front", front), ("bare", bare)):
                with context_of(browser, WIDTHS[-1]) as context:
                    took[name].append(opened(context, url)["LCP ms"])
    medians = {name: statistics.median(values) for name, values in took.items()}
    return {"page": "front page, guest", **medians, "ratio": medians["front"] / medians["bare"]}


def main() -> None:
    from playwright.sync_api import sync_playwright

    kinds = [kind for kind in PAGE_TYPES if kind.step is None and kind.status == 200]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        copy = RunningCopy(Path(folder))
        try:
            copy.start()
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            rows = list(rows_of(browser, copy, kinds))
            compared = beside_a_bare_page(browser, copy)
            browser.close()
        finally:
            copy.stop()
    show(rows)
    print()
    show([compared])
    front = next(row for row in rows if row["page"] == "home-guest")
    moving = [row["page"] for row in rows if row["shift"] >= MOST_SHIFT]
    print(
        f"\nGuests' front page: {front['KB']:.0f} KB (goal {MOST_KB}), {compared['ratio']:.2f} x (goal {MOST_RATIO})."
    )
    print(f"Layout shift of {MOST_SHIFT} and more: {', '.join(moving) or 'nowhere'}.")
    keep("painting", [*rows, compared])


if __name__ == "__main__":
    main()
