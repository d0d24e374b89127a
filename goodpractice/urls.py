"""URLs of the catalogue, below `/katalog/`."""

from django.urls import path

from . import views

app_name = "goodpractice"
urlpatterns = [
    path("", views.item_list, name="list"),
    path("<slug:slug>/", views.item_page, name="item"),
]
