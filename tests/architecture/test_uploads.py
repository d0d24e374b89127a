"""What people upload comes through one door (``core.uploads``): no field and no view takes a file beside it."""

from __future__ import annotations

import ast

from django import forms
from django.apps import apps
from django.db import models

from dkbm.core.uploads import TakenFieldFileMixin, TakenFileMixin
from tests.architecture.source import called_name, calls, parsed, python_files, relative

DOOR = "platform/dkbm/core/uploads.py"
BESIDE = {
    "printing.Printed.file": "a PDF made by us of words and pictures that have come through",
    "cms.NetworkRendition.file": "made by us from a picture that has come through",
    "wagtailcore.UploadedFile.file": "waits for its form; what is made of it comes through, and nobody is served it",
    "wagtailusers.UserProfile.avatar": "the panel that asks for it is not offered (cms.views.account)",
    "wagtailimages.Image.file": "Wagtail's own, which is not in use",
    "wagtailimages.Rendition.file": "Wagtail's own, which is not in use",
    "wagtaildocs.Document.file": "Wagtail's own, which is not in use",
}


def test_every_stored_file_comes_through_the_door() -> None:
    fields = [
        (f"{model._meta.app_label}.{model.__name__}.{field.name}", field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.FileField)
    ]
    beside = {
        name
        for name, field in fields
        if not (isinstance(field, TakenFileMixin) and issubclass(field.attr_class, TakenFieldFileMixin))
    }
    assert beside - set(BESIDE) == set()
    assert {name for name, _field in fields} - beside == {"cms.NetworkDocument.file", "cms.NetworkImage.file"}


def test_no_form_and_no_view_of_ours_takes_a_file_by_itself() -> None:
    """A field of a form is a class of ``core.forms`` or of the CMS, which takes what comes through the door."""
    fields = {name for name in dir(forms) if name.endswith(("FileField", "ImageField", "FilePathField"))}
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in python_files()
        if relative(path) != DOOR
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Attribute) and node.attr == "FILES")
        or (isinstance(node, ast.Call) and ast.unparse(node.func) in {f"forms.{name}" for name in fields})
    ]
    assert found == []


def test_no_file_is_written_into_the_storage_but_by_a_field() -> None:
    found = [
        f"{relative(path)}:{call.lineno}"
        for path in python_files()
        for call in calls(path)
        if called_name(call) == "save" and ast.unparse(call.func) in {"default_storage.save", "storage.save"}
    ]
    assert found == []
