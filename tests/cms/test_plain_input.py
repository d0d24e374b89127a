"""Titles and names that editors type in `/cms/`: one line, whoever made the form."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.admin.forms.choosers import ExternalLinkChooserForm
from wagtail.admin.forms.collections import CollectionForm
from wagtail.images.forms import get_image_form
from wagtail.images.views.bulk_actions.add_tags import TagForm
from wagtail.models import Workflow

from dkbm.cms.domain.pages import publish_below
from dkbm.cms.models import HomePage, NetworkImage, NetworkTag, StandardPage
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.enums import Role
from tests.factories.people import make_person

SENTENCE = "Hier passt nur eine einzige Zeile."
TWO_LINES = "Ein Titel\nund noch einer"


def test_page_with_a_title_of_two_lines_is_refused(in_niedersachsen: BoundNetwork) -> None:
    field = StandardPage.get_edit_handler().get_form_class().base_fields["title"]
    with pytest.raises(ValidationError, match=SENTENCE):
        field.clean(TWO_LINES)


def test_image_and_its_tags_are_lines(in_niedersachsen: BoundNetwork) -> None:
    form = get_image_form(NetworkImage)({"title": TWO_LINES, "tags": "a\u202eb"})
    assert form.errors["title"] == [SENTENCE]
    assert form.errors["tags"] == ["Hinter „a“ steht ein unsichtbares Zeichen (U+202E)."]


def test_tags_for_many_images_at_once_are_lines() -> None:
    assert TagForm({"tags": "eins\nzwei"}).errors["tags"] == [SENTENCE]


def test_collection_is_named_in_one_line(in_niedersachsen: BoundNetwork) -> None:
    assert CollectionForm({"name": TWO_LINES}).errors["name"] == [SENTENCE]


@pytest.mark.parametrize("row", [Workflow(name=TWO_LINES), NetworkTag(name=TWO_LINES)])
def test_names_are_asked_wherever_the_row_is_checked(in_niedersachsen: BoundNetwork, row: Any) -> None:
    with pytest.raises(ValidationError, match=SENTENCE):
        row.clean_fields()


@pytest.mark.parametrize("title", [TWO_LINES, "\u3164", "Sei\u202ete", "x" * 20_000])
def test_copy_of_a_page_gets_a_title_of_one_line(in_niedersachsen: BoundNetwork, client_of: Any, title: str) -> None:
    home = HomePage.objects.get()
    page = StandardPage(title="Vorlage", slug="vorlage", locale_id=home.locale_id)
    publish_below(home, page)
    client = client_of(in_niedersachsen, make_person(roles=(Role.MANAGER,)))
    data = {"new_title": title, "new_slug": "abschrift", "new_parent_page": home.pk}
    response = client.post(f"/cms/pages/{page.pk}/copy/", data)
    assert response["Location"] == f"/cms/pages/{page.pk}/copy/"
    sent = {"slug": "abschrift", "title": title}
    answer = client.post(f"/cms/api/main/pages/{page.pk}/action/copy/", sent, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["title"])
    assert not StandardPage.objects.filter(slug="abschrift").exists()


@pytest.mark.parametrize(("sent", "wrong"), [({}, True), ({"url": ""}, True), ({"url": "/ag/"}, False)])
def test_link_without_an_address_is_refused_beside_its_field(sent: dict[str, str], wrong: bool) -> None:
    """Wagtail's field failed where the form had none."""
    assert ("url" in ExternalLinkChooserForm(sent).errors) is wrong
