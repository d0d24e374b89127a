"""Addresses that answer the manager's crafted form without writing a row."""

from __future__ import annotations

READING = frozenset(
    {
        "account_login",  # who is signed in is led on
        "account_set_password",
        "account_signup",
        "accounts:signup",
        "api:openapi-json",
        "mfa_authenticate",
        "wagtail_serve",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_pages:add_subpage",
        "wagtailadmin_pages:choose_parent",
        "wagtailadmin_pages:collect_workflow_action_data",
        "wagtailadmin_pages:confirm_workflow_cancellation",
        "wagtailadmin_pages:move",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_sprite",
        "wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_workflows:select_task_type",
        "wagtailadmin_workflows:task_chosen",
        "wagtailimages:preview",
        "wagtailsnippets:index",
        "workgroups:group",
        "workgroups:list",
        "workgroups:members",
        "workgroups:requests",
    }
)
"""They have nothing to write, whatever is sent."""

UNREACHED = frozenset(
    {
        "account_email",  # wants a button of its own
        "account_reauthenticate",
        "account_reset_password_from_key",  # wants a key from a mail
        "accounts:confirm_request",
        "accounts:profile",  # wants a municipality
        "dkbm_catalogue:add",  # want all fields of an example
        "dkbm_catalogue:edit",
        "events:discard",  # want a draft
        "events:publish",
        "mfa_activate_totp",  # want a password typed a moment ago
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "wagtailadmin_account",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_workflows:add",  # want form sets and groups
        "wagtailadmin_workflows:add_task",
        "wagtailadmin_workflows:edit",
        "wagtailadmin_workflows:edit_task",
        "wagtailadmin_workflows:enable",  # want something disabled
        "wagtailadmin_workflows:enable_task",
        "wagtailadmin_workflows:task_chooser_create",
        "wagtaildocs:add",  # want a file
        "wagtaildocs:add_multiple",
        "wagtaildocs:edit_multiple",
        "wagtaildocs_chooser:create",
        "wagtailimages:add",
        "wagtailimages:add_multiple",
        "wagtailimages:create_multiple_from_uploaded_image",
        "wagtailimages:delete_upload_multiple",
        "wagtailimages:edit_multiple",
        "wagtailimages_chooser:create",
        "wagtailredirects:add",
        "wagtailredirects:edit",
        "workgroups:found-concept-group",  # there is one
        "workgroups:withdraw",  # wants a request of the manager's own
    }
)
"""They could write, but the form does not fit them or their object is in another state. This list only shrinks: give a
new address what it asks for (``test_writing.crafted``)."""
