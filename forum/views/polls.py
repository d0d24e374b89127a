"""Begin a poll in a topic, see who voted what, take the result along."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dkbm.core.spreadsheets import csv_table
from dkbm.tenancy.http import NetworkRequest
from forum.domain.polls import PollData, start_poll
from forum.domain.queries.polls import find_poll, poll_rows, sheet_of, vote_lines
from forum.forms import PollForm
from forum.models import Poll, Topic
from forum.rules import may_export_poll, may_see_votes, may_start_poll
from forum.views.crumbs import topic_crumbs

from .doors import in_topic


@require_http_methods(["GET", "HEAD", "POST"])
@in_topic
def new_poll(request: NetworkRequest, topic: Topic, slug: str) -> HttpResponse:
    """The form; what is refused stands beside its field."""
    decision = may_start_poll(request.visitor, topic)
    form = PollForm(request.POST if request.method == "POST" else None)
    if decision and form.is_valid():
        with form.refusals():
            poll = start_poll(topic=topic, visitor=request.visitor, data=PollData(**form.cleaned_data))
            messages.success(request, _("Ihre Umfrage hat begonnen."))
            return redirect(f"{topic.get_absolute_url()}#umfrage-{poll.pk}")
    context = {"topic": topic, "form": form, "decision": decision, "crumbs": topic_crumbs(topic)}
    status = 403 if not decision else 422 if form.errors else 200
    return render(request, "forum/new_poll.html", context, status=status)


@require_safe
@never_cache
@in_topic
def poll(request: NetworkRequest, topic: Topic, slug: str, poll_id: int) -> HttpResponse:
    """Who voted what, where that is no secret."""
    poll = _poll(topic, poll_id)
    decision = may_see_votes(request.visitor, poll)
    if not decision:
        return _refused(request, topic, decision.reason)
    context = {
        "row": poll_rows(topic, [poll])[0],
        "lines": vote_lines(poll),
        "may_export": may_export_poll(request.visitor, poll),
        "topic": topic,
        "crumbs": topic_crumbs(topic),
    }
    return render(request, "forum/poll.html", context)


@require_safe
@never_cache
@in_topic
def poll_file(request: NetworkRequest, topic: Topic, slug: str, poll_id: int) -> HttpResponse:
    """For whoever began the poll or looks after the topic; of a secret one the numbers alone."""
    poll = _poll(topic, poll_id)
    decision = may_export_poll(request.visitor, poll)
    if not decision:
        return _refused(request, topic, decision.reason)
    response = HttpResponse(csv_table(sheet_of(poll)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="umfrage-{poll.pk}.csv"'
    return response


def _refused(request: NetworkRequest, topic: Topic, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect(topic.get_absolute_url())


def _poll(topic: Topic, poll_id: int) -> Poll:
    poll = find_poll(topic, poll_id)
    if poll is None:
        raise Http404
    return poll
