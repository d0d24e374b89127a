"""Readers that remember what they were told."""

from __future__ import annotations


class Listener:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def deliver(self, group: str, text: str) -> None:
        self.heard.append(text)

    def updates_paused(self) -> None:
        self.heard.append("paused")

    def updates_back(self) -> None:
        self.heard.append("fetch")


class Broken(Listener):
    def deliver(self, group: str, text: str) -> None:
        raise RuntimeError("broken reader")
