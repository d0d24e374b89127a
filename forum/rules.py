"""Who may do what in the forum; every refusal says why."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.visitor import Visitor
from workgroups import rules as group_rules

from .models import Poll, Post, Space, Topic


def is_member(visitor: Visitor) -> Decision:
    """Active in the bound network."""
    if visitor.is_member:
        return ALLOWED
    return refused(_("Das Forum ist für Mitglieder des Netzwerks."))


def may_read_space(visitor: Visitor, space: Space) -> Decision:
    """Members of the group and managers; the network-wide space is open to every member."""
    member = is_member(visitor)
    if not member or space.workgroup is None:
        return member
    return group_rules.may_read(visitor, space.workgroup)


def may_write_in_space(visitor: Visitor, space: Space) -> Decision:
    """Begin a topic or answer one; nobody writes in a closed or archived group."""
    member = is_member(visitor)
    if not member or space.workgroup is None:
        return member
    return group_rules.may_write(visitor, space.workgroup)


def topic_is_open(topic: Topic) -> Decision:
    if topic.deleted:
        return refused(_("Dieses Thema wurde gelöscht. Es nimmt keine Antworten mehr an."))
    if topic.closed:
        return refused(_("Dieses Thema ist abgeschlossen. Es nimmt keine Antworten mehr an."))
    return ALLOWED


def takes_answers(space: Space) -> bool:
    """For everybody who may read it: its group, if there is one, is open."""
    return space.workgroup is None or bool(group_rules.is_writable(space.workgroup))


def may_reply(visitor: Visitor, topic: Topic) -> Decision:
    still_open = topic_is_open(topic)
    return may_write_in_space(visitor, topic.space) if still_open else still_open


def is_own_text(visitor: Visitor, post: Post) -> Decision:
    """There is a text, and the visitor wrote it."""
    if post.deleted:
        return refused(_("Dieser Beitrag wurde gelöscht und kann nicht mehr geändert werden."))
    if post.author_id != visitor.person_id:
        return refused(_("Ändern kann einen Beitrag nur, wer ihn geschrieben hat."))
    return ALLOWED


def may_edit_post(visitor: Visitor, post: Post) -> Decision:
    """Only the author, and only as long as one may still write there."""
    own = is_own_text(visitor, post)
    return may_reply(visitor, post.topic) if own else own


def may_delete_post(visitor: Visitor, post: Post) -> Decision:
    """The author as long as one may write there; managers what others wrote, see :func:`_may_moderate`."""
    if post.deleted or post.topic.deleted:
        return refused(_("Dieser Beitrag wurde bereits gelöscht."))
    if post.author_id == visitor.person_id:
        return may_write_in_space(visitor, post.topic.space)
    if visitor.is_manager:
        return _may_moderate(visitor, post.topic.space)
    return refused(_("Löschen kann einen Beitrag nur, wer ihn geschrieben hat, oder die Netzwerkleitung."))


def _may_moderate(visitor: Visitor, space: Space) -> Decision:
    """Take away what somebody else wrote, with a reason that is shown and logged.

    Also in a group that can only be read: what the law forbids has to go from there too, and nobody else could.
    """
    return may_read_space(visitor, space)


def may_mark_answer(visitor: Visitor, topic: Topic) -> Decision:
    """Whoever asked, and managers, say which answer helped."""
    if topic.deleted:
        return topic_is_open(topic)
    if not topic.is_question:
        return refused(_("Nur bei einer Frage lässt sich eine Antwort hervorheben."))
    if topic.author_id == visitor.person_id or visitor.is_manager:
        return may_write_in_space(visitor, topic.space)
    return refused(_("Als hilfreich markieren kann eine Antwort nur, wer gefragt hat, oder die Netzwerkleitung."))


def is_possible_answer(topic: Topic, post: Post) -> Decision:
    """The question itself and deleted posts cannot be what helped."""
    if post.deleted or post.is_opening or post.topic_id != topic.pk:
        return refused(_("Dieser Beitrag kann nicht als Antwort hervorgehoben werden."))
    return ALLOWED


def may_close_topic(visitor: Visitor, topic: Topic) -> Decision:
    """Close and open again: whoever began it, and managers."""
    if topic.deleted:
        return refused(_("Dieses Thema wurde gelöscht."))
    if topic.author_id == visitor.person_id or visitor.is_manager:
        return may_write_in_space(visitor, topic.space)
    return refused(_("Abschließen kann ein Thema nur, wer es begonnen hat, oder die Netzwerkleitung."))


def may_delete_topic(visitor: Visitor, topic: Topic) -> Decision:
    """Whoever began it as long as one may write there and nobody else's post would go with it; managers others'."""
    if topic.deleted:
        return refused(_("Dieses Thema wurde bereits gelöscht."))
    if topic.author_id != visitor.person_id and visitor.is_manager:
        return _may_moderate(visitor, topic.space)
    if topic.author_id != visitor.person_id:
        return refused(_("Löschen kann ein Thema nur, wer es begonnen hat, oder die Netzwerkleitung."))
    writable = may_write_in_space(visitor, topic.space)
    if writable and topic.post_count > 1 and not visitor.is_manager:
        return refused(
            _("In diesem Thema stehen schon Antworten. Löschen Sie Ihren Beitrag oder schließen Sie das Thema ab.")
        )
    return writable


def looks_after(visitor: Visitor, topic: Topic) -> bool:
    """Began the topic, has an office in its group, or is a manager."""
    group = topic.space.workgroup
    if not visitor.is_member:
        return False
    return topic.author_id == visitor.person_id or (
        bool(group_rules.in_charge(visitor, group)) if group is not None else visitor.is_manager
    )


def may_start_poll(visitor: Visitor, topic: Topic) -> Decision:
    """Whoever looks after the topic, as long as one may answer there."""
    open_here = may_reply(visitor, topic)
    if not open_here or looks_after(visitor, topic):
        return open_here
    return refused(
        _("Eine Umfrage beginnt hier, wer das Thema begonnen hat, ein Amt in der Gruppe hat oder das Netzwerk leitet.")
    )


def poll_is_open(poll: Poll) -> Decision:
    return refused(_("Diese Umfrage ist beendet.")) if poll.is_over else ALLOWED


def may_vote(visitor: Visitor, poll: Poll) -> Decision:
    """Whoever may answer in the topic, until the poll ends."""
    still_open = poll_is_open(poll)
    return may_reply(visitor, poll.topic) if still_open else still_open


def may_close_poll(visitor: Visitor, poll: Poll) -> Decision:
    """Whoever began it, and whoever looks after the topic."""
    if poll.author_id == visitor.person_id or looks_after(visitor, poll.topic):
        return may_write_in_space(visitor, poll.topic.space)
    return refused(_("Beenden kann eine Umfrage nur, wer sie begonnen hat oder das Thema betreut."))


def may_see_result(poll: Poll) -> bool:
    """Some are shown at the end alone, to nobody before."""
    return poll.is_over or not poll.is_hidden


def may_see_votes(visitor: Visitor, poll: Poll) -> Decision:
    """Who voted what: all who may read the topic, in an open poll whose result they see."""
    if poll.has_secret_votes:
        return refused(_("Diese Umfrage ist geheim: Wer wie gestimmt hat, erfährt niemand."))
    if not may_see_result(poll):
        return refused(_("Das Ergebnis ist erst nach dem Ende der Umfrage zu sehen."))
    return may_read_space(visitor, poll.topic.space)


def may_export_poll(visitor: Visitor, poll: Poll) -> Decision:
    """Take the result along as a file: whoever may end the poll, once they may see it. Also in closed groups."""
    if not (poll.author_id == visitor.person_id or looks_after(visitor, poll.topic)):
        return refused(_("Die Datei mit dem Ergebnis bekommt, wer die Umfrage begonnen hat oder das Thema betreut."))
    if not may_see_result(poll):
        return refused(_("Das Ergebnis ist erst nach dem Ende der Umfrage zu sehen."))
    return may_read_space(visitor, poll.topic.space)


def may_find_helpful(visitor: Visitor, post: Post) -> Decision:
    """What others wrote, as long as one may write there."""
    if post.deleted:
        return refused(_("Dieser Beitrag wurde gelöscht."))
    if post.author_id == visitor.person_id:
        return refused(_("Den eigenen Beitrag können nur andere hilfreich finden."))
    return may_write_in_space(visitor, post.topic.space)
