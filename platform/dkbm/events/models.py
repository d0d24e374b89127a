"""Events, their programme, who is registered, and who has a seat in which workshop."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.core.days import DayField
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.models import NetworkOwned

from .enums import EventKind, EventState, ItemKind, Precision, RegistrationState, Visibility


class Event(NetworkOwned):
    """A date of the network. The days ``first_day`` and ``last_day`` are filled up from what the source names
    (a year, a month, a day; ``precision``), so that every event sorts.

    ``group_id``: the group that meets (see ``dkbm.tenancy.groups``), ``None`` for dates of the whole network.
    """

    slug = models.SlugField(_("Kürzel"), max_length=100)
    kind = models.CharField(_("Art"), max_length=20, choices=EventKind.choices)
    state = models.CharField(_("Stand"), max_length=20, choices=EventState.choices, default=EventState.PUBLISHED)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    title = models.CharField(_("Titel"), max_length=250)
    first_day = DayField(_("erster Tag"))
    last_day = DayField(_("letzter Tag"))
    precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.DAY)
    starts = models.TimeField(_("Beginn"), null=True, blank=True)
    ends = models.TimeField(_("Ende"), null=True, blank=True)
    place = models.CharField(_("Ort"), max_length=200, blank=True)
    venue = models.CharField(_("Tagungsstätte"), max_length=200, blank=True)
    online_url = models.URLField(_("Link zur Videokonferenz"), max_length=500, blank=True)
    theme = models.CharField(_("Thema"), max_length=300, blank=True)
    summary = models.TextField(_("Kurzbeschreibung"), blank=True)
    keynote_title = models.CharField(_("Vortrag"), max_length=300, blank=True)
    keynote_speaker = models.CharField(_("Funktion der vortragenden Person"), max_length=200, blank=True)
    group_id = models.BigIntegerField(_("Gruppe"), null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("Kommune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    capacity = models.PositiveIntegerField(_("Plätze"), null=True, blank=True)
    registration_opens = DayField(_("Anmeldung ab"), null=True, blank=True)
    registration_closes = DayField(_("Anmeldung bis"), null=True, blank=True)
    waiting_list = models.BooleanField(_("Warteliste"), default=False)
    call_off_reason = models.TextField(_("Grund der Absage"), blank=True)
    questions = models.JSONField(_("Fragen der Anmeldung"), default=list, blank=True)
    participants_number = models.PositiveIntegerField(_("Teilnehmende"), null=True, blank=True)
    participants_relation = models.CharField(max_length=20, blank=True)
    participants_note = models.TextField(blank=True)
    count = models.PositiveIntegerField(_("Zahl der Treffen"), null=True, blank=True)
    count_so_far = models.BooleanField(default=False)
    note = models.TextField(_("Hinweis"), blank=True)
    source = models.CharField(_("Quelle"), max_length=200, blank=True)
    derived = models.BooleanField(_("erfunden für die Vorführung"), default=False)
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["first_day", "starts", "pk"]
        verbose_name = _("Veranstaltung")
        verbose_name_plural = _("Veranstaltungen")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "slug"],
                name="event_slug_once_a_network",
                violation_error_message=_("Dieses Kürzel hat schon ein anderer Termin."),
            ),
            models.CheckConstraint(
                condition=~models.Q(visibility=Visibility.GROUP) | models.Q(group_id__isnull=False),
                name="event_for_a_group_names_it",
                violation_error_message=_("Bitte wählen Sie die Gruppe, die den Termin sieht."),
            ),
        ]
        indexes = [models.Index(fields=["network", "last_day"], name="event_network_last_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])

    @property
    def is_draft(self) -> bool:
        return self.state == EventState.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == EventState.PUBLISHED

    @property
    def is_for_group(self) -> bool:
        """Seen by the members of its group alone."""
        return self.visibility == Visibility.GROUP

    @property
    def is_called_off(self) -> bool:
        return self.state == EventState.CALLED_OFF

    @property
    def takes_registrations(self) -> bool:
        """There is something to register for, now or at another time."""
        return self.registration_opens is not None or self.registration_closes is not None

    @property
    def beginning(self) -> datetime.datetime:
        """First moment, in the platform's time zone (Europe/Berlin)."""
        return _moment(self.first_day, self.starts or datetime.time.min)

    @property
    def end(self) -> datetime.datetime:
        """The moment it is over; without a time the end of the last day."""
        return _moment(self.last_day, self.ends or datetime.time.max)

    @property
    def is_over(self) -> bool:
        return self.end < timezone.now()

    @property
    def tells_its_group(self) -> bool:
        """The members of its group read of it once it is published: before it is over."""
        return self.group_id is not None and not self.is_over

    @property
    def has_ended(self) -> bool:
        """Over or called off: there are no seats to be had any more."""
        return self.is_called_off or self.is_over


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, time, tzinfo=timezone.get_default_timezone())


