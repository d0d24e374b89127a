"""Functions that a file declares are taken in; unknown ones are named, all at once and with other faults."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError

from dkbm.accounts.domain.queries.functions import function_choices
from dkbm.accounts.enums import COMMON_FUNCTIONS
from dkbm.accounts.models import Function, Person, Profile
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from forum.models import Topic
from tests.factories.groups import make_workgroup

EHRENAMT = {"ehrenamt": "Ehrenamtskoordination"}


@pytest.fixture(autouse=True)
def _verden(db: None) -> None:
    with bind_all("register of municipalities", as_owner=True):
        Municipality.objects.create(slug="landkreis-verden", name="Landkreis Verden", kind="landkreis")


def topic(slug: str, function: str, *, place: str = "landkreis-verden", **fields: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "workgroup": "netzweit",
        "title": "Wer hilft?",
        "author": f"{function}@{place}",
        "created": "2024-02-06",
        "post": "Moin zusammen.",
        **fields,
    }


def write(folder: Path, name: str, data: Any) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(yaml.dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def import_forum(path: Path, network: str = "niedersachsen") -> None:
    call_command("import_forum", path, network=network, stdout=StringIO())


def faults(error: pytest.ExceptionInfo[CommandError]) -> list[str]:
    head, *lines = str(error.value).splitlines()
    assert head == f"Nichts wurde geladen. {len(lines)} Fehler:"
    return [line.strip() for line in lines]


def test_declared_function_becomes_the_networks(
    tmp_path: Path, niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    path = write(tmp_path, "forum", {"functions": EHRENAMT, "topics": [topic("hilfe", "ehrenamt")]})
    import_forum(path)
    import_forum(path)
    with bind(niedersachsen):
        assert function_choices() == [*COMMON_FUNCTIONS.items(), *EHRENAMT.items()]
        author = Topic.objects.get(slug="hilfe").author
        assert author.display_name == "Ehrenamtskoordination, Landkreis Verden"
        assert Profile.objects.get(person=author).function.slug == "ehrenamt"
    with bind(bayern):
        assert function_choices() == list(COMMON_FUNCTIONS.items())


def test_function_that_managers_renamed_keeps_their_label(tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        Function.objects.filter(slug="koko").update(label="Ankommen")
    declared = {"koko": "Koordination Neuzugewanderte (KoKo)"}
    import_forum(write(tmp_path, "forum", {"functions": declared, "topics": [topic("hilfe", "koko")]}))
    with bind(niedersachsen):
        assert Topic.objects.get(slug="hilfe").author.display_name == "Ankommen, Landkreis Verden"


def test_file_names_all_its_unknown_functions(tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    unknown = [f"zauberei-{number}" for number in range(1, 8)]
    topics = [topic(f"thema-{number}", name) for number, name in enumerate(unknown, start=1)]
    with pytest.raises(CommandError) as error:
        import_forum(write(tmp_path, "forum", {"functions": EHRENAMT, "topics": topics}))
    assert faults(error) == [
        f"forum.yaml, topics „thema-{number}“: die Funktion „zauberei-{number}“ gibt es nicht" for number in range(1, 8)
    ]
    with bind(niedersachsen):
        assert Function.objects.count() == 25
        assert not Person.objects.filter(stands_for_function=True).exists()


def test_faults_of_form_and_of_reference_are_named_together(tmp_path: Path) -> None:
    replies = [
        {"author": "hexerei@landkreis-verden", "date": "2024-02-07", "text": "Ja."},
        {"author": "koko@landkreis-verden", "date": "morgen", "text": "Nein."},
    ]
    topics = [
        topic("eins", "zauberei", farbe="rot"),
        topic("zwei", "koko", replies=replies, tags=["yoga"]),
        topic("drei", "koko", workgroup="ag9"),
        topic("drei", "koko"),
        topic("vier", "ehrenamt", place="landkreis-atlantis"),
    ]
    data = {"functions": {**EHRENAMT, "Mit Raum": "x"}, "topics": topics, "zugabe": 1}
    with pytest.raises(CommandError) as error:
        import_forum(write(tmp_path, "forum", data))
    assert sorted(faults(error)) == sorted(
        [
            "forum.yaml, „functions“: Mit Raum: „Mit Raum“ ist kein Kürzel (Kleinbuchstaben, Ziffern, einzelne "
            "Bindestriche)",
            "forum.yaml, topics „eins“: das Feld „farbe“ ist unbekannt",
            "forum.yaml, topics „zwei“: replies, Nr. 2, date: „morgen“ ist kein Tag der Form JJJJ-MM-TT",
            "forum.yaml: das Feld „zugabe“ ist unbekannt",
            "forum.yaml: topics: „drei“ kommt zweimal vor",
            "forum.yaml, topics „eins“: die Funktion „zauberei“ gibt es nicht",
            "forum.yaml, topics „zwei“: das Schlagwort „yoga“ gibt es nicht",
            "forum.yaml, topics „zwei“: die Funktion „hexerei“ gibt es nicht",
            "forum.yaml, topics „drei“: im Netzwerk „niedersachsen“ die Gruppe „ag9“ gibt es nicht",
            "forum.yaml, topics „vier“: die Kommune „landkreis-atlantis“ gibt es nicht",
        ]
    )  # fmt: skip


def test_function_of_one_network_is_unknown_in_another(tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        Function.objects.create(slug="ehrenamt", label="Ehrenamtskoordination")
    path = write(tmp_path, "forum", {"topics": [topic("hilfe", "ehrenamt")]})
    import_forum(path)
    with pytest.raises(CommandError, match="die Funktion „ehrenamt“ gibt es nicht"):
        import_forum(path, "bayern")


def test_folder_declares_a_function_for_all_its_files(tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    """The groups are loaded before the threads, and the founder has the function already."""
    with bind(niedersachsen):
        make_workgroup("ag1", number=1)
    write(tmp_path, "forum_topics", {"functions": EHRENAMT, "topics": [topic("hilfe", "ehrenamt")]})
    subgroup = {
        "slug": "uag-ehrenamt",
        "workgroup": "ag1",
        "title": "Ehrenamt",
        "question": "Wer hilft?",
        "expected_result": "Liste",
        "status": "offen",
        "founded": "2024-01-10",
        "founder": "ehrenamt@landkreis-verden",
    }
    group = {
        "slug": "ag1",
        "number": 1,
        "name": "Bildung",
        "description": "Für alle.",
        "member_functions": ["Ehrenamtskoordination"],
    }
    write(tmp_path, "workgroups", {"workgroups": [group], "subgroups": [subgroup]})
    said = StringIO()
    call_command("load_reference", tmp_path, stdout=said)
    assert "niedersachsen: neue Funktionen: Ehrenamtskoordination, 2 Gruppen" in said.getvalue()
    with bind(niedersachsen):
        assert Topic.objects.get(slug="hilfe").author.display_name.startswith("Ehrenamtskoordination")


def test_folder_names_faults_of_all_files_and_none_that_follows_from_another(tmp_path: Path) -> None:
    """Nobody reads that a group does not exist when its entry is there and has a fault of its own."""
    group = {"slug": "ag1", "number": "eins", "name": "Bildung", "description": "Für alle."}
    write(tmp_path, "workgroups", {"workgroups": [group]})
    topics = [topic("hilfe", "zauberei", workgroup="ag1"), topic("rat", "koko", workgroup="ag2")]
    write(tmp_path, "forum_topics", {"topics": topics})
    with pytest.raises(CommandError) as error:
        call_command("load_reference", tmp_path, stdout=StringIO())
    assert faults(error) == [
        "workgroups.yaml, workgroups „ag1“: number: hier muss eine ganze Zahl stehen",
        "forum_topics.yaml, topics „hilfe“: die Funktion „zauberei“ gibt es nicht",
        "forum_topics.yaml, topics „rat“: im Netzwerk „niedersachsen“ die Gruppe „ag2“ gibt es nicht",
    ]


def test_file_of_which_nothing_can_be_made_silences_references(tmp_path: Path) -> None:
    """What it would have brought is unknown, so nobody can say which references lead nowhere."""
    (tmp_path / "workgroups.yaml").write_text("workgroups: [", encoding="utf-8")
    write(tmp_path, "forum_topics", {"topics": [topic("hilfe", "koko", workgroup="ag1", farbe="rot")]})
    with pytest.raises(CommandError) as error:
        call_command("load_reference", tmp_path, stdout=StringIO())
    first, second = faults(error)
    assert first.startswith("workgroups.yaml: Zeile 2, Spalte 1: kein gültiges YAML")
    assert second == "forum_topics.yaml, topics „hilfe“: das Feld „farbe“ ist unbekannt"
