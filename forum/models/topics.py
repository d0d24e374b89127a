"""Spaces, topics, posts, and how far each person has read.

Posts of a topic are numbered under the topic's lock, so that their ids and numbers grow in the order in which they
become visible. Every change of what the topic's page shows counts ``revision`` up by one (``domain/revisions.py``), and
each part stores the revision of its last change: readers see by it what they missed.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dkbm.cms.models import NetworkTag
from dkbm.core.faces import Face
from dkbm.core.markdown import RENDERER, plain_text, render_markdown
from dkbm.core.number_ranges import NumberRangesField
from dkbm.tenancy.models import NetworkOwned, NetworkPart
from forum.enums import MAX_TITLE, POSTS_PER_PAGE, Named
from workgroups.models import Workgroup


class Space(NetworkOwned):
    """Where topics stand: one of a group, for those who may read it, or the one for all members (no group)."""

    slug = models.SlugField(_("Kürzel"), max_length=100)
    name = models.CharField(_("Name"), max_length=200)
    workgroup = models.OneToOneField(
        Workgroup, on_delete=models.PROTECT, null=True, blank=True, related_name="space", verbose_name=_("Gruppe")
    )
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Raum")
        verbose_name_plural = _("Räume")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "slug"], name="space_slug_once_a_network"),
            models.UniqueConstraint(
                fields=["network"], condition=Q(workgroup__isnull=True), name="one_space_for_all_members"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The group's name as it is today; the own one where no group stands behind the space."""
        return str(self.workgroup.title) if self.workgroup_id and self.workgroup else self.name

    @property
    def face(self) -> Face:
        """The tile of its group, or "Alle" in an outline."""
        if self.workgroup_id and self.workgroup:
            return self.workgroup.face
        return Face(str(_("Alle")), is_tile=True, is_outlined=True)

    def get_absolute_url(self) -> str:
        return reverse("forum:space", args=[self.slug])


class Topic(NetworkOwned):
    """A thread. ``post_count`` counts the posts that can be read, ``last_number`` all that ever were.

    ``state_revision``: when the line below the title last changed; ``closing_revision``: when the topic was last closed
    or opened again; ``helpful_revision``: when somebody last found a post helpful, or did so no more. ``has_polls``:
    one was begun, so that pages of other topics ask for none.
    """

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="topics")
    slug = models.SlugField(_("Kürzel"), max_length=120)
    title = models.CharField(_("Titel"), max_length=MAX_TITLE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="forum_topics"
    )
    created = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)
    last_post = models.ForeignKey("forum.Post", on_delete=models.SET_NULL, null=True, related_name="+")
    post_count = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    state_revision = models.PositiveIntegerField(default=0)
    closing_revision = models.PositiveIntegerField(default=0)
    helpful_revision = models.PositiveIntegerField(default=0, db_default=0)
    is_question = models.BooleanField(_("Frage"), default=False)
    solved_post = models.ForeignKey("forum.Post", on_delete=models.SET_NULL, null=True, related_name="+")
    closed = models.DateTimeField(null=True, blank=True)
    has_polls = models.BooleanField(default=False, db_default=False)
    deleted = models.DateTimeField(null=True, blank=True)
    deletion_reason = models.CharField(_("Begründung"), max_length=500, blank=True)
    tags = models.ManyToManyField(
        NetworkTag, through="forum.TopicTag", related_name="topics", verbose_name=_("Schlagwörter")
    )

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")
        ordering = ["-last_post_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["space", "slug"], name="topic_slug_once_a_space")]
        indexes = [
            models.Index(
                fields=["space", "-last_post_at", "-id"], condition=Q(deleted__isnull=True), name="topics_by_last_post"
            ),
            models.Index(
                fields=["space", "-last_post_at", "-id"],
                condition=Q(is_question=True, post_count__lt=2, closed__isnull=True, deleted__isnull=True),
                name="unanswered_by_last_post",
            ),
            models.Index(
                fields=["space", "-last_post_at", "-id"],
                condition=Q(solved_post__isnull=False, deleted__isnull=True),
                name="solved_by_last_post",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_solved(self) -> bool:
        return self.solved_post_id is not None

    def get_absolute_url(self) -> str:
        """Needs ``space`` loaded."""
        return reverse("forum:topic", args=[self.space.slug, self.pk, self.slug])


class TopicTag(NetworkPart):
    network_via = "topic"
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="topic_tags")
    tag = models.ForeignKey(NetworkTag, on_delete=models.CASCADE, related_name="topic_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "tag"], name="tag_once_a_topic")]
        indexes = [models.Index(fields=["tag", "-topic"], name="young_topics_of_a_tag")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.tag_id}"


class Post(NetworkOwned):
    """One contribution in Markdown. A deleted one keeps its place and loses its text.

    ``plain`` and ``html`` follow from ``text`` (:meth:`set_text`): its words for the search, and how it is shown, made
    by the renderer of that version. ``shown`` is right with an older one too.
    ``client_key``: made with the form, so that a form sent twice writes one post. ``revision``: the topic's revision
    when this post last changed; ``helpful_revision``: when it was last marked. ``helpful_count`` follows from marks.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="forum_posts", db_index=False
    )
    text = models.TextField(_("Text"), blank=True)
    plain = models.TextField(blank=True, editable=False)
    html = models.TextField(blank=True, editable=False)
    html_version = models.PositiveSmallIntegerField(default=0, editable=False)
    created = models.DateTimeField(default=timezone.now)
    edited = models.DateTimeField(null=True, blank=True)
    deleted = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    deletion_reason = models.CharField(_("Begründung"), max_length=500, blank=True)
    client_key = models.UUIDField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0)
    helpful_count = models.PositiveIntegerField(default=0, db_default=0)
    helpful_revision = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("Beitrag")
        verbose_name_plural = _("Beiträge")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once_a_topic"),
            models.UniqueConstraint(fields=["network", "author", "client_key"], name="a_form_writes_one_post"),
        ]
        indexes = [
            models.Index(fields=["topic", "author"], name="posts_of_an_author"),
            models.Index(fields=["author", "-id"], name="young_posts_of_an_author"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} #{self.number}"

    def set_text(self, text: str, named: Mapping[str, str] | None = None) -> None:
        """``text`` and what follows from it; save ``TEXT_FIELDS``. ``named``: where its mentions lead."""
        self.text, self.plain = text, plain_text(text)
        self.html, self.html_version = str(render_markdown(text, named)), RENDERER

    @property
    def shown(self) -> SafeString:
        """The text as safe HTML. Its mentions lead to whoever was there when it was written: see ``live.PostRow``."""
        return SafeString(self.html) if self.html_version == RENDERER else render_markdown(self.text)

    @property
    def is_opening(self) -> bool:
        return self.number == 1

    @property
    def page(self) -> int:
        """The page of the topic on which the post stands."""
        return page_of(self.number)

    def get_absolute_url(self) -> str:
        """Needs ``topic.space`` loaded."""
        page = f"?seite={self.page}" if self.page > 1 else ""
        return f"{self.topic.get_absolute_url()}{page}#beitrag-{self.pk}"


def page_of(number: int) -> int:
    """The page of a topic on which the post of this number stands."""
    return (number - 1) // POSTS_PER_PAGE + 1


TEXT_FIELDS = ("text", "plain", "html", "html_version")
"""Of a post: what :meth:`Post.set_text` sets."""


class PostExample(NetworkOwned):
    """A post names an example of good practice by its address (``domain/examples.py``)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="example_links")
    item = models.ForeignKey("goodpractice.Transfergegenstand", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "item"], name="example_once_a_post")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.item_id}"


