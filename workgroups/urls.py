"""URLs of groups. All actions lie below ``-/``, so no sub-group's name can clash with one."""

from django.urls import path

from .views import joining, managing, members, pages, requests, running

app_name = "workgroups"
urlpatterns = [
    path("", pages.group_list, name="list"),
    path("-/gruenden/", managing.found_workgroup, name="found-workgroup"),
    path("-/konzeptgruppe-einrichten/", managing.found_concept_group, name="found-concept-group"),
    path("<slug:slug>/", pages.group_page, name="group"),
    path("<slug:slug>/-/beitreten/", joining.join, name="join"),
    path("<slug:slug>/-/austreten/", joining.leave, name="leave"),
    path("<slug:slug>/-/anfrage-zurueckziehen/", joining.withdraw, name="withdraw"),
    path("<slug:slug>/-/anfragen/", requests.request_list, name="requests"),
    path("<slug:slug>/-/anfragen/<int:pk>/aufnehmen/", requests.admit, name="admit"),
    path("<slug:slug>/-/anfragen/<int:pk>/ablehnen/", requests.refuse, name="refuse"),
    path("<slug:slug>/-/bearbeiten/", managing.edit, name="edit"),
    path("<slug:slug>/-/mitglieder/", members.member_list, name="members"),
    path("<slug:slug>/-/mitglieder/aufnehmen/", members.add, name="add-member"),
    path("<slug:slug>/-/mitglieder/<int:pk>/entfernen/", members.remove, name="remove-member"),
    path("<slug:slug>/-/untergruppe-gruenden/", running.found, name="found"),
    path("<slug:slug>/-/aemter/", running.offices, name="offices"),
    path("<slug:slug>/-/archivieren/", managing.archive, name="archive"),
    path("<slug:slug>/-/uag/<slug:subgroup>/beitreten/", joining.join_subgroup, name="join-subgroup"),
    path("<slug:slug>/-/uag/<slug:subgroup>/austreten/", joining.leave_subgroup, name="leave-subgroup"),
    path("<slug:slug>/-/uag/<slug:subgroup>/abschliessen/", running.close, name="close"),
    path("<slug:slug>/-/uag/<slug:subgroup>/leitung/", running.hand_over, name="hand-over"),
    path("<slug:slug>/<slug:subgroup>/", pages.subgroup_page, name="subgroup"),
]
