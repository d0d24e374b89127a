"""What the forum tells the apps below it; filled in once at start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.accounts.hooks import register_departure
from dkbm.accounts.places import PERSON
from dkbm.audit.actions import Action, register_actions
from dkbm.cms.frame import register_area, register_unread_counter
from dkbm.cms.places import HOME_FIRST, HOME_GREETING, HOME_OPEN
from dkbm.core.panels import Panel
from dkbm.live.channels import register_channel
from dkbm.notifications.answers import register_answerable
from dkbm.notifications.kinds import register_kinds
from dkbm.notifications.scopes import register_topic_switch, register_topic_wishes
from dkbm.privacy.registry import register_relation
from dkbm.search.facets import register_facets
from dkbm.search.registry import register_searchable, register_written
from dkbm.search.types import EntryType, register_type
from goodpractice.places import ITEM
from workgroups.places import GROUP

from . import panels
from .domain import answers, drafts, mails, reading, searching, subscriptions
from .facets import FACETS
from .kinds import PARTS
from .live import TOPIC, act, may_hear
from .models import Draft, HelpfulMark, Poll, PollVote, Post, PostMention, ReadState, Subscription, Topic
from .parts import register_part

ACTIONS = (
    Action(
        "forum.post_deleted",
        _("%(actor)s hat einen Beitrag von %(subject)s in „%(title)s“ gelöscht."),
        values=("title",),
    ),
    Action(
        "forum.topic_deleted", _("%(actor)s hat das Thema „%(title)s“ von %(subject)s gelöscht."), values=("title",)
    ),
)


def register() -> None:
    register_area(_("Forum"), "forum:index", order=20)
    HOME_GREETING.register(Panel("forum/_greeting_panel.html", panels.greeting))
    HOME_FIRST.register(Panel("forum/_welcome_panel.html", panels.welcome_panel, order=10))
    HOME_FIRST.register(Panel("forum/_news_panel.html", panels.news_panel, order=10))
    HOME_FIRST.register(Panel("forum/_group_tiles_panel.html", panels.groups_panel, order=20))
    HOME_OPEN.register(Panel("forum/_asked_panel.html", panels.asked_panel, order=20))
    GROUP.register(Panel("forum/_group_panel.html", panels.group_panel))
    PERSON.register(Panel("forum/_posts_of_person_panel.html", panels.posts_of_person, order=20))
    ITEM.register(Panel("forum/_discussed_panel.html", panels.discussed_panel))
    register_unread_counter(panels.header_count)
    register_departure(reading.forget_reader)
    register_departure(drafts.forget_writer)
    register_channel(TOPIC, may_hear, act)
    for part in PARTS:
        register_part(part)
    register_kinds(mails.KINDS)
    register_answerable(answers.ANSWERABLE)
    register_topic_wishes(subscriptions.wishes_of_topic)
    register_topic_switch(subscriptions.wish_by_link)
    register_type(EntryType(searching.TYPE, _("Forum"), _("Thema im Forum"), order=20))
    register_searchable(searching.TYPE, searching.all_entries)
    register_facets(searching.TYPE, *FACETS)
    register_written(searching.TYPE, searching.written_topics)
    register_actions(*ACTIONS)
    _register_relations()


def _register_relations() -> None:
    """Who goes leaves the conversation readable: posts stay, the name goes."""
    register_relation(Topic, "author", on_erasure="keep_anonymous", export=True)
    register_relation(Post, "author", on_erasure="keep_anonymous", export=True)
    register_relation(Post, "deleted_by", on_erasure="keep_anonymous", export=False)
    register_relation(PostMention, "person", on_erasure="delete", export=False)
    register_relation(Poll, "author", on_erasure="keep_anonymous", export=True)
    register_relation(PollVote, "person", on_erasure="keep_anonymous", export=True)
    register_relation(HelpfulMark, "person", on_erasure="keep_anonymous", export=True)
    register_relation(Draft, "person", on_erasure="delete", export=True)
    register_relation(ReadState, "person", on_erasure="delete", export=False)
    register_relation(Subscription, "person", on_erasure="delete", export=True)
