"""Where other apps show something on the page of a group, to whoever may read it; their ``load`` gets the group."""

from __future__ import annotations

from dkbm.core.panels import Place

GROUP = Place("workgroups.group")
