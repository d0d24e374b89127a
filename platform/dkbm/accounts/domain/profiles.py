"""What people say about themselves in a network."""

from __future__ import annotations

from django.db import transaction

from dkbm.accounts.domain.functions import chosen_function
from dkbm.accounts.domain.searching import index_person
from dkbm.accounts.models import Function, Person, Profile
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.people import each_network_of


def put_profile(person: Person, *, function: Function, municipality: Municipality | None, **more: str) -> Profile:
    """What the person says here, made or brought to these values; ``more``: other fields of the profile."""
    values = {"function": function, "municipality": municipality, **more}
    profile, _created = Profile.objects.update_or_create(person_id=person.pk, defaults=values)
    return profile


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
    before = (person.first_name, person.last_name)
    person.first_name, person.last_name = first_name, last_name
    person.save(update_fields=["first_name", "last_name"])
    chosen = chosen_function(function)
    profile = put_profile(person, function=chosen, municipality=municipality, phone=phone, about=about)
    index_person(person.pk)
    if before != (first_name, last_name):
        for _network in each_network_of(person.pk):
            index_person(person.pk)
    return profile
