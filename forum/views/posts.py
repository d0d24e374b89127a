"""Change and delete one post."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dkbm.core.typed import hand_back
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held
from forum.domain.posts import delete_post, edit_post
from forum.domain.queries.drafts import draft_of_post
from forum.errors import ForumRefusal
from forum.forms import EditPostForm, PostForm, ReasonForm, TopicReasonForm
from forum.models import Post, Topic
from forum.rules import may_delete_post, may_edit_post
from forum.views.crumbs import topic_crumbs

from .doors import in_topic


@require_http_methods(["GET", "HEAD", "POST"])
@in_topic
def edit(request: NetworkRequest, topic: Topic, slug: str, post_id: int) -> HttpResponse:
    """Change an own post; what was typed stays in the field whatever is answered."""
    post = _post(topic, post_id)
    decision = may_edit_post(request.visitor, post)
    draft = f"beitrag-{post.pk}"
    with held(topic, "space__workgroup__parent", when=request.method == "POST"):
        form = _edit_form(request, topic, post, draft)
        if decision and form.is_ready and _change(request, post, form):
            messages.success(request, _("Ihr Beitrag ist geändert."), extra_tags=f"draft:{draft}")
            return redirect(post.get_absolute_url())
    context = {"topic": topic, "post": post, "form": form, "decision": decision, "crumbs": topic_crumbs(topic)}
    return render(request, "forum/edit_post.html", context, status=form.status if decision else 403)


def _edit_form(request: NetworkRequest, topic: Topic, post: Post, draft: str) -> EditPostForm:
    kept = draft_of_post(post, request.visitor) if request.method != "POST" else None
    url = reverse("forum:post_draft", args=[topic.space.slug, topic.pk, topic.slug, post.pk])
    return EditPostForm(
        _sent(request),
        row=post,
        present={"text": _text_now(post)},
        draft=draft,
        draft_url=url,
        kept=kept,
        space=topic.space,
    )


def _text_now(post: Post) -> str:
    """As it is while the topic is held."""
    post.refresh_from_db(fields=["text"])
    return post.text


def _change(request: NetworkRequest, post: Post, form: PostForm) -> bool:
    try:
        edit_post(post=post, visitor=request.visitor, text=form.cleaned_data["text"])
    except ForumRefusal as error:
        form.refuse(error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@in_topic
def delete(request: NetworkRequest, topic: Topic, slug: str, post_id: int) -> HttpResponse:
    """Ask, then delete; managers give a reason for deleting what others wrote."""
    post = _post(topic, post_id)
    decision = may_delete_post(request.visitor, post)
    form_class = TopicReasonForm if topic.post_count == 1 else ReasonForm
    form = form_class(_sent(request)) if post.author_id != request.user.pk else None
    if decision and request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        deleted = delete_post(post=post, visitor=request.visitor, reason=reason)
        messages.success(request, _("Der Beitrag ist gelöscht."))
        return redirect(topic.space.get_absolute_url() if deleted.topic.deleted else deleted.get_absolute_url())
    if not decision:
        hand_back(request)
    context = {"topic": topic, "post": post, "form": form, "decision": decision, "crumbs": topic_crumbs(topic)}
    status = 403 if not decision else 422 if form and form.errors else 200
    return render(request, "forum/delete_post.html", context, status=status)


def _sent(request: NetworkRequest) -> QueryDict | None:
    """An empty form that was sent is answered with its errors, not with an empty form."""
    return request.POST if request.method == "POST" else None


def _post(topic: Topic, post_id: int) -> Post:
    post = topic.posts.filter(pk=post_id).first()
    if post is None:
        raise Http404
    post.topic = topic
    return post
