"""Every view of ``/cms/`` by its URL name, on one of two lists. New names come from Wagtail's upgrades or our menus.

Read the view before you put it on a network's list: can it show or change another network's rows? Views of the apps
above are registered by them.
"""

from __future__ import annotations

_NETWORK = frozenset(
    {
        "dkbm_cms_handbook",
        "dkbm_cms_look_preview",
        "dkbm_cms_look_preview_css",
        "wagtail_bulk_action",
        "wagtailadmin_account",
        "wagtailadmin_api:documents:detail",
        "wagtailadmin_api:documents:find",
        "wagtailadmin_api:documents:listing",
        "wagtailadmin_api:images:detail",
        "wagtailadmin_api:images:find",
        "wagtailadmin_api:images:listing",
        "wagtailadmin_api:pages:action",
        "wagtailadmin_api:pages:detail",
        "wagtailadmin_api:pages:find",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_block_preview",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_collections:add",
        "wagtailadmin_collections:delete",
        "wagtailadmin_collections:edit",
        "wagtailadmin_collections:index",
        "wagtailadmin_collections:set_privacy",
        "wagtailadmin_dismissibles",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_explore_root",
        "wagtailadmin_home",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_logout",
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:add_subpage",
        "wagtailadmin_pages:choose_parent",
        "wagtailadmin_pages:collect_workflow_action_data",
        "wagtailadmin_pages:confirm_workflow_cancellation",
        "wagtailadmin_pages:convert_alias",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:history_results",
        "wagtailadmin_pages:lock",
        "wagtailadmin_pages:move",
        "wagtailadmin_pages:move_confirm",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:revisions_compare",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_unschedule",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:search_results",
        "wagtailadmin_pages:set_page_position",
        "wagtailadmin_pages:set_privacy",
        "wagtailadmin_pages:type_use",
        "wagtailadmin_pages:type_use_results",
        "wagtailadmin_pages:unlock",
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_pages:usage",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:workflow_action",
        "wagtailadmin_pages:workflow_history",
        "wagtailadmin_pages:workflow_history_detail",
        "wagtailadmin_pages:workflow_preview",
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:aging_pages_results",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:locked_pages_results",
        "wagtailadmin_reports:page_types_usage",
        "wagtailadmin_reports:page_types_usage_results",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:site_history_results",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:workflow_results",
        "wagtailadmin_reports:workflow_tasks",
        "wagtailadmin_reports:workflow_tasks_results",
        "wagtailadmin_sprite",
        "wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_workflows:add",
        "wagtailadmin_workflows:add_task",
        "wagtailadmin_workflows:disable",
        "wagtailadmin_workflows:disable_task",
        "wagtailadmin_workflows:edit",
        "wagtailadmin_workflows:edit_task",
        "wagtailadmin_workflows:enable",
        "wagtailadmin_workflows:enable_task",
        "wagtailadmin_workflows:index",
        "wagtailadmin_workflows:index_results",
        "wagtailadmin_workflows:remove",
        "wagtailadmin_workflows:select_task_type",
        "wagtailadmin_workflows:task_chooser",
        "wagtailadmin_workflows:task_chooser_create",
        "wagtailadmin_workflows:task_chooser_results",
        "wagtailadmin_workflows:task_chosen",
        "wagtailadmin_workflows:task_index",
        "wagtailadmin_workflows:task_index_results",
        "wagtailadmin_workflows:usage",
        "wagtailadmin_workflows:usage_results",
        "wagtaildocs:add",
        "wagtaildocs:add_multiple",
        "wagtaildocs:create_multiple_from_uploaded_document",
        "wagtaildocs:delete",
        "wagtaildocs:delete_multiple",
        "wagtaildocs:delete_upload_multiple",
        "wagtaildocs:document_usage",
        "wagtaildocs:edit",
        "wagtaildocs:edit_multiple",
        "wagtaildocs:index",
        "wagtaildocs:index_results",
        "wagtaildocs_chooser:choose",
        "wagtaildocs_chooser:choose_results",
        "wagtaildocs_chooser:chosen",
        "wagtaildocs_chooser:chosen_multiple",
        "wagtaildocs_chooser:create",
        "wagtailimages:add",
        "wagtailimages:add_multiple",
        "wagtailimages:create_multiple_from_uploaded_image",
        "wagtailimages:delete",
        "wagtailimages:delete_multiple",
        "wagtailimages:delete_upload_multiple",
        "wagtailimages:edit",
        "wagtailimages:edit_multiple",
        "wagtailimages:image_usage",
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtailimages:preview",
        "wagtailimages:url_generator",
        "wagtailimages:url_generator_output",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:chosen",
        "wagtailimages_chooser:chosen_multiple",
        "wagtailimages_chooser:create",
        "wagtailimages_chooser:select_format",
        "wagtailredirects:add",
        "wagtailredirects:delete",
        "wagtailredirects:edit",
        "wagtailredirects:index",
        "wagtailredirects:index_results",
        "wagtailsettings:edit",
        "wagtailsettings:preview_on_edit",
        "wagtailsnippets:index",
    }
)
"""For editors and managers of the bound network, within Wagtail's own permissions."""