class ProgrammeItem(NetworkOwned):
    """A line of an event's programme. Items of one ``slot`` run at the same time: one chooses among them."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="programme")
    slug = models.SlugField(_("Kürzel"), max_length=100)
    position = models.PositiveIntegerField(default=0)
    starts = models.TimeField(_("Beginn"))
    ends = models.TimeField(_("Ende"))
    kind = models.CharField(_("Art"), max_length=20, choices=ItemKind.choices)
    title = models.CharField(_("Titel"), max_length=250)
    summary = models.TextField(_("Kurzbeschreibung"), blank=True)
    room = models.CharField(_("Raum"), max_length=100, blank=True)
    capacity = models.PositiveIntegerField(_("Plätze"), null=True, blank=True)
    slot = models.CharField(_("Zeitfenster"), max_length=50, blank=True)
    workgroup = models.CharField(_("Kürzel der Arbeitsgruppe"), max_length=100, blank=True)
    lead = models.CharField(_("Leitung (Funktion@Kommune)"), max_length=200, blank=True)
    topics = ArrayField(models.CharField(max_length=100), verbose_name=_("Schlagwörter"), default=list, blank=True)

    class Meta:
        ordering = ["starts", "position", "pk"]
        verbose_name = _("Programmpunkt")
        verbose_name_plural = _("Programmpunkte")
        constraints = [models.UniqueConstraint(fields=["event", "slug"], name="item_slug_once_an_event")]

    def __str__(self) -> str:
        return self.title


class Registration(NetworkOwned):
    """A member's registration for an event. Name and address are the account's, read when they are needed.

    Cancelled rows stay, without answers, for the queue's history; whoever registers again gets a new row.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_registrations")
    state = models.CharField(_("Stand"), max_length=20, choices=RegistrationState.choices)
    function = models.CharField(_("Funktion"), max_length=200, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("Kommune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(_("Antworten"), default=dict, blank=True)
    list_consent_at = models.DateTimeField(_("Name auf der Teilnahmeliste"), null=True, blank=True)
    photo_consent_at = models.DateTimeField(_("mit Fotos einverstanden"), null=True, blank=True)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created = models.DateTimeField(_("angemeldet am"), default=timezone.now)
    moved_up_at = models.DateTimeField(_("nachgerückt am"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("abgemeldet am"), null=True, blank=True)

    class Meta:
        ordering = ["created", "pk"]
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=~models.Q(state="cancelled"),
                name="one_open_registration_a_person",
            )
        ]
        indexes = [models.Index(fields=["event", "state"], name="registration_event_state")]

    def __str__(self) -> str:
        return f"{self.person_id} für {self.event_id}"

    @property
    def is_registered(self) -> bool:
        return self.state == RegistrationState.REGISTERED

    @property
    def is_waiting(self) -> bool:
        return self.state == RegistrationState.WAITING

    @property
    def is_cancelled(self) -> bool:
        return self.state == RegistrationState.CANCELLED


class WorkshopSeat(NetworkOwned):
    """A seat in a programme item, one per slot. Only registered people hold seats, never those who wait."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="seats")
    item = models.ForeignKey(ProgrammeItem, on_delete=models.PROTECT, related_name="seats")
    slot = models.CharField(max_length=50)

    class Meta:
        verbose_name = _("Platz in einer Werkstatt")
        verbose_name_plural = _("Plätze in Werkstätten")
        constraints = [models.UniqueConstraint(fields=["registration", "slot"], name="one_seat_a_slot")]

    def __str__(self) -> str:
        return f"{self.registration_id} in {self.item_id}"
