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

from dkbm.core.forms import DayField, LineField, RefusableForm
from dkbm.core.whole_rows import WholeRowForm
from dkbm.notifications.domain.mail_settings import MOST_MONTHS
from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.domain.queries.mail_log import people_named
from dkbm.notifications.domain.switching import Why, want_group, want_kind, want_pause, want_topic
from dkbm.notifications.domain.wishes import Wishes, default_level, level_choices, wishes_of
from dkbm.notifications.enums import GROUP_LEVELS, Level, MailState
from dkbm.notifications.kinds import Kind, all_kinds, optional_kinds
from dkbm.tenancy.groups import group_names, groups_joined_by, readable_group_ids
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor

LONGEST_PAUSE = datetime.timedelta(days=366)
MOST_SUGGESTED = 8


def _levels(levels: Any) -> list[tuple[str, Any]]:
    return [(level.value, level.label) for level in levels]


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
        return _pause_day(self.cleaned_data["paused_until"], self.initial.get("paused_until"))

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
        choices=_levels(GROUP_LEVELS),
        widget=forms.RadioSelect,
    )


class MailSettingsForm(DefaultLevelForm):
    """What managers set for the mails of their network."""

    months = forms.IntegerField(
        label=_("So viele Monate wird der Text versandter E-Mails aufbewahrt"),
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=_("Danach bleibt nur stehen, dass sie versandt wurden, wann und an wen."),
    )

    def settings(self) -> dict[str, Any]:
        """Arguments of ``save_mail_settings``; only for a valid form."""
        return {"level": Level(self.cleaned_data["level"]), "months": self.cleaned_data["months"]}


