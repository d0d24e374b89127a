"""What people say about themselves in a network."""

from __future__ import annotations

from django.db import transaction

from dkbm.accounts.domain.searching import index_person
from dkbm.accounts.models import Person, Profile
from dkbm.municipalities.models import Municipality


@transaction.atomic
def save_profile(
    *,
    person: Person,
    first_name: str,
    last_name: str,
    function: str,
    municipality: Municipality | None,
    phone: str,
    about: str,
) -> Profile:
    """The name is the same in all networks; everything else belongs to the bound one."""
    person.first_name, person.last_name = first_name, last_name
    person.save(update_fields=["first_name", "last_name"])
    profile, _created = Profile.objects.update_or_create(
        person_id=person.pk,
        defaults={"function": function, "municipality": municipality, "phone": phone, "about": about},
    )
    index_person(person.pk)
    return profile
