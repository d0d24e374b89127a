"""URLs of the catalogue, below `/katalog/`. What is no example's is in `links.RESERVED`, or has a full stop."""

from django.urls import path

from .views import catalogue, item, open_data

app_name = "goodpractice"
urlpatterns = [
    path("", catalogue.item_list, name="list"),
    path("export.json", open_data.export_json, name="export_json"),
    path("export.csv", open_data.export_csv, name="export_csv"),
    path("feed/", open_data.feed, name="feed"),
    path("<slug:slug>/", item.item_page, name="item"),
    path("<slug:slug>/pdf/", item.item_pdf, name="item_pdf"),
]
