"""URLs of a member's saved searches, below ``/suche/gemerkt/``."""

from django.urls import path

from . import views

app_name = "savedsearch"
urlpatterns = [
    path("", views.search_list, name="list"),
    path("merken/", views.save, name="save"),
    path("<int:search_id>/", views.rename, name="rename"),
    path("<int:search_id>/hinweis/", views.alert, name="alert"),
    path("<int:search_id>/loeschen/", views.delete, name="delete"),
]
