"""Wagtail's views that edit a row, each of them: two editors at once do not overwrite one another.

Wagtail notices only the drafts that it saves by itself, and only of pages; what somebody sends overwrites the rest.
Its views cannot be chosen one by one for every row (collections, redirects, workflows, files), so their common base is
told once, when `/cms/` starts: the form is made one for a whole row, and the row is held while it is compared.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from django.http.response import HttpResponseBase
from django.utils import timezone
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.forms.collections import CollectionViewRestrictionForm
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.views import collection_privacy
from wagtail.admin.views.generic.models import CreateView, EditView
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView as PageCreateView
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.admin.views.pages.move import MoveConfirmView

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.domain.edits import note_edit_once
from dkbm.cms.domain.pages import hold_tree
from dkbm.cms.forms.privacy import privacy_form
from dkbm.cms.forms.rows import whole_row

SAVED = 302


def hold_rows() -> None:
    """Once; a second time nothing happens."""
    if not hasattr(EditView.post, "__wrapped__"):
        EditView.get_form = _get_form
        EditView.post = _asked_again(_held(EditView.post))
        CreateView.post = _asked_again(CreateView.post)
        for taking_a_place in (PageCreateView, CopyView, MoveConfirmView, MoveBulkAction):
            taking_a_place.dispatch = _tree_held(taking_a_place.dispatch)
        PagesAdminAPIViewSet.action_view = _tree_held(PagesAdminAPIViewSet.action_view)
        PageEditView.dispatch = _page_held(PageEditView.dispatch)
        PageEditView.get = _of_whole_row(PageEditView.get)
        PageEditView.post = _of_whole_row(PageEditView.post)
        # Who reads something is set in a window that stands on no view of a row.
        collection_privacy.CollectionViewRestrictionForm = privacy_form(CollectionViewRestrictionForm)
        SetPrivacyView.form_class = privacy_form(PageViewRestrictionForm)


def _get_form(self: Any, form_class: Any = None) -> Any:
    form = super(EditView, self).get_form(whole_row(form_class or self.get_form_class()))
    form.reader = self.request.user
    return form


def _asked_again(post: Any) -> Any:
    """Two take one name or address at once: asked a second time, the form of the second one says that it is taken."""

    @wraps(post)
    def posted(self: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with transaction.atomic():
                first: HttpResponseBase = post(self, *args, **kwargs)
                return first
        except IntegrityError:
            again: HttpResponseBase = post(self, *args, **kwargs)
            return again

    return posted


def _held(post: Any) -> Any:
    @wraps(post)
    def held(self: Any, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            row = self.get_object()
            type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
            self.object, since = self.get_object(), timezone.now()
            response: HttpResponseBase = post(self, request, *args, **kwargs)
            if response.status_code == SAVED:
                note_edit_once(row, visitor=request.visitor, since=since)
            return response

    return held


def _page_held(dispatch: Any) -> Any:
    @wraps(dispatch)
    def held(self: Any, request: Any, page_id: int, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return dispatch(self, request, page_id, **kwargs)
        with transaction.atomic():
            slug = request.POST.get("slug")
            if slug and not BasePage.objects.filter(pk=page_id, slug=slug).exists():
                hold_tree()
            BasePage.objects.select_for_update(of=("self",)).filter(pk=page_id).first()
            return dispatch(self, request, page_id, **kwargs)

    return held


def _tree_held(dispatch: Any) -> Any:
    """A slug is free or taken among siblings, which no constraint says: who takes one waits for who is taking one."""

    @wraps(dispatch)
    def held(self: Any, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return dispatch(self, request, *args, **kwargs)
        with transaction.atomic():
            hold_tree()
            return dispatch(self, request, *args, **kwargs)

    return held


def _of_whole_row(answer: Any) -> Any:
    @wraps(answer)
    def answered(self: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Who brings back an old version has its texts in the form, and the newest ones to lose.
        latest = self.real_page_record.get_latest_revision_as_object() if self.is_reverting else None
        self.form_class = whole_row(self.form_class, latest=latest)
        response: HttpResponseBase = answer(self, *args, **kwargs)
        return response

    return answered
