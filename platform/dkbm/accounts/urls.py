"""Own pages below /konto/, before allauth's: sign-up and verifying are ours, with allauth's paths."""

from __future__ import annotations

from django.urls import path, re_path

from .views import account, entrance, people, portraits

app_name = "accounts"
urlpatterns = [
    path("", account.home, name="home"),
    path("profil/", account.profile, name="profile"),
    path("bild/", portraits.edit, name="edit_portrait"),
    path("bild/loeschen/", portraits.remove, name="remove_portrait"),
    path("bild/<str:portrait_key>/ganz/", portraits.own, name="own_portrait"),
    path("bild/<str:portrait_key>/<str:size>/", portraits.picture, name="portrait"),
    path("person/<uuid:person_id>/", people.person, name="person"),
    path("person/<uuid:person_id>/nachricht/", people.write, name="write"),
    path("anfrage-bestaetigen/", account.confirm_request, name="confirm_request"),
    path("austreten/", account.leave_network, name="leave"),
    path("nutzungsbedingungen/", entrance.terms, name="terms"),
    path("signup/", entrance.signup, name="signup"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", entrance.confirm_address, name="confirm_address"),
    re_path(r"^beitreten/(?P<token>[-:\w]+)/$", entrance.join, name="join"),
]
