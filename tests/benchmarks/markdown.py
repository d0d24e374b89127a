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
    "backslashes": "\\",
}
WHOLE = {
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
    print(f"{'post':<22} {'as HTML':>8} {'plain':>8}")
    for name, text in texts.items():
        print(f"{name:<22} {seconds(render_markdown, text):8.2f} {seconds(plain_text, text):8.2f}")


if __name__ == "__main__":
    main()
