"""What editors may set for themselves in the CMS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.users.models import UserProfile

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person
from tests.factories.publications import make_image


def test_name_and_picture_are_not_set_in_the_cms(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], media: Path
) -> None:
    with bind(niedersachsen):
        editor = make_person("Eva Editor", roles=("editor",))
        with make_image().file.open() as file:
            picture = SimpleUploadedFile("bild.png", file.read(), "image/png")
    client = client_of(niedersachsen, editor)
    page = client.get("/cms/account/").content.decode()
    assert 'name="theme-theme"' in page
    assert 'name="avatar-avatar"' not in page
    assert 'name="name_email-last_name"' not in page
    data = {"avatar-avatar": picture, "name_email-first_name": "X", "name_email-last_name": "Y"}
    theme = {
        "theme-theme": "dark",
        "theme-density": "snug",
        "theme-contrast": "system",
        "theme-keyboard_shortcuts": "on",
    }
    assert client.post("/cms/account/", {**data, **theme}).status_code == 302
    with bind(niedersachsen):
        assert Person.objects.get(pk=editor.pk).display_name == "Eva Editor"
        profile = UserProfile.objects.get(user=editor)
        assert (profile.theme, bool(profile.avatar)) == ("dark", False)
    assert not list(media.glob("avatar_images/*"))


def test_settings_are_for_editors(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        member = make_person()
    assert [client_of(niedersachsen, who).get("/cms/account/").status_code for who in (None, member)] == [302, 302]


def test_looking_at_the_address_for_signing_out_signs_nobody_out(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        client = client_of(niedersachsen, make_person(roles=("editor",)))
    assert client.get("/cms/logout/").status_code == 405
    assert client.get("/cms/").status_code == 200
    assert client.post("/cms/logout/").status_code == 302
    assert client.get("/cms/").status_code == 302
