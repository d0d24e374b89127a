"""URLs of editorial."""

from typing import Any

app_name = "editorial"
urlpatterns: list[Any] = []
