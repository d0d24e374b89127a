"""The project's own base page model: every page belongs to one network, only the tree's root to none."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageManager
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index

from dkbm.cms.page_contexts import page_context
from dkbm.tenancy.context import BoundNetwork, current
from dkbm.tenancy.hosts import base_url
from dkbm.tenancy.managers import scoped
from dkbm.tenancy.models import check_network
from dkbm.tenancy.reserved import validate_not_reserved

from .forms import NetworkPageForm

DEPTH_OF_HOME = 2
NetworkPageManager: Any = scoped(PageManager, network__bound_or_root=True)


class BasePage(AbstractPage, DefaultBasePageMixin):
    """Swapped in by ``WAGTAIL_PAGE_MODEL``; this cannot be done after the first migration."""

    made_by_code: ClassVar[bool] = False
    """True for page types that come with something else (a network, a row) and are never made by hand."""
    root_is_common: ClassVar[bool] = True
    """The tree's root belongs to no network and is read by all (``tenancy.tables``)."""
    at_platform_path: ClassVar[bool] = False
    """True for page types that stand at one of the platform's paths, and see to it themselves."""

    network_id: int | None
    network = models.ForeignKey(
        "tenancy.Network", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = NetworkPageManager()

    search_fields = AbstractPage.search_fields + DefaultBasePageMixin.search_fields + [index.FilterField("network_id")]
    promote_panels = DefaultBasePageMixin.promote_panels

    class Meta(AbstractPageMeta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(depth=1, network__isnull=True) | models.Q(depth__gt=1, network__isnull=False),
                name="only_the_root_page_has_no_network",
            )
        ]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Each page type by itself: Wagtail's admin puts its own form on this class when it is ready."""
        super().__init_subclass__(**kwargs)
        if "base_form_class" not in cls.__dict__:
            cls.base_form_class = NetworkPageForm

    @classmethod
    def validate_path(cls, slug: str, parent_depth: int) -> None:
        """Below the home page a slug is an address of the host: raises ``ValidationError`` for the platform's own."""
        if parent_depth == DEPTH_OF_HOME and not (cls.made_by_code or cls.at_platform_path):
            validate_not_reserved(slug)

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        return not cls.made_by_code and super().can_create_at(parent)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.network_id is None and self.depth and self.depth > 1:
            self.network_id = self._parents_network()
        check_network(self)
        return super().save(*args, **kwargs)

    @transaction.atomic
    def add_child(self, **kwargs: Any) -> Any:
        """One after the other: two at once would be given one place in the tree. (The root is not ours to hold.)"""
        held = BasePage.objects.select_for_update(of=("self",)).filter(pk=self.pk).first()
        if held is not None:
            self.path, self.depth, self.numchild = held.path, held.depth, held.numchild
        return super().add_child(**kwargs)

    def clean(self) -> None:
        super().clean()
        self._check_path()

    def minimal_clean(self) -> None:
        """What Wagtail asks of a draft that is saved or moved."""
        super().minimal_clean()
        self._check_path()

    def _check_path(self) -> None:
        """Whatever makes a page below the home page, its slug is none of the platform's paths."""
        try:
            self.validate_path(self.slug, (self.depth or 0) - 1)
        except ValidationError as error:
            raise ValidationError({"slug": error}) from None

    def _parents_network(self) -> int | None:
        """A page belongs where its parent does; the home page, below the root, to the bound network."""
        parent = self.get_parent()
        if parent is not None and parent.network_id is not None:
            return int(parent.network_id)
        binding = current()
        return binding.id if isinstance(binding, BoundNetwork) else None

    def serve_password_required_response(self, request: Any, form: Any, action_url: str) -> Any:
        """Editors are offered no password any more; a page that got one earlier is closed until they choose anew."""
        raise PermissionDenied(
            _("Diese Seite hatte ein gemeinsames Kennwort, das nicht mehr gilt. Bitte fragen Sie die Redaktion.")
        )

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **page_context(self, request)}

    def get_url_parts(self, request: Any = None) -> Any:
        """Links carry scheme and port of the settings; Wagtail would use the port stored with its site."""
        parts = super().get_url_parts(request)
        binding = current()
        if parts is None or parts[1] is None or not isinstance(binding, BoundNetwork):
            return parts
        site_id, _root_url, path = parts
        return site_id, base_url(binding), path
