"""URLs of goodpractice."""

from typing import Any

app_name = "goodpractice"
urlpatterns: list[Any] = []
