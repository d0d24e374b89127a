"""URLs of groups. All actions lie below ``-/``, so no sub-group's name can clash with one.

What an AG and a sub-group both have stands once, at ``<slug>/…`` and at ``<slug>/<subgroup>/…``: one name, one view.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from .views import announcements, joining, managing, members, pages, requests, running

AG = "<slug:slug>/"
SUBGROUP = "<slug:slug>/<slug:subgroup>/"


def of_every_group(rest: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """``reverse`` takes the slugs of ``Workgroup.slugs``."""
    return [path(f"{group}{rest}", view, name=name) for group in (AG, SUBGROUP)]


app_name = "workgroups"
urlpatterns = [
    path("", pages.group_list, name="list"),
    path("-/gruenden/", managing.found_workgroup, name="found-workgroup"),
    path("-/konzeptgruppe-einrichten/", managing.found_concept_group, name="found-concept-group"),
    *of_every_group("-/beitreten/", joining.join, "join"),
    *of_every_group("-/e-mails/", joining.mails, "mails"),
    *of_every_group("-/e-mails/inhalt/", joining.mail_texts, "mail-texts"),
    *of_every_group("-/rundschreiben/", announcements.of_group, "announcements"),
    *of_every_group("-/rundschreiben/neu/", announcements.write_to_group, "announce"),
    *of_every_group("-/austreten/", joining.leave, "leave"),
    *of_every_group("-/aemter/", running.offices, "offices"),
    path(f"{AG}-/anfrage-zurueckziehen/", joining.withdraw, name="withdraw"),
    path(f"{AG}-/anfragen/", requests.request_list, name="requests"),
    path(f"{AG}-/anfragen/<int:pk>/aufnehmen/", requests.admit, name="admit"),
    path(f"{AG}-/anfragen/<int:pk>/ablehnen/", requests.refuse, name="refuse"),
    *of_every_group("-/bearbeiten/", managing.edit, "edit"),
    path(f"{AG}-/mitglieder/", members.member_list, name="members"),
    path(f"{AG}-/mitglieder/aufnehmen/", members.add, name="add-member"),
    path(f"{AG}-/mitglieder/<int:pk>/entfernen/", members.remove, name="remove-member"),
    path(f"{AG}-/untergruppe-gruenden/", running.found, name="found"),
    path(f"{AG}-/archivieren/", managing.archive, name="archive"),
    path(f"{SUBGROUP}-/einladen/", running.invite, name="invite"),
    path(f"{SUBGROUP}-/abschliessen/", running.close, name="close"),
    *of_every_group("", pages.group_page, "group"),
]
