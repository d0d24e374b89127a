"""Forms that write a whole row, opened by two people at once: nobody's work is overwritten unseen.

Such a form carries what it was opened with, as a digest for each field. What came back is compared with the row as it
is now (and held, see ``tenancy.locking.held``): a field that only somebody else has changed takes that value, one that
both have changed keeps what was typed and shows the other value beside it. Then nothing is saved, the form is shown
again, and what is sent next counts from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format, time_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

OPENED = "opened"
"""The hidden field of every form that writes a whole row."""
SALT = "dkbm.opened"
DIGEST_LENGTH = 16
UNKNOWN = "?"
"""In place of a digest, where what was opened cannot be read any more: whatever differs is shown."""


@dataclass(frozen=True)
class Changers:
    """Who changed a row since a moment: names of others, and whether one did it oneself, in another window."""

    names: Sequence[str] = ()
    myself: bool = False

    @property
    def sentence(self) -> str:
        if self.names:
            names = get_text_list(list(self.names), str(_("und")))
            text = _("Inzwischen hat %(names)s diese Angaben geändert.")
            if len(self.names) > 1:
                text = _("Inzwischen haben %(names)s diese Angaben geändert.")
            return text % {"names": names}
        if self.myself:
            return _("Sie selbst haben diese Angaben inzwischen geändert, vielleicht in einem anderen Fenster.")
        return _("Diese Angaben wurden inzwischen an anderer Stelle geändert.")


ChangedSince = Callable[[datetime], Changers]


class StampField(forms.CharField):
    """What the form was opened with; it is no part of the row."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class WholeRowForm(forms.BaseForm):
    """Mixed into a form. ``present``: what the row holds now, by field; ``None`` as long as there is no row.

    ``changed_since``: who changed the row, for the sentence above the form. ``is_overtaken``: somebody else has
    changed it since the form was opened; it is never valid then. ``row``: what the form is about; a stamp of
    another one says nothing.
    """

    present: Mapping[str, Any] | None = None

    def __init__(
        self,
        *args: Any,
        present: Mapping[str, Any] | None = None,
        changed_since: ChangedSince | None = None,
        row: Any = None,
        **kwargs: Any,
    ) -> None:
        self.row = row
        if present is not None:
            kwargs.setdefault("initial", present)
        super().__init__(*args, **kwargs)
        self._changed_since = changed_since
        self._taken_over: dict[str, Any] = {}
        self.is_overtaken = False
        if present is not None:
            self.stands(present)

    def stands(self, present: Mapping[str, Any] | None) -> None:
        """There is a row, and this is what it holds; ``None``: there is none yet, but there may be when it is sent."""
        self.present = present
        self.fields[OPENED] = StampField(required=False, initial=self._stamp)

    # What forms with fields of another kind, or with more than fields, override.

    def names(self) -> Iterable[str]:
        """What the row can be compared by."""
        return self.present or {}

    def now(self, names: Iterable[str]) -> dict[str, str]:
        """Digests of what the row holds now, of those names that it can be compared by."""
        present = self.present or {}
        found = (name for name in names if name in present and name in self.fields and not self.fields[name].disabled)
        return {name: self.digest(name, self.plain(name, present[name])) for name in found}

    def mine(self, name: str, opened: str) -> str:
        """Digest of what was sent."""
        field = self.fields[name]
        sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        # No file was chosen: the one that is there stays.
        if isinstance(field, forms.FileField) and not sent:
            return opened
        return self.digest(name, self.plain(name, sent))

    def take_over(self, name: str) -> None:
        """Let the form hold what the row holds."""
        self._taken_over[self[name].html_name] = self.as_sent(name, (self.present or {})[name])

    def label_of(self, name: str) -> str:
        return str(self[name].label)

    def clash(self, name: str) -> None:
        """Say what the row holds beside what was sent."""
        text = _("Gespeichert ist inzwischen: „%(value)s“. Ihre Angabe steht noch hier im Feld.")
        self.add_error(name, text % {"value": self.as_read(name, (self.present or {})[name])})

    def plain(self, name: str, value: Any) -> Any:
        """The value of a field, from the row or as it was sent, in one form that JSON can hold."""
        return plain_value(self.fields[name], value)

    def as_sent(self, name: str, value: Any) -> Any:
        """The value of the row as the field's widget would read it."""
        return self.fields[name].prepare_value(value)

    def as_read(self, name: str, value: Any) -> str:
        """The value of the row for people."""
        return readable_value(self.fields[name], value) or _("keine Angabe")

    def changers(self, since: datetime) -> Changers:
        return self._changed_since(since) if self._changed_since else Changers()

    @property
    def is_untouched(self) -> bool:
        """What was sent is what the form was opened with, as far as that can be known."""
        opened = self._opened()
        return bool(opened) and all(
            self.mine(name, digest) == digest for name, digest in opened.items() if name in self.fields
        )

    # Comparing.

    def full_clean(self) -> None:
        clashes, taken = self._compare() if self.is_bound and self.present is not None else ([], [])
        super().full_clean()
        if not self.is_bound:
            return
        self.cleaned_data.pop(OPENED, None)
        if clashes or taken:
            self.add_error(None, self._sentence(taken))
        for name in clashes:
            self.clash(name)

    def _compare(self) -> tuple[list[str], list[str]]:
        """Names of what both have changed, and of what only somebody else has."""
        opened = self._opened()
        clashes, taken = list[str](), list[str]()
        for name, now in self.now(opened).items():
            mine = self.mine(name, opened[name])
            if now not in (opened[name], mine):
                (taken if mine == opened[name] else clashes).append(name)
        if clashes or taken:
            self.is_overtaken = True
            self._taken_over[self[OPENED].html_name] = self._stamp()
            for name in taken:
                self.take_over(name)
        return clashes, taken

    def _sentence(self, taken: Sequence[str]) -> str:
        read = self._read()
        changers = self.changers(datetime.fromisoformat(read["at"])) if read else Changers()
        parts = [changers.sentence, _("Ihre Änderung ist noch nicht gespeichert.")]
        if taken:
            labels = get_text_list([f"„{self.label_of(name)}“" for name in taken], str(_("und")))
            parts.append(_("Übernommen ist: %(labels)s.") % {"labels": labels})
        parts.append(_("Bitte prüfen Sie alles, und senden Sie das Formular dann noch einmal."))
        return " ".join(str(part) for part in parts)

    def _widget_data_value(self, widget: Any, html_name: str) -> Any:
        """Django asks here for what was sent: of what was taken over, the row's value."""
        if html_name in self._taken_over:
            value = self._taken_over[html_name]
            return None if isinstance(value, FieldFile) else value  # a stored file is no upload
        return super()._widget_data_value(widget, html_name)  # type: ignore[misc]

    # The stamp.

    def _stamp(self) -> str:
        digests = self.now(self.names()) if self.present is not None else None
        stamp = {"at": timezone.now().isoformat(), "of": digests, "on": self._on()}
        return signing.dumps(stamp, salt=SALT, compress=True)

    def _on(self) -> str:
        """Form and row."""
        row = self.row
        return type(self).__name__ if row is None else f"{type(self).__name__} {row._meta.label_lower} {row.pk}"

    def _read(self) -> dict[str, Any] | None:
        try:
            read: dict[str, Any] = signing.loads(self._sent_stamp() or "", salt=SALT)
        except signing.BadSignature:
            return None
        return read if read.get("on") == self._on() else None

    def _opened(self) -> dict[str, str]:
        """Digests by field; without a stamp nothing is compared, one that says nothing makes everything unknown."""
        if self._sent_stamp() is None:
            return {}
        read = self._read()
        return (read and read["of"]) or dict.fromkeys(self.names(), UNKNOWN)

    def _sent_stamp(self) -> str | None:
        """``None`` where no form of ours was sent; empty where it was another one, with its stamp alone."""
        sent = self.data.get(self.add_prefix(OPENED))
        if sent is not None:
            return str(sent)
        return "" if any(name == OPENED or name.endswith(f"-{OPENED}") for name in self.data) else None

    @staticmethod
    def digest(name: str, plain: Any) -> str:
        text = json.dumps([name, plain], sort_keys=True, cls=DjangoJSONEncoder)
        return salted_hmac(SALT, text, algorithm="sha256").hexdigest()[:DIGEST_LENGTH]


