"""URLs of the mailbox; the front door includes them under /postfach/ in the demo profile only."""

from django.urls import path

from dkbm.demo.postfach import views

app_name = "postfach"
urlpatterns = [
    path("", views.mail_list, name="list"),
    path("<str:key>/", views.mail_show, name="show"),
]
