"""What the forum tells the apps below it; filled in once at start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.queries.audit import register_sentences
from dkbm.cms.frame import register_unread_counter
from dkbm.cms.home import Panel, register_panel
from dkbm.live.topics import register_topic
from dkbm.notifications.kinds import Kind, register_kind
from dkbm.privacy.registry import register_relation
from dkbm.search.enums import EntryType
from dkbm.search.registry import register_searchable
from workgroups.group_panels import GroupPanel, register_group_panel

from . import panels
from .domain import telling
from .live import TOPIC, may_subscribe
from .models import Post, ReadState, Subscription, Topic


def register() -> None:
    register_panel(Panel("forum/_news_panel.html", panels.news_panel, place="main", order=10))
    register_group_panel(GroupPanel("forum/_group_panel.html", panels.group_panel))
    register_unread_counter(panels.header_count)
    register_topic(TOPIC, may_subscribe)
    register_kind(Kind(telling.REPLY_KIND, _("Antwort in einem Thema"), _("%(writer)s hat geantwortet: %(title)s")))
    register_searchable(EntryType.TOPIC, telling.all_entries)
    register_sentences(
        {
            "forum.post_deleted": _("%(actor)s hat einen Beitrag von %(subject)s in „%(title)s“ gelöscht."),
            "forum.topic_deleted": _("%(actor)s hat das Thema „%(title)s“ von %(subject)s gelöscht."),
        }
    )
    _register_relations()


def _register_relations() -> None:
    """Who goes leaves the conversation readable: posts stay, the name goes."""
    register_relation(Topic, "author", on_erasure="keep_anonymous", export=True)
    register_relation(Post, "author", on_erasure="keep_anonymous", export=True)
    register_relation(Post, "deleted_by", on_erasure="keep_anonymous", export=False)
    register_relation(ReadState, "person", on_erasure="delete", export=False)
    register_relation(Subscription, "person", on_erasure="delete", export=True)
