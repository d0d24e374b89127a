"""Seconds of CPU for the worst posts that we know: `PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.markdown`

Each has the greatest length that a post may have. More than about half a second means that the time grows faster
than the text, and that one post can stop the process for everybody.
"""

from __future__ import annotations

import time
from collections.abc import Callable

LENGTH = 20_000
PARTS = {
    "ordinary": "Wir haben **gute** Erfahrungen mit [dem Muster](https://a.example.org) gemacht. ",
    "images": "![",
    "brackets": "[",
    "links": "[](",
    "short links": "[a](b",
    "code": "`a ",
    "struck": "~~a ",
    "strong": "**a ",
    "emphasis": "*a_",
    "quotes": ">",
    "lists": "- ",
    "tags": "<a ",
    "addresses": "http://a ",
    "addresses in lines": "http://a.de/x\n",
    "addresses that go on": "http://a.de/x,",
    "addresses in an address": "http://a/(",
    "addresses in brackets of all kinds": "http://a/([{'\"",
    "schemes": "http://",
    "unknown schemes": "x:// ",
    "www": "www.",
    "www addresses": "www.a.de/( ",
    "dots": "www.a.a.a.a.a.a.a.a.a.",
    "letters that stop": "h",
    "mail addresses": "a@b.de ",
    "mail addresses in lines": "a@b.de\n",
    "mail addresses in words": "a@b.de *a* ",
    "half mail addresses": "a@",
    "half mail addresses in brackets": "(a@a.",
    "mailto": "mailto:",
    "mailto in brackets": "(mailto:a@a.",
    "hyphens": "(a@a-",
    "backslashes": "\\",
}
WHOLE = {
    "long address": "http://a.de/" + "a" * (LENGTH - 12),
    "long host": "http://" + "a." * (LENGTH // 2 - 4),
    "long mail address": "a@" + "a." * (LENGTH // 2 - 1),
    "address in brackets": "http://a" + ")" * (LENGTH - 8),
    "runs of ticks": "".join("`" * length + " " for length in range(1, 195)),
    "nested lists": "\n".join("  " * depth + "- a" for depth in range(130)),
    "nested quotes": "\n".join(">" * depth + " a" for depth in range(1, 195)),
}


def seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def main() -> None:
    from dkbm.core.markdown import plain_text, render_markdown

    texts = {name: (part * LENGTH)[:LENGTH] for name, part in PARTS.items()} | WHOLE
    print(f"{'post':<34} {'as HTML':>8} {'plain':>8}")
    for name, text in texts.items():
        print(f"{name:<34} {seconds(render_markdown, text):8.2f} {seconds(plain_text, text):8.2f}")


if __name__ == "__main__":
    main()