class PostMention(NetworkPart):
    """Whom a post names: a person, or those who have an office. ``name``: as it stands in the text, with ``@``."""

    network_via = "post"
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="forum_mentions"
    )
    office = models.CharField(max_length=20, blank=True, choices=Named.choices)
    name = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "name", "person"], name="person_named_once_a_post"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(office=""), name="mention_of_a_person_or_an_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.name}"


class HelpfulMark(NetworkPart):
    """Somebody found a post helpful: once, and nobody is shown who. Of who goes the mark stays, without the name."""

    network_via = "post"
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="helpful_marks")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="forum_helpful_marks"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="helpful_once_a_person")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.person_id}"


class ReadState(NetworkOwned):
    """What a person has left to read in a topic, and how far down they have been.

    ``unread``: numbers of the posts that are news to them. Whoever writes adds a post's number for all who may read it
    then, whoever reads takes away what was on the screen, so that nobody has to count (``domain/reading.py``).
    ``unread_count`` follows from it. ``newest``: when the latest of the news was written, for the order of lists.
    ``shown``: the highest number that they were shown, 0 without. ``space``: the topic's, by which lists find the rows.
    ``wrote``: they have written in it, whatever became of the post.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_read_states")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="read_states")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    unread = NumberRangesField()
    unread_count = models.GeneratedField(
        expression=Func(F("unread"), function="forum_count_of"),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )
    newest = models.DateTimeField(null=True)
    shown = models.PositiveIntegerField(default=0)
    wrote = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_read_state_a_topic")]
        indexes = [
            models.Index(
                fields=["person", "space", "-newest", "-topic"],
                condition=Q(unread_count__gt=0),
                name="news_of_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.topic_id}: {self.unread_count}"


class Subscription(NetworkOwned):
    """A person's own wish to be told of a topic; without one, whoever wrote in it is told.

    The topic's case of ``notifications.Wish``, kept with the topic.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_subscriptions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="subscriptions")
    wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_subscription_a_topic")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.topic_id}: {self.wanted}"
