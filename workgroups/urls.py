"""URLs of workgroups."""

from typing import Any

app_name = "workgroups"
urlpatterns: list[Any] = []
