"""URLs of events, below /veranstaltungen/."""

from __future__ import annotations

from django.urls import path

from .views import editing, pages, participants, registering

app_name = "events"
urlpatterns = [
    path("", pages.event_list, name="list"),
    path("-/anlegen/", editing.create, name="create"),
    path("abmelden/<str:signed>/", registering.cancel_by_link, name="cancel_by_link"),
    path("<slug:slug>/", pages.event_detail, name="detail"),
    path("<slug:slug>/-/bearbeiten/", editing.edit, name="edit"),
    path("<slug:slug>/-/veroeffentlichen/", editing.publish, name="publish"),
    path("<slug:slug>/-/absagen/", editing.call_off, name="call_off"),
    path("<slug:slug>/-/loeschen/", editing.discard, name="discard"),
    path("<slug:slug>/anmelden/", registering.register_for_event, name="register"),
    path("<slug:slug>/abmelden/", registering.cancel_registration, name="cancel"),
    path("<slug:slug>/kalender.ics", pages.event_calendar, name="calendar"),
    path("<slug:slug>/teilnahme/", participants.participants, name="participants"),
    path("<slug:slug>/teilnahme/liste.csv", participants.participants_file, name="participants_file"),
]
