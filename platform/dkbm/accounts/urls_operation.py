"""The operators' screens on the front door, below /betrieb/."""

from typing import Any

app_name = "operation"
urlpatterns: list[Any] = []