def plain_value(field: forms.Field, value: Any) -> Any:
    """Equal for the value of a row and for what a browser sends of it."""
    if isinstance(field, forms.FileField):
        return getattr(value, "name", "") or ""
    if isinstance(field, forms.ModelChoiceField):
        value = field.prepare_value(value)
    else:
        with suppress(ValidationError):  # nonsense was sent, and is compared as it is
            value = field.to_python(value)
    return _plain(value, ordered=not isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField))


def _plain(value: Any, *, ordered: bool = True) -> Any:
    if value is None or value is False:
        return ""
    if isinstance(value, str):
        return "\n".join(value.splitlines()).strip()
    if isinstance(value, Iterable):
        each = [_plain(part) for part in value]
        return (each if ordered else sorted(each)) or ""
    return str(value)


def readable_value(field: forms.Field, value: Any) -> str:
    """As a person reads it; empty for none."""
    if isinstance(field, forms.BooleanField):
        return _("ja") if value else _("nein")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "j. F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j. F Y")
    if isinstance(value, time):
        return time_format(value, "H:i")
    value = field.prepare_value(value)
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list | tuple | set) else [] if value in (None, "") else [value]
        choices: Any = field.choices
        labels = _labels_of_rows(field, chosen) if isinstance(field, forms.ModelChoiceField) else _labels(choices)
        return ", ".join(labels.get(str(each), str(each)) for each in chosen)
    return "" if value is None else str(value)


def _labels_of_rows(field: forms.ModelChoiceField[Any], chosen: Iterable[Any]) -> dict[str, str]:
    key = field.to_field_name or "pk"
    rows = field.queryset.filter(**{f"{key}__in": chosen}) if field.queryset is not None else []
    return {str(getattr(row, key)): field.label_from_instance(row) for row in rows}


def _labels(choices: Iterable[Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            found |= _labels(label)
        else:
            found[str(value)] = str(label)
    return found
