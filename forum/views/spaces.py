"""Lists: all spaces, one space, and the form for a new topic."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dkbm.cms.models import NetworkTag
from dkbm.core.views import choice_from
from dkbm.search.text import clean
from dkbm.tenancy.http import NetworkRequest
from forum.domain.queries.drafts import draft_of_topic
from forum.domain.queries.lists import Choice, place_from, topic_page
from forum.domain.queries.mentions import suggestions
from forum.domain.queries.topics import space_list
from forum.domain.reading import mark_all_read
from forum.domain.spaces import ensure_spaces
from forum.domain.topics import start_topic
from forum.enums import NETWORK_SPACE, TopicFilter, TopicOrder
from forum.errors import ForumRefusal
from forum.forms import TopicForm
from forum.models import Space, Topic
from forum.rules import is_member, may_write_in_space
from forum.views.crumbs import forum_crumb, space_crumbs

from .doors import for_members, in_space, members_only

MAX_TYPED = 60
"""Longer beginnings of a name are nobody's."""


@require_safe
def index(request: NetworkRequest) -> HttpResponse:
    """Spaces that I may read."""
    visitor = request.visitor
    if not is_member(visitor):
        return members_only(request, status=200)
    ensure_spaces(visitor=visitor)
    rows, asked = space_list(visitor)
    context = {
        "rows": rows,
        "asked": asked,
        "has_groups": len(rows) > 1,
        "ask_all": next((row.space for row in rows if row.space.slug == NETWORK_SPACE), None),
        "unread": sum(row.unread for row in rows),
    }
    return render(request, "forum/index.html", context)


@require_safe
@in_space
def space(request: NetworkRequest, space: Space) -> HttpResponse:
    """Topics of one space."""
    choice = _choice(request)
    context = {
        "space": space,
        "page": topic_page(space, request.visitor, choice, after=place_from(request.GET.get("ab"))),
        "filters": [(value, label, value == choice.show) for value, label in TopicFilter.choices],
        "orders": [(value, label, value == choice.order) for value, label in TopicOrder.choices],
        "choice": choice,
        "may_write": may_write_in_space(request.visitor, space),
        "crumbs": [forum_crumb()],
    }
    return render(request, "forum/space.html", context)


def _choice(request: NetworkRequest) -> Choice:
    slug = clean(request.GET.get("thema", ""))
    return Choice(
        show=choice_from(TopicFilter, request.GET.get("zeigen"), TopicFilter.ALL),
        order=choice_from(TopicOrder, request.GET.get("sortieren"), TopicOrder.UNREAD),
        tag=NetworkTag.objects.filter(slug=slug).first() if slug else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_space
def new_topic(request: NetworkRequest, space: Space) -> HttpResponse:
    """Write the first post of a topic, look at it, publish it."""
    form = _topic_form(request, space)
    topic = _start(request, space, form) if form.is_ready else None
    if topic is not None:
        with_poll = "umfrage" in request.POST
        url = reverse("forum:new_poll", args=[space.slug, topic.pk, topic.slug])
        return redirect(url if with_poll else topic.get_absolute_url())
    context = {
        "space": space,
        "form": form,
        "may_write": may_write_in_space(request.visitor, space),
        "crumbs": space_crumbs(space),
    }
    return render(request, "forum/new_topic.html", context, status=form.status)


def _topic_form(request: NetworkRequest, space: Space) -> TopicForm:
    """Filled from what was sent; a text brought along from a deleted topic is only its beginning."""
    place: dict[str, Any] = {
        "draft": _draft(space),
        "draft_url": reverse("forum:space_draft", args=[space.slug]),
        "space": space,
    }
    if request.method == "POST" and "uebernehmen" not in request.POST:
        return TopicForm(request.POST, **place)
    kept = draft_of_topic(space, request.visitor)
    return TopicForm(initial={"text": request.POST.get("text", "")}, kept=kept, **place)


def _start(request: NetworkRequest, space: Space, form: TopicForm) -> Topic | None:
    """``None`` when the domain refused; the form then says why."""
    visitor = request.visitor
    try:
        topic = start_topic(space=space, visitor=visitor, **form.cleaned_data)
    except ForumRefusal as error:
        form.refuse(error)
        return None
    messages.success(request, _("Ihr Thema ist veröffentlicht."), extra_tags=f"draft:{_draft(space)}")
    return topic


def _draft(space: Space) -> str:
    return f"raum-{space.pk}-thema"


@require_safe
@never_cache
@in_space
def mentions(request: NetworkRequest, space: Space) -> JsonResponse:
    """Whom a post in this space may name, beginning with ``?anfang=``: for the field while one types."""
    found = suggestions(space, request.visitor, clean(request.GET.get("anfang", ""))[:MAX_TYPED])
    return JsonResponse({"suggestions": [asdict(each) for each in found]})


@require_POST
@for_members
def all_read(request: NetworkRequest) -> HttpResponse:
    """Nothing is new any more."""
    count = mark_all_read(visitor=request.visitor)
    messages.success(request, _("Alles ist als gelesen markiert.") if count else _("Es war nichts Neues da."))
    return redirect("/" if request.POST.get("zurueck") == "start" else "forum:index")
