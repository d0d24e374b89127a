"""What the apps above the CMS add to a world: groups, forum, catalogue, events, Blickpunkt, mails, requests."""

from __future__ import annotations

from django.utils import timezone

from dkbm.accounts.models import Profile, TrustedMailDomain
from dkbm.inbound.enums import Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.switch_links import why_path
from dkbm.notifications.models import DeadAddress, Mail, Notification
from dkbm.savedsearch.models import SavedSearch
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.domain.drafts import DraftData, save_draft
from forum.domain.helpful import set_helpful
from forum.domain.polls import PollData, start_poll, vote
from forum.domain.spaces import network_space, space_of
from goodpractice.domain.imports import publish_item
from goodpractice.domain.pages import ItemText
from goodpractice.domain.saving import Contact, ItemValues
from tests.access.worlds import World, builder
from tests.factories.forum import answer, make_topic
from tests.factories.groups import join_group, make_concept_group, make_subgroup, make_workgroup
from tests.factories.people import function_named
from workgroups.models import Announcement, AnnouncementRecipient, GroupMembership, Workgroup


@builder
def add_people(world: World) -> None:
    world.add("membership", *Membership.objects.values_list("pk", flat=True))
    for person in world.people.values():
        Profile.objects.create(person=person, function=function_named(), about=world.text("über mich"))
    domain = TrustedMailDomain.objects.create(domain=f"{world.marker.lower()}.example.org")
    world.add("domain", domain.pk)


@builder
def add_groups_and_forum(world: World) -> None:
    group = make_workgroup(world.slug("ag"), name=world.text("AG"))
    subgroup = make_subgroup(group, world.slug("uag"), title=world.text("uAG"), question=world.text("Frage"))
    make_concept_group()
    for role in ("editor", "manager"):
        join_group(group, world.people[role])
    waiting = GroupMembership.objects.create(
        workgroup=group, person=world.people["member"], state="requested", message=world.text("Bitte")
    )
    world.add("group_membership", waiting.pk)
    world.add("workgroup_slug", group.slug)
    world.add("subgroup_slug", subgroup.slug)
    for space in (network_space(), space_of(group)):
        topic = make_topic(
            world.people["editor"], space=space, title=world.text("Thema"), text=world.text("Beitrag"), is_question=True
        )
        post = answer(topic, world.people["manager"], text=world.text("Antwort"))
        world.add("space_slug", space.slug)
        world.add("topic", topic.pk)
        world.add("topic_slug", topic.slug)
        question = PollData(world.text("Umfrage"), [world.text("Ja"), world.text("Nein")])
        poll = start_poll(topic=topic, visitor=visitor_of(world.people["editor"]), data=question)
        vote(poll=poll, visitor=visitor_of(world.people["manager"]), choices=[0])
        world.add("poll", poll.pk)
        set_helpful(post=post, visitor=visitor_of(world.people["editor"]), wanted=True)
        own = DraftData(world.text("Entwurf"))
        draft = save_draft(visitor=visitor_of(world.people["manager"]), space=space, topic=topic, data=own)
        assert draft is not None
        world.add("draft", draft.pk)
        world.add("post", post.pk)


@builder
def add_announcements(world: World) -> None:
    """To a group and to the network."""
    group = Workgroup.objects.get(slug=world.slug("ag"))
    for place in (None, group):
        row = Announcement.objects.create(
            group=place,
            author=world.people["manager"],
            subject=world.text("Betreff"),
            text=world.text("Rundschreiben"),
            selection="everybody:",
            selection_label=world.text("Alle"),
            people=3,
        )
        for role in ("member", "editor", "manager") if place is None else ("editor", "manager"):
            AnnouncementRecipient.objects.create(announcement=row, person=world.people[role])
        world.add("announcement", row.pk)


@builder
def add_catalogue(world: World) -> None:
    for visibility in ("public", "members"):
        item = publish_item(
            slug=world.slug(f"beispiel-{visibility}"),
            values=ItemValues(
                title=world.text("Beispiel"),
                kind="instrument",
                visibility=visibility,
                contacts=[Contact(function=world.text("Leitung"), phone="030 23125 100", mail="x@example.org")],
            ),
            text=ItemText(summary=world.text("Kurz"), initiierung=world.text("Anfang")),
        )
        world.add("item", item.pk)
        world.add("item_slug", item.slug)
        world.add("page", item.page_id)


@builder
def add_mail(world: World) -> None:
    mail = Mail.objects.create(
        kind="test",
        recipient=world.people["member"],
        address=world.people["member"].email,
        subject=world.text("Betreff"),
        body=world.text("Text"),
        state="failed",
        error=world.text("Fehler"),
        path=f"/{world.slug('pfad')}/",
    )
    world.add("mail", mail.pk)


@builder
def add_answers_by_mail(world: World) -> None:
    """Each role's own answer, and addresses that take nothing."""
    for role in ("member", "editor", "manager"):
        row = IncomingMail.objects.create(
            person=world.people[role],
            about_label="forum.topic",
            about_key=str(world.keys["topic"][0]),
            key=f"{world.marker}-{role}",
            sender=world.people[role].email,
            size=1,
            outcome=Outcome.REFUSED,
            reason=world.text("Grund"),
            text=world.text("Antwort"),
            cut=world.text("Zitat"),
            files=[world.text("Datei")],
        )
        world.add("incoming", row.pk)
    addresses = [world.people["manager"].email, f"{world.marker.lower()}-weg@example.org"]
    for address in addresses:
        dead = DeadAddress.objects.create(address=address, bounces=3, answer=world.text("550"), dead=timezone.now())
        world.add("dead_address", dead.pk)


@builder
def add_notifications(world: World) -> None:
    for role in ("member", "editor", "manager"):
        row = Notification.objects.create(
            kind="forum.reply",
            person=world.people[role],
            about_label="forum.post",
            about_key=str(world.keys["post"][0]),
            occasion="world",
            values={"writer": world.text("Name"), "title": world.text("Titel")},
            path=f"/{world.slug('pfad')}/",
        )
        world.add("notification", row.pk)
        search = SavedSearch.objects.create(person=world.people[role], name=world.text("Suche"), q="kita", alert=False)
        world.add("saved_search", search.pk)
        world.add("switch_link", why_path(row.person_id, notification=row.pk).split("/")[2])
