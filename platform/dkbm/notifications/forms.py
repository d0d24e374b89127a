"""How a member wishes to be told, and how all others in a network are who said nothing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import DayField, RefusableForm
from dkbm.core.whole_rows import WholeRowForm
from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.domain.wishes import Wishes, default_level, level_choices, wishes_of
from dkbm.notifications.enums import GROUP_LEVELS, Level
from dkbm.notifications.kinds import Kind, optional_kinds
from dkbm.tenancy.groups import groups_joined_by

LONGEST_PAUSE = datetime.timedelta(days=366)


class WishesForm(WholeRowForm, RefusableForm):
    """In general, for each of the person's groups, for each kind that may be switched off, and a pause."""

    general = forms.ChoiceField(label=_("Was in Ihren Gruppen geschieht"), required=False, widget=forms.RadioSelect)
    paused_until = DayField(
        label=_("Keine E-Mails bis"),
        required=False,
        help_text=_(
            "Zum Beispiel bis zum letzten Urlaubstag. Was Sie selbst betrifft, kommt weiter; alles andere steht "
            "danach im nächsten Überblick."
        ),
    )

    def __init__(self, *args: Any, person: Recipient, **kwargs: Any) -> None:
        super().__init__(*args, row=person, **kwargs)
        usual = default_level()
        wishes = wishes_of(person)
        self.groups = {f"gruppe-{group.id}": group for group in groups_joined_by(person.pk)}
        self.kinds = {kind.key.replace(".", "-"): kind for kind in optional_kinds()}
        self._field("general", level_choices(usual))
        for name, group in self.groups.items():
            self.fields[name] = forms.ChoiceField(label=group.title, required=False)
            self._field(name, [("", _("wie oben gewählt")), *_levels(GROUP_LEVELS)])
        for name, kind in self.kinds.items():
            self.fields[name] = forms.ChoiceField(label=kind.label, required=False)
            self._field(name, _choices_of(kind))
        self._fill(wishes)

    def _field(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _fill(self, wishes: Wishes) -> None:
        present: dict[str, Any] = {"general": wishes.general or "", "paused_until": wishes.paused_until}
        present |= {name: wishes.groups.get(group.id, "") for name, group in self.groups.items()}
        present |= {name: wishes.kinds.get(kind.key, "") for name, kind in self.kinds.items()}
        self.initial.update(present)
        self.stands(present)

    def clean_paused_until(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if day is not None and day != self.initial.get("paused_until") and not today <= day <= today + LONGEST_PAUSE:
            raise ValidationError(gettext("Bitte nennen Sie einen Tag von heute an, höchstens ein Jahr voraus."))
        return day

    def wishes(self) -> dict[str, Any]:
        """Arguments of ``save_wishes``; only for a valid form."""
        return {
            "general": _level(self.cleaned_data["general"]),
            "groups": {group.id: _level(self.cleaned_data[name]) for name, group in self.groups.items()},
            "kinds": {kind.key: _level(self.cleaned_data[name]) for name, kind in self.kinds.items()},
            "paused_until": self.cleaned_data["paused_until"],
        }

    @property
    def group_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.groups]

    @property
    def kind_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.kinds]


class DefaultLevelForm(WholeRowForm, RefusableForm):
    """For whoever said nothing."""

    level = forms.ChoiceField(
        label=_("Wer nichts gewählt hat, erfährt von Neuem in seinen Gruppen"),
        choices=[(level.value, level.label) for level in GROUP_LEVELS],
        widget=forms.RadioSelect,
    )


def _choices_of(kind: Kind) -> list[tuple[str, Any]]:
    usual = _("wie in der Gruppe") if kind.by_group else _("wie üblich: %(level)s") % {"level": kind.level.label}
    return [("", usual), *_levels(kind.levels)]


def _levels(levels: Any) -> list[tuple[str, Any]]:
    return [(level.value, level.label) for level in levels]


def _level(value: str) -> Level | None:
    return Level(value) if value else None
