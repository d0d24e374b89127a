"""The network managers' screens below /verwaltung/."""

from typing import Any

app_name = "management"
urlpatterns: list[Any] = []
