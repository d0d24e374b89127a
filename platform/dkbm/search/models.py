"""The index: one row for each thing that can be found in a network."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.tenancy.models import NetworkOwned

from .enums import Visibility

HASH = 64
"""Letters of SHA-256."""


class SearchEntry(NetworkOwned):
    """A copy of what is searched and shown of a thing; written with it, rebuilt from it (``rebuild_search``).

    A long thing has several, one for each section (``continues``: not its first).
    ``type``: key of a registered :class:`~dkbm.search.types.EntryType`.
    ``group_id`` is a plain number: groups belong to an app above.
    ``unshown``: what it is found by besides; for the search server, which cannot read it out of ``document``.
    ``heading``: what title and labels are found by, and the parts of their words (``C`` and ``D``); ``document`` holds
    the text as well. ``facets``: a list of ``{"facet", "key", "label", "order"}``, in which the database filters and
    counts; ``None`` marks a row of an older shape, which is renewed after ``migrate`` and each night.
    """

    type = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    slug = models.CharField(max_length=255)
    title = models.TextField(_("Titel"))
    body = models.TextField(_("Text"), blank=True)
    unshown = models.TextField(blank=True, default="")
    url = models.CharField(max_length=2000)
    visibility = models.CharField(max_length=10, choices=Visibility.choices)
    group_id = models.BigIntegerField(null=True)
    date = models.DateTimeField(_("Datum"), null=True)
    period = models.CharField(max_length=100, blank=True, default="")
    facets = models.JSONField(default=list, null=True)
    continues = models.BooleanField(default=False)
    document = SearchVectorField()
    heading = SearchVectorField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["document"], name="search_entries_by_word"),
            GinIndex(fields=["heading"], name="search_entries_by_heading"),
            models.Index(
                fields=["network", "id"],
                name="search_entries_for_all",
                condition=models.Q(visibility=Visibility.PUBLIC, continues=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["network", "type", "key"], name="search_entry_once_a_network"),
            models.CheckConstraint(
                condition=models.Q(visibility=Visibility.GROUP, group_id__isnull=False)
                | (~models.Q(visibility=Visibility.GROUP) & models.Q(group_id__isnull=True)),
                name="search_entry_group_with_id",
            ),
        ]
        verbose_name = _("Eintrag der Suche")
        verbose_name_plural = _("Einträge der Suche")

    def __str__(self) -> str:
        return f"{self.type} {self.key}: {self.title}"


class SearchChange(NetworkOwned):
    """An entry that the search server has still to hear of, written in the transaction that changed it.

    Only where a server is set. What it is brought is the entry as it is by then, so several rows of one are one.
    """

    type = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["network", "id"], name="search_changes_of_network")]
        verbose_name = _("Änderung für den Suchserver")
        verbose_name_plural = _("Änderungen für den Suchserver")

    def __str__(self) -> str:
        return f"{self.type} {self.key}"


class DocumentText(NetworkOwned):
    """What was read of a file, once however many documents have it; gone with the last of them.

    ``outcome``: an ``extracting.Outcome``. ``text``: pages, form feeds between them. ``whole``: nothing is left out.
    """

    hash = models.CharField(max_length=HASH)
    outcome = models.CharField(max_length=10)
    text = models.TextField(_("Text"), blank=True)
    whole = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "hash"], name="document_text_once_a_network")]
        verbose_name = _("Text einer Datei")
        verbose_name_plural = _("Texte von Dateien")

    def __str__(self) -> str:
        return f"{self.outcome} {self.hash[:8]}"


class DocumentFile(NetworkOwned):
    """Which file a document has, and its text once the worker has read it.

    Without ``text`` it waits: at ``due`` the sweep has it read, again after ``attempts`` that ended with their worker.
    """

    document = models.OneToOneField("cms.NetworkDocument", on_delete=models.CASCADE, related_name="text_file")
    name = models.CharField(max_length=255)
    text = models.ForeignKey(DocumentText, on_delete=models.PROTECT, null=True, related_name="files")
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["network", "due"], name="document_files_waiting", condition=models.Q(text=None))
        ]
        verbose_name = _("gelesene Datei")
        verbose_name_plural = _("gelesene Dateien")

    def __str__(self) -> str:
        return self.name


class VocabularyWord(NetworkOwned):
    """A word that entries of the network hold; written with them, counted anew each night.

    It says what a typed word may have meant, never that there is such a word: a reader sees only what their own hits
    hold. ``word``: lower case, umlauts spelt out; it may stand here twice (two wrote it at once), until it is counted.
    ``root``: what the words of a family have in common. ``letters``: a bit for each letter that occurs.
    ``entries``: how many hold it; of the row without a word, how many there are. ``within``: how many hold it or a
    word of which it is a part.
    """

    word = models.CharField(max_length=60)
    root = models.CharField(max_length=60)
    length = models.SmallIntegerField()
    letters = models.IntegerField()
    entries = models.IntegerField(default=1)
    within = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["network", "word"], name="search_vocabulary_by_word"),
            models.Index(fields=["network", "root"], name="search_vocabulary_by_root"),
            models.Index(fields=["network", "length", "letters"], name="search_vocabulary_by_letters"),
        ]
        verbose_name = _("Wort der Suche")
        verbose_name_plural = _("Wörter der Suche")

    def __str__(self) -> str:
        return self.word
