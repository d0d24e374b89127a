"""What a new network's glossary begins with, and what the search learns of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group

from dkbm.cms.roles import group_name
from dkbm.demo.domain.demo import DATA
from dkbm.glossary.domain.seed import GIVEN, seed, seed_terms
from dkbm.glossary.domain.words import synonym_groups
from dkbm.glossary.models import Term
from dkbm.imports.reading import read_file
from dkbm.imports.schemas import GlossaryFile
from dkbm.search.domain.index import compare_index
from dkbm.search.models import SearchEntry
from dkbm.search.synonyms import synonyms, synonyms_changed
from dkbm.tenancy import after_migrate
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.models import Network
from tests.factories.glossary import make_term
from tests.factories.people import make_person

OF_NIEDERSACHSEN = {"blickpunkt", "dkbm-netzwerk", "themenfinder", "transferkompakt"}
"""Names of its agency's own things."""


def test_a_network_gets_the_common_terms_once_and_its_editors_the_right_to_them(
    niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    with bind(niedersachsen):
        Network.objects.update(given_pages=[])
        make_term("Bildungsbüro", definition="So ist es bei uns.")
    with bind(bayern):
        Network.objects.update(given_pages=[GIVEN])
    with bind_all("upgrade", as_owner=True):
        Group.objects.get(name=group_name(niedersachsen.id, "editor")).permissions.clear()
    after_migrate.run_steps()
    with bind(niedersachsen):
        assert Term.objects.get(slug="bildungsbuero").definition == "So ist es bei uns."
        assert Term.objects.count() == SearchEntry.objects.filter(type="glossary").count() == 50
        assert "glossary" not in compare_index()
        Term.objects.filter(slug="dkbm").delete()
        seed_terms()
        assert not Term.objects.filter(slug="dkbm").exists()
        assert make_person(roles=("editor",)).has_perm("glossary.change_term")
    with bind(bayern):
        assert not Term.objects.exists()


def test_the_seed_is_what_the_reference_data_says_of_all_networks() -> None:
    terms = {entry.slug: entry for entry in read_file(DATA / "glossary.yaml", GlossaryFile).terms}
    common = {each["slug"]: each for each in seed()}
    assert set(terms) - set(common) == OF_NIEDERSACHSEN
    assert set(common) <= set(terms)
    for slug, values in common.items():
        entry = terms[slug].model_dump(exclude={"network"}, exclude_none=True)
        assert values == {**entry, "see_also": [other for other in entry["see_also"] if other in common]}


def test_the_search_learns_what_else_a_term_is_called(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(bayern):
        make_term("Fremdes", synonyms=["Foreign"])
    with bind(niedersachsen):
        make_term("Bildung und Teilhabe", abbreviation="BuT", synonyms=["Bildungspaket", "BuT"])
        make_term("Allein")
        assert list(synonym_groups()) == [("Bildung und Teilhabe", "BuT", "Bildungspaket")]


def test_a_changed_synonym_is_known_at_once(
    niedersachsen: BoundNetwork, django_capture_on_commit_callbacks: Any
) -> None:
    with bind(niedersachsen):
        synonyms_changed()
        assert "quallenpaket" not in synonyms()
        with django_capture_on_commit_callbacks(execute=True):
            make_term("Bildung und Teilhabe", synonyms=["Quallenpaket"])
        assert "quallenpaket" in synonyms()
        with django_capture_on_commit_callbacks(execute=True):
            make_term("Bildung und Teilhabe", synonyms=[])
        assert "quallenpaket" not in synonyms()
