"""The operators' screens on the front door, below /betrieb/."""

from __future__ import annotations

from django.urls import path

from .views import founding, operation, provider

app_name = "operation"
urlpatterns = [
    path("", operation.networks, name="networks"),
    path("protokoll/", operation.log, name="log"),
    path("betreiber/", provider.edit, name="provider"),
    path("gruenden/", founding.found, name="found"),
    path("gruenden/<int:order_id>/", founding.order, name="order"),
    path("<int:network_id>/eingang/", founding.listing, name="listing"),
    path("<int:network_id>/betreten/", operation.enter, name="enter"),
    path("<int:network_id>/verlassen/", operation.leave, name="leave"),
    path("<int:network_id>/", operation.people, name="inside"),
    path("<int:network_id>/mitglieder/<int:membership_id>/rollen/", operation.roles, name="roles"),
    path("<int:network_id>/protokoll/", operation.network_log, name="network_log"),
]
