"""``networks.yaml``: the agencies, each a network of the platform."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from .base import Entry, Key, Line, Moment, Number, Slug, Text, unique


class InitiativeFact(Entry):
    label: Line
    value: Number | Line
    unit: Line
    year: int
    source: Line


class Initiative(Entry):
    title: Line
    started: int
    summary: Text
    facts: list[InitiativeFact] = []


class Fact(Entry):
    key: Key
    label: Line
    value: Number | Line
    unit: Line
    date: Moment
    source: Line
    note: Text | None = None


class NetworkEntry(Entry):
    slug: Slug
    name: Line
    short_name: Line
    network_name: Line | None = None
    laender: list[Line] = []
    region: Text
    main: bool = False
    claim: Text
    claim_derived: bool = False
    website: Line | None = None
    facts: list[Fact] = []


class NetworksFile(Entry):
    initiative: Initiative | None = None
    networks: Annotated[list[NetworkEntry], AfterValidator(unique)]
