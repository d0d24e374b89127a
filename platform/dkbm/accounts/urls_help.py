"""Help and contact below /hilfe/, for everybody."""

from __future__ import annotations

from django.urls import path

from .views import help as help_views

app_name = "support"
urlpatterns = [
    path("", help_views.home, name="home"),
    path("kontakt/", help_views.contact, name="contact"),
]
