"""/konto/ on the front door: operators sign in there, nobody signs up."""

from __future__ import annotations

from django.urls import path, re_path

from .views import account, entrance

app_name = "accounts"
urlpatterns = [
    path("", account.operator_home, name="home"),
    path("signup/", entrance.not_on_the_front_door, name="signup"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", entrance.confirm_address, name="confirm_address"),
]
