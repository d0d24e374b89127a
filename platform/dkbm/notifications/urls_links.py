"""The link in each mail, below ``/abbestellen/``; good for whoever holds it."""

from django.urls import path

from .views import links

app_name = "mail_links"
urlpatterns = [path("<str:switch>/", links.why, name="why")]
