"""URLs of a member's answers by mail, below ``/benachrichtigungen/antworten/``."""

from django.urls import path

from .views import own

app_name = "inbound"
urlpatterns = [
    path("", own.answer_list, name="list"),
    path("<int:incoming_id>/", own.answer, name="answer"),
]
