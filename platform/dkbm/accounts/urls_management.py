"""The network managers' screens below /verwaltung/."""

from __future__ import annotations

from django.urls import path

from .views import functions, management

app_name = "management"
urlpatterns = [
    path("", management.requests, name="requests"),
    path("anfragen/<int:membership_id>/aufnehmen/", management.admit, name="admit"),
    path("anfragen/<int:membership_id>/ablehnen/", management.refuse, name="refuse"),
    path("hinweis/", management.waiting_note, name="waiting_note"),
    path("mitglieder/", management.members, name="members"),
    path("mitglieder/<int:membership_id>/rollen/", management.roles, name="roles"),
    path("domains/", management.domains, name="domains"),
    path("domains/<int:domain_id>/streichen/", management.remove_domain, name="remove_domain"),
    path("funktionen/", functions.functions, name="functions"),
    path("funktionen/<int:function_id>/", functions.edit, name="function"),
    path("funktionen/<int:function_id>/zusammenfuehren/", functions.merge, name="merge_function"),
    path("funktionen/<int:function_id>/anbieten/", functions.offer, name="offer_function"),
    path("protokoll/", management.log, name="log"),
]
