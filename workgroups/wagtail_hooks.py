"""When editors publish or withdraw an AG's text, the search follows at once; rebuilding finds the rest."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks

from dkbm.cms.basepage.models import BasePage
from workgroups.domain.searching import index_group
from workgroups.models import Workgroup


@hooks.register("after_publish_page")
@hooks.register("after_unpublish_page")
def index_group_of(request: HttpRequest, page: BasePage) -> None:
    group = Workgroup.objects.select_related("page").filter(page_id=page.pk).first()
    if group is not None:
        index_group(group)
