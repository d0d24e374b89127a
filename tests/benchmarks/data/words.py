"""Made-up German, the same at every run: frequent and rare words, and posts in Markdown as people write them."""

from __future__ import annotations

import random

SYLLABLES = (  # noqa: SIM905 - readable
    "bil dung kom mu ne ver wal tung schu le über gang be ruf för de rung da ten be richt stadt kreis rat häu ser"
).split(" ")
RARE = "Quellwolkenregister"
"""Stands in one post of five thousand."""
PARTS = 3_000


def vocabulary(size: int = 12_000) -> list[str]:
    source = random.Random(1)
    return ["".join(source.choices(SYLLABLES, k=source.randint(2, 5))) for _ in range(size)]


def text_of(source: random.Random, words: list[str], length: int) -> str:
    """``length`` words, frequent ones more often (the cube of an even distribution)."""
    return " ".join(words[int(source.random() ** 3 * len(words))] for _ in range(length))


def searches() -> dict[str, str]:
    """What is searched for, by how often it stands somewhere."""
    words = vocabulary()
    return {
        "frequent": words[3],
        "one word": words[400],
        "two words": f"{words[40]} {words[90]}",
        "rare": RARE,
        "nothing": "Nirgendwort",
        "typing error": mistyped(words[400]),
        "question": f"Wer hat Erfahrung mit {words[40]} und {words[700]}?",
    }


def mistyped(word: str) -> str:
    """Two letters in the middle are exchanged."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


class Texts:
    """Titles and posts. A post is put together from parts, so that it need not be parsed each time."""

    def __init__(self, source: random.Random, parts: int = PARTS) -> None:
        from dkbm.core.markdown import plain_text, render_markdown

        self._source = source
        self._words = vocabulary()
        written = [self._part(number) for number in range(parts)]
        self._parts = [(part, plain_text(part), str(render_markdown(part))) for part in written]
        self._written = 0

    def title(self, length: int = 6) -> str:
        return text_of(self._source, self._words, length).capitalize()

    def sentence(self, length: int = 14) -> str:
        return text_of(self._source, self._words, length).capitalize() + "."

    def post(self) -> tuple[str, str, str]:
        """Markdown of two to four parts (some 60 words), its plain text, its HTML."""
        chosen = self._source.choices(self._parts, k=self._source.randint(2, 4))
        self._written += 1
        if self._written % 5_000 == 0:
            chosen.append((RARE, RARE, f"<p>{RARE}</p>\n"))
        texts, plains, htmls = zip(*chosen, strict=True)
        return "\n\n".join(texts), " ".join(plains), "".join(htmls)

    def _part(self, number: int) -> str:
        if number % 10 == 0:
            return "\n".join(f"- {self.title(3)}" for _ in range(3))
        if number % 10 == 1:
            return f"> {self.sentence()}"
        if number % 10 == 2:
            return f"{self.sentence(8)} **{self.title(2)}**: https://www.example.org/{number}"
        return f"{self.sentence()} {self.sentence(6)}"
