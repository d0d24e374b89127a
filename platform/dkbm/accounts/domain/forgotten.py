"""A forgotten password, and somebody who tries other people's: what the worker does about it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone

from dkbm.accounts.backends import MAY_SIGN_IN
from dkbm.accounts.domain import mails
from dkbm.accounts.models import Person
from dkbm.tenancy.models import Membership


def send_reset_link(address: str, details: dict[str, Any]) -> None:
    """Only people who may sign in here get it; to all other addresses nothing goes."""
    for person in _people_of(address):
        mails.send_password_reset(
            address=address, uid=user_pk_to_url_str(person), key=default_token_generator.make_token(person)
        )


def warn_of_attempts(address: str, details: dict[str, Any]) -> None:
    """Once a day, to somebody whose password others try."""
    if _people_of(address):
        mails.send_attempts(address=address, day=f"{timezone.localdate():%Y-%m-%d}")


def _people_of(address: str) -> list[Person]:
    people: list[Person] = filter_users_by_email(address, is_active=True, prefer_verified=True, for_login=True)
    ids = [person.pk for person in people if not person.stands_for_function]
    members = Membership.objects.filter(person_id__in=ids, state__in=MAY_SIGN_IN)
    welcome = set(members.values_list("person_id", flat=True))
    return [person for person in people if person.pk in welcome]