class MailFilterForm(forms.Form):
    """By what the log of mails is narrowed; whatever makes no sense narrows nothing."""

    person = LineField(label=_("Name oder Adresse"), required=False, max_length=200)
    gruppe = forms.ChoiceField(label=_("Gruppe"), required=False)
    art = forms.ChoiceField(label=_("Anlass"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=[("", _("alle")), *MailState.choices])

    def __init__(self, *args: Any, visitor: Visitor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = sorted(group_names(visitor, readable_group_ids(visitor)).values(), key=lambda name: name.title)
        self._choose("gruppe", [(str(group.id), group.title) for group in groups])
        self._choose("art", sorted(((kind.key, str(kind.label)) for kind in all_kinds()), key=lambda pair: pair[1]))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("alle")), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """Fields of ``MailFilter``."""
        self.is_valid()
        good = self.cleaned_data
        return {
            "person": good.get("person", ""),
            "group": int(good.get("gruppe") or 0),
            "kind": good.get("art", ""),
            "state": good.get("stand", ""),
        }


class TraceForm(RefusableForm):
    """Of whom, and of what."""

    person = LineField(label=_("Name oder Adresse der Person"), max_length=200)
    sache = LineField(
        label=_("Adresse der Seite oder ein Wort aus dem Titel"),
        max_length=500,
        help_text=_("Zum Beispiel die Adresse des Themas, wie sie oben im Browser steht."),
    )
    membership: Membership | None = None

    def clean_person(self) -> str:
        text: str = self.cleaned_data["person"]
        found = people_named(text, most=MOST_SUGGESTED)
        if not found:
            raise ValidationError(gettext("So heißt hier niemand. Nehmen Sie einen Teil des Namens oder die Adresse."))
        if len(found) > 1:
            people = ", ".join(f"{row.person.get_full_name()} ({row.person.email})" for row in found)
            raise ValidationError(gettext("Das passt auf mehrere. Nehmen Sie die Adresse: %s") % people)
        self.membership = found[0]
        return text


def _pause_day(day: datetime.date | None, before: datetime.date | None) -> datetime.date | None:
    """The day that was typed; one that stood there before may be over by now."""
    today = timezone.localdate()
    if day is not None and day != before and not today <= day <= today + LONGEST_PAUSE:
        raise ValidationError(gettext("Bitte nennen Sie einen Tag von heute an, höchstens ein Jahr voraus."))
    return day


def _choices_of(kind: Kind) -> list[tuple[str, Any]]:
    usual = _("wie oben gewählt") if kind.by_group else _("wie üblich: %(level)s") % {"level": kind.level.label}
    return [("", usual), *_levels(kind.levels)]


def _level(value: str) -> Level | None:
    return Level(value) if value else None


class SwitchForm(RefusableForm):
    """One thing to be switched by the link of a mail. ``was`` says which; whatever the person has chosen is shown."""

    what: str
    button = _("Speichern")

    def __init__(self, *args: Any, why: Why, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.what}-%s", **kwargs})
        self.why = why

    def save(self) -> bool:
        """Whether it could be switched still."""
        raise NotImplementedError


class SwitchTopicForm(SwitchForm):
    what = "thema"

    topic = forms.ChoiceField(
        label=_("Dieses Thema"),
        choices=[("ja", _("sofort von jeder Antwort erfahren")), ("nein", _("nichts mehr davon hören"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, why: Why, **kwargs: Any) -> None:
        super().__init__(*args, why=why, **kwargs)
        self.initial["topic"] = {True: "ja", False: "nein"}.get(why.wants_topic)  # type: ignore[arg-type]

    def save(self) -> bool:
        return want_topic(self.why, wanted=self.cleaned_data["topic"] == "ja")


class SwitchGroupForm(SwitchForm):
    what = "gruppe"

    group = forms.ChoiceField(label=_("Diese Gruppe"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, why: Why, **kwargs: Any) -> None:
        super().__init__(*args, why=why, **kwargs)
        usual = why.wishes.general or default_level()
        field = self.fields["group"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("wie sonst in Ihren Gruppen: %(level)s") % {"level": usual.label}),
            *_levels(GROUP_LEVELS),
        ]
        if why.group:
            field.label = _("Alles aus „%(name)s“") % {"name": why.group.title}
            self.initial["group"] = why.wishes.groups.get(why.group.id, "")

    def save(self) -> bool:
        return want_group(self.why, level=_level(self.cleaned_data["group"]))


class SwitchKindForm(SwitchForm):
    what = "anlass"

    kind = forms.ChoiceField(label=_("Dieser Anlass"), choices=_levels(Level), widget=forms.RadioSelect)

    def __init__(self, *args: Any, why: Why, **kwargs: Any) -> None:
        super().__init__(*args, why=why, **kwargs)
        if why.kind:
            self.fields["kind"].label = _("Alles von der Art „%(kind)s“") % {"kind": why.kind.label}
            self.initial["kind"] = why.wishes.kinds.get(why.kind.key)

    def save(self) -> bool:
        return want_kind(self.why, level=Level(self.cleaned_data["kind"]))


class SwitchPauseForm(SwitchForm):
    what = "pause"

    paused_until = DayField(label=_("Keine E-Mails bis"), required=False)

    def __init__(self, *args: Any, why: Why, **kwargs: Any) -> None:
        super().__init__(*args, why=why, **kwargs)
        self.initial["paused_until"] = why.wishes.paused_until

    def clean_paused_until(self) -> datetime.date | None:
        return _pause_day(self.cleaned_data["paused_until"], self.initial["paused_until"])

    def save(self) -> bool:
        want_pause(self.why, until=self.cleaned_data["paused_until"])
        return True


SWITCHES: dict[str, type[SwitchForm]] = {
    form.what: form for form in (SwitchTopicForm, SwitchGroupForm, SwitchKindForm, SwitchPauseForm)
}


def switch_forms(why: Why, sent: object = None) -> list[SwitchForm]:
    """Those that make sense for the mail; ``sent``: one that has to be mended, shown in its place."""
    offered = {"thema": why.topic, "gruppe": why.group, "anlass": why.kind, "pause": True}
    return [sent if isinstance(sent, form) else form(why=why) for what, form in SWITCHES.items() if offered[what]]