_OPERATOR = frozenset(
    {
        "wagtailadmin_tag_autocomplete",  # reads taggit's own tags, which no network has
        "wagtailadmin_error_test",
        "wagtailadmin_login",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_done",
        "wagtailredirects:process_import",
        "wagtailredirects:start_import",
        "wagtailsites:add",
        "wagtailsites:copy",
        "wagtailsites:delete",
        "wagtailsites:edit",
        "wagtailsites:history",
        "wagtailsites:history_results",
        "wagtailsites:index",
        "wagtailsites:index_results",
        "wagtailsites:usage",
        "wagtailusers_groups:add",
        "wagtailusers_groups:delete",
        "wagtailusers_groups:edit",
        "wagtailusers_groups:history",
        "wagtailusers_groups:history_results",
        "wagtailusers_groups:index",
        "wagtailusers_groups:index_results",
        "wagtailusers_groups:usage",
        "wagtailusers_users:add",
        "wagtailusers_users:copy",
        "wagtailusers_users:delete",
        "wagtailusers_users:edit",
        "wagtailusers_users:history",
        "wagtailusers_users:history_results",
        "wagtailusers_users:index",
        "wagtailusers_users:index_results",
        "wagtailusers_users:usage",
    }
)
"""Never on a network's host: sites, people, groups, tokens, Wagtail's own sign-in (it bypasses the second factor)."""

_registered: dict[str, tuple[frozenset[str], frozenset[str]]] = {}


def register_cms_views(namespace: str, *, network: str, operator: str = "") -> None:
    """Put the views of a viewset of an app above on the lists, by their names in its URL ``namespace``.

    ``network`` and ``operator``: names between blanks. Raises ``ValueError`` for a namespace that is taken: nobody
    opens another one's views.
    """
    entry = _full_names(namespace, network), _full_names(namespace, operator)
    prefix = f"{namespace}:"
    if any(name.startswith(prefix) for name in _NETWORK | _OPERATOR) or _registered.get(namespace, entry) != entry:
        raise ValueError(f"The views of {namespace} stand on the lists already.")
    _registered[namespace] = entry


def network_views() -> frozenset[str]:
    """For editors and managers of the bound network, within Wagtail's own permissions."""
    return _NETWORK.union(*(network for network, _operator in _registered.values()))


def operator_views() -> frozenset[str]:
    """Never on a network's host."""
    return _OPERATOR.union(*(operator for _network, operator in _registered.values()))


def _full_names(namespace: str, names: str) -> frozenset[str]:
    return frozenset(f"{namespace}:{name}" for name in names.split())
