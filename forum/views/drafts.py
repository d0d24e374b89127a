"""Drafts on the server: kept while one types, listed, thrown away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dkbm.tenancy.http import NetworkRequest
from forum.domain.drafts import DraftData, drop_draft, save_draft
from forum.domain.queries.drafts import address_of, find_draft, my_drafts
from forum.errors import ForumRefusal
from forum.forms import DraftForm, draft_key
from forum.models import Space, Topic
from forum.rules import may_read_space
from forum.views.crumbs import forum_crumb

from .doors import for_members, in_space, in_topic


@require_POST
@in_space
def of_space(request: NetworkRequest, space: Space) -> HttpResponse:
    """A new topic."""
    return _save(request, space=space)


@require_POST
@in_topic
def of_topic(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """An answer."""
    return _save(request, space=topic.space, topic=topic)


@require_POST
@in_topic
def of_post(request: NetworkRequest, topic: Topic, slug: str, post_id: int) -> HttpResponse:
    """Another text of an own post."""
    post = topic.posts.filter(pk=post_id, author_id=request.visitor.person_id, deleted__isnull=True).first()
    if post is None:
        raise Http404
    return _save(request, space=topic.space, topic=topic, post=post)


def _save(request: NetworkRequest, **place: Any) -> HttpResponse:
    """Says when it was saved, ``null`` where there is nothing to keep."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"refused": str(next(iter(form.errors.values()))[0])}, status=422)
    try:
        draft = save_draft(visitor=request.visitor, data=DraftData(**form.cleaned_data), **place)
    except ForumRefusal as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=422)
    return JsonResponse({"saved": f"{timezone.localtime(draft.saved):%H:%M}" if draft else None})


@require_safe
@never_cache
@for_members
def mine(request: NetworkRequest) -> HttpResponse:
    """All of a person in this network."""
    return render(request, "forum/drafts.html", {"rows": my_drafts(request.visitor), "crumbs": [forum_crumb()]})


@require_POST
@for_members
def drop(request: NetworkRequest, draft_id: int) -> HttpResponse:
    """Throw it away; the copy on the device goes with it. From a form one comes back to it (``zurueck``)."""
    draft = find_draft(draft_id, request.visitor)
    if draft is None:
        raise Http404
    drop_draft(draft=draft, visitor=request.visitor)
    messages.success(request, _("Der Entwurf ist verworfen."), extra_tags=f"draft:{draft_key(draft)}")
    back = "zurueck" in request.POST and may_read_space(request.visitor, draft.space)
    return redirect(address_of(draft) if back else "forum:drafts")
