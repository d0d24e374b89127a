"""URLs of the manager's list of mails, below ``/verwaltung/mails/``."""

from django.urls import path

from .views import log, mails

app_name = "mails"
urlpatterns = [
    path("", mails.failed_list, name="failed"),
    path("alle/", log.mail_log, name="log"),
    path("warum/", log.trace, name="trace"),
    path("einstellungen/", log.settings, name="settings"),
    path("<int:mail_id>/erneut-senden/", mails.repeat, name="repeat"),
    path("adresse/<int:address_id>/", mails.try_address, name="try_address"),
]
