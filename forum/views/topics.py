"""The page of a topic: reading, answering, and what is done with the topic as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dkbm.cms.frame import unread_count
from dkbm.core.number_ranges import NumberRanges, read_ranges
from dkbm.core.typed import hand_back
from dkbm.core.views import number_from
from dkbm.tenancy.http import NetworkRequest
from forum.domain.posts import publish_post
from forum.domain.queries.parts import parts_since
from forum.domain.queries.thread import thread
from forum.domain.reading import mark_read
from forum.domain.subscriptions import follow_topic, unfollow_topic
from forum.domain.topics import close_topic, delete_topic, reopen_topic
from forum.errors import ForumRefusal
from forum.forms import PostForm, ReplyForm, TopicReasonForm
from forum.kinds import ReplyRow
from forum.models import Post, Topic
from forum.parts import act as act_on_part
from forum.rules import may_delete_topic, may_reply
from forum.text import quote
from forum.views.crumbs import space_crumbs, topic_crumbs

from .doors import in_topic, topic_gone


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@in_topic
def topic(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """Read the posts of one page (GET), or answer (POST)."""
    if request.method != "POST" and slug != topic.slug:
        query = request.META["QUERY_STRING"]
        return redirect(topic.get_absolute_url() + (f"?{query}" if query else ""))
    if "gelesen" in request.GET:
        return _turned(request, topic)
    form = _reply_form(request, topic)
    post = _publish(request, topic, form) if form.is_ready else None
    if post is not None:
        return redirect(post.get_absolute_url())
    if form.errors:
        topic.refresh_from_db(fields=["closed", "deleted", "deletion_reason"])
        if topic.deleted:
            return topic_gone(request, topic)
    return _page(request, topic, form)


def _turned(request: NetworkRequest, topic: Topic) -> HttpResponse:
    """Whoever goes on to the next page has read the one before (``gelesen``, for example ``1-50``)."""
    mark_read(visitor=request.visitor, topic=topic, numbers=_numbers(topic, request.GET["gelesen"]))
    return _to_page(topic, request.GET.get("seite"))


def _to_page(topic: Topic, number: str | None) -> HttpResponse:
    return redirect(f"{topic.get_absolute_url()}?seite={number_from(number) or 1}")


def _numbers(topic: Topic, text: str) -> NumberRanges:
    return read_ranges(text, most=topic.last_number)


def _page(request: NetworkRequest, topic: Topic, form: PostForm) -> HttpResponse:
    visitor = request.visitor
    prefetch_related_objects([topic], "tags")  # shown twice; whoever only writes does not ask for them
    shown = thread(topic, visitor, request.GET.get("seite"))
    reply = ReplyRow(topic, may_reply(visitor, topic), form, shown.page.number)
    context = {"thread": shown, "topic": topic, "reply": reply, "crumbs": space_crumbs(topic.space)}
    return render(request, "forum/topic.html", context, status=form.status)


def _reply_form(request: NetworkRequest, topic: Topic) -> PostForm:
    """What was sent, or an empty form; ``?zitat=`` puts a post of this topic into it."""
    if request.method == "POST":
        return ReplyForm(request.POST, topic=topic)
    return ReplyForm(topic=topic, initial={"text": _quoted(request, topic)})


def _quoted(request: NetworkRequest, topic: Topic) -> str:
    number = number_from(request.GET.get("zitat"))
    post = topic.posts.select_related("author").filter(pk=number, deleted__isnull=True).first() if number else None
    return quote(post.text, post.author.display_name if post.author else _("Ehemaliges Mitglied")) if post else ""


def _publish(request: NetworkRequest, topic: Topic, form: PostForm) -> Post | None:
    """``None`` when the domain refused; the form then says why."""
    visitor = request.visitor
    try:
        post = publish_post(topic=topic, visitor=visitor, **form.cleaned_data)
    except ForumRefusal as error:
        form.refuse(error)
        return None
    messages.success(request, _("Ihr Beitrag ist veröffentlicht."), extra_tags=f"draft:{form.draft}")
    return post


@require_safe
@never_cache
@in_topic
def missed(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """The parts that came or changed since revision ``?stand=``, as the page draws them."""
    revision = number_from(request.GET.get("stand")) or topic.revision
    return render(request, "forum/_missed.html", {"missed": parts_since(topic, request.visitor, revision=revision)})


@require_POST
@in_topic
def read(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """Posts that were on the screen: ``nummern``, for example ``3-7,9``. ``weiter``: the page that is shown next.

    The answer says how much is news now, for the number in the header.
    """
    mark_read(visitor=request.visitor, topic=topic, numbers=_numbers(topic, request.POST.get("nummern", "")))
    if "weiter" not in request.POST:
        return HttpResponse(status=204, headers={"News-Count": unread_count(request.visitor)})
    return _to_page(topic, request.POST["weiter"])


@require_POST
@in_topic
def mails(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """Get mails about this topic, or no more."""
    wanted = request.POST.get("wunsch") == "ja"
    (follow_topic if wanted else unfollow_topic)(topic=topic, visitor=request.visitor)
    messages.success(
        request,
        _("Sie hören per E-Mail von neuen Antworten.") if wanted else _("Sie bekommen dazu keine E-Mails mehr."),
    )
    return redirect(topic.get_absolute_url())


@require_POST
@in_topic
def act(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """What is done with a part (``do``, for example ``post.mark``): forms send it here where there is no socket."""
    values = request.POST
    try:
        done = act_on_part(topic=topic, visitor=request.visitor, do=values.get("do", ""), values=values)
    except ForumRefusal as error:
        messages.error(request, error.reason)
        return redirect(topic.get_absolute_url())
    messages.success(request, done.text)
    return redirect(done.url)


@require_POST
@in_topic
def close(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """Close the topic, or open it again (``wieder=offen``)."""
    change = reopen_topic if request.POST.get("wieder") == "offen" else close_topic
    try:
        change(topic=topic, visitor=request.visitor)
    except ForumRefusal as error:
        messages.error(request, error.reason)
    return redirect(topic.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@in_topic
def delete(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """Ask, then delete the topic."""
    decision = may_delete_topic(request.visitor, topic)
    form = (
        TopicReasonForm(request.POST if request.method == "POST" else None)
        if topic.author_id != request.user.pk
        else None
    )
    if decision and request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        delete_topic(topic=topic, visitor=request.visitor, reason=reason)
        messages.success(request, _("Das Thema ist gelöscht."))
        return redirect(topic.space.get_absolute_url())
    if not decision:
        hand_back(request)
    context = {"topic": topic, "form": form, "decision": decision, "crumbs": topic_crumbs(topic)}
    status = 403 if not decision else 422 if form and form.errors else 200
    return render(request, "forum/delete_topic.html", context, status=status)
