"""Own pages below /konto/, beside allauth's."""

from typing import Any

app_name = "accounts"
urlpatterns: list[Any] = []
