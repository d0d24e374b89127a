"""Forms of the forum. What is too long comes back whole, with a sentence beside the field."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.db.models import BigIntegerField
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dkbm.cms.models import NetworkTag
from dkbm.core.forms import MARKS_HELP, ComposerTextarea, DayField, LineField, RefusableForm, TextField
from dkbm.core.markdown import render_markdown
from dkbm.core.typed_words import WordsField
from dkbm.core.whole_rows import WholeRowForm

from .domain.mentions import addresses_of, find_mentions
from .enums import MAX_DRAFT, MAX_DRAFT_LINE, MAX_OPTIONS, MAX_POST, MAX_TITLE, PollKind
from .errors import ForumRefusal
from .models import Draft, Space, Topic
from .text import checked_text, checked_title


class PostForm(RefusableForm):
    """Text of a post. ``client_key`` is made with the form: sent twice, it writes one post."""

    text = TextField(
        label=_("Text"), help_text=MARKS_HELP, error_messages={"required": _("Bitte schreiben Sie einen Text.")}
    )
    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        space: Space,
        draft: str = "",
        draft_url: str = "",
        kept: Draft | None = None,
        label: str = "",
        **kwargs: Any,
    ) -> None:
        """``draft``: name of the place on a device, ``draft_url``: where the server keeps it, ``kept``: what it has."""
        super().__init__(*args, **kwargs)
        self.draft, self.space, self.draft_url = draft, space, draft_url
        self.kept = kept if not self.is_bound else None
        text = self.fields["text"]
        text.label = label or text.label
        suggestions = reverse("forum:mentions", args=[space.slug])
        attrs = {"maxlength": MAX_POST, "data-char-count": "", "rows": 8, "data-mentions": suggestions}
        text.widget = ComposerTextarea(draft, attrs)
        self.fields["client_key"].initial = uuid.uuid4
        if self.kept is not None:
            self._go_on_with(self.kept)

    def _go_on_with(self, draft: Draft) -> None:
        """What the page brings along, such as a quotation, stands below."""
        brought = str(self.initial.get("text", ""))
        self.initial["text"] = f"{draft.text.rstrip()}\n\n{brought}" if brought and draft.text.strip() else draft.text
        self.fields["text"].widget.attrs["data-draft-saved"] = int(draft.saved.timestamp() * 1000)
        if draft.client_key:
            self.initial["client_key"] = draft.client_key

    def clean_text(self) -> str:
        return _checked(checked_text, self.cleaned_data["text"])

    @property
    def is_ready(self) -> bool:
        """Sent, without errors, and meant to be published rather than looked at."""
        return self.is_bound and self.is_valid() and not self.wants_preview

    @property
    def wants_preview(self) -> bool:
        return self.is_bound and "vorschau" in self.data

    @cached_property
    def preview(self) -> str:
        """The text as it would be read, empty unless asked for; what is wrong with whom it names stands beside it."""
        if not self.wants_preview:
            return ""
        self.full_clean()
        text = str(self.cleaned_data.get("text", ""))
        try:
            return render_markdown(text, addresses_of(find_mentions(text, self.space), self.space))
        except ForumRefusal as refusal:
            self.refuse(refusal)
            return render_markdown(text)

    @property
    def status(self) -> int:
        """Of the page that shows the form."""
        return 422 if self.errors else 200


class EditPostForm(WholeRowForm, PostForm):
    """Change an own post."""

    def _go_on_with(self, draft: Draft) -> None:
        """In place of the text that is published; what the row holds (``present``) is not to be touched."""
        self.initial = {name: value for name, value in self.initial.items() if name != "text"}
        super()._go_on_with(draft)


class ReplyForm(PostForm):
    """An answer in a topic."""

    def __init__(self, data: Any = None, *, topic: Topic, **kwargs: Any) -> None:
        label = str(_("Ihre Antwort"))
        url = reverse("forum:topic_draft", args=[topic.space.slug, topic.pk, topic.slug])
        draft = f"thema-{topic.pk}-antwort"
        kept = _kept_in(topic)
        super().__init__(data, label=label, space=topic.space, draft=draft, draft_url=url, kept=kept, **kwargs)


def draft_key(draft: Draft) -> str:
    """Under which the draft of the same place lies on a device."""
    if draft.post_id is not None:
        return f"beitrag-{draft.post_id}"
    return f"thema-{draft.topic_id}-antwort" if draft.topic_id is not None else f"raum-{draft.space_id}-thema"


def _kept_in(topic: Topic) -> Draft | None:
    """Of the person for whom the topic was found (``queries.unread.as_read``)."""
    pk = getattr(topic, "draft_id", None)
    if pk is None:
        return None
    text, saved = topic.draft_text, topic.draft_saved  # type: ignore[attr-defined]
    return Draft(pk=pk, text=text, saved=saved, client_key=topic.draft_client_key)  # type: ignore[attr-defined]


class KeptField(forms.Field):
    """What was typed as it is; what is wrong with it is said when it is sent."""

    def __init__(self, length: int) -> None:
        super().__init__(required=False)
        self.length = length

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if len(text) > self.length:
            raise forms.ValidationError(_("Dieser Entwurf ist zu lang, um ihn zu speichern."))
        return text


class DraftForm(forms.Form):
    """What is kept of a form that is not sent yet, whatever stands in it."""

    text = KeptField(MAX_DRAFT)
    title = KeptField(MAX_DRAFT_LINE)
    is_question = forms.NullBooleanField(required=False)
    tags = KeptField(MAX_DRAFT_LINE)
    client_key = forms.UUIDField(required=False)

    def clean_is_question(self) -> bool | None:
        """As the form of a topic says it."""
        return {"ja": True, "nein": False}.get(self.data.get("is_question", ""))


class MarkForm(forms.Form):
    """Which answer helped; none takes the mark away."""

    beitrag = forms.IntegerField(required=False, min_value=1, max_value=BigIntegerField.MAX_BIGINT)


class HelpfulForm(forms.Form):
    """Of which post, and whether it is: nothing says no."""

    beitrag = forms.IntegerField(min_value=1, max_value=BigIntegerField.MAX_BIGINT)
    wert = forms.BooleanField(required=False)


class TopicForm(PostForm):
    title = LineField(
        label=_("Titel"),
        help_text=_("Eine Frage oder ein Satz, den andere in einem Jahr wiederfinden."),
        error_messages={"required": _("Bitte geben Sie dem Thema einen Titel.")},
        widget=forms.TextInput(attrs={"maxlength": MAX_TITLE, "data-char-count": ""}),
    )
    is_question = forms.TypedChoiceField(
        label=_("Frage oder Mitteilung?"),
        choices=[("ja", _("Ich habe eine Frage an die anderen")), ("nein", _("Ich möchte etwas mitteilen"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        initial="ja",
    )
    tags = WordsField(
        label=_("Schlagwörter"),
        help_text=_("Damit andere es wiederfinden. Mehrere trennen Sie mit Kommas."),
        queryset=NetworkTag.objects.all(),
        required=False,
    )
    field_order = ["title", "is_question", "text", "tags"]

    def _go_on_with(self, draft: Draft) -> None:
        super()._go_on_with(draft)
        self.initial.update(title=draft.title, tags=draft.tags)
        if draft.is_question is not None:
            self.initial["is_question"] = "ja" if draft.is_question else "nein"

    def clean_title(self) -> str:
        return _checked(checked_title, self.cleaned_data["title"])


class PollForm(RefusableForm):
    """Ask the readers of a topic."""

    question = LineField(
        label=_("Ihre Frage"),
        error_messages={"required": _("Bitte schreiben Sie, was Sie fragen.")},
        widget=forms.TextInput(attrs={"maxlength": MAX_TITLE, "data-char-count": ""}),
    )
    kind = forms.ChoiceField(
        label=_("Was suchen Sie?"), choices=PollKind.choices, widget=forms.RadioSelect, initial=PollKind.SINGLE
    )
    options = TextField(
        label=_("Antworten"),
        help_text=_("Eine in jeder Zeile, höchstens 20. Termine schreiben Sie so: 3.12.2026, 14:00"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Bitte schreiben Sie mindestens zwei Antworten, jede in eine Zeile.")},
    )
    last_day = DayField(
        label=_("Letzter Tag der Abstimmung"),
        help_text=_("Ohne Angabe läuft die Umfrage, bis jemand sie beendet."),
        required=False,
    )
    by_municipality = forms.BooleanField(label=_("Jede Kommune hat nur eine Stimme"), required=False)
    has_secret_votes = forms.BooleanField(label=_("Geheim: Niemand erfährt, wer wie stimmt"), required=False)
    is_hidden = forms.BooleanField(label=_("Ergebnis erst nach dem Ende zeigen"), required=False)

    def clean_options(self) -> list[str]:
        return str(self.cleaned_data["options"]).splitlines()


class PollActForm(forms.Form):
    """Which poll something is done with."""

    umfrage = forms.IntegerField(min_value=1, max_value=BigIntegerField.MAX_BIGINT)


class NumbersField(forms.Field):
    """Numbers of options, one or several, as a form or the socket sends them."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[int]:
        """Raises ``ValidationError`` for what is no number."""
        values = value if isinstance(value, list) else [] if value in (None, "") else [value]
        if len(values) > MAX_OPTIONS or not all(isinstance(each, str) and _NUMBER.fullmatch(each) for each in values):
            raise forms.ValidationError(_("Diese Antwort steht nicht zur Wahl."))
        return [int(each) for each in values]


_NUMBER = re.compile(r"[0-9]{1,2}")


class VoteForm(PollActForm):
    """What one chooses; ``zurueck`` takes the vote back."""

    wahl = NumbersField(required=False)
    zurueck = forms.BooleanField(required=False)


class ReasonForm(RefusableForm):
    """Why a post of somebody else is deleted."""

    reason = TextField(
        label=_("Begründung"),
        help_text=_("Sie steht für alle sichtbar an der Stelle des Beitrags."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Bitte begründen Sie die Löschung in einem Satz.")},
    )


class TopicReasonForm(ReasonForm):
    """Why a topic of somebody else is deleted, or the only post that is left of it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Sie steht für alle, die das Thema lesen konnten, an dessen Stelle.")


def _checked(check: Any, value: str) -> str:
    try:
        return str(check(value))
    except ForumRefusal as error:
        raise forms.ValidationError(error.reason) from None
