"""Every URL name outside ``/cms/`` with whom it is for. What stands on no line is a 404 (``config.gate``).

A new view, or one that an upgrade of a library brings, fails ``tests/access/test_url_list.py`` until somebody has read
it and said here whom it is for; the same test asks each as a guest, and as a member where it is for others.
"""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings


class Audience(StrEnum):
    """Whom a page is for; what exactly they may see of it is decided by the rules of its app."""

    EVERYBODY = "everybody"
    LINK = "whoever holds a signed link"
    SIGNED_IN = "whoever is signed in, waiting for admission included"
    MEMBERS = "members of the network; often of a group only"
    EDITORS = "editors and managers"
    MANAGERS = "managers"
    OPERATORS = "operators on the front door"
    NOBODY = "always a 404: a library wants the name to exist"


def _names(namespace: str, names: str, audience: Audience) -> dict[str, Audience]:
    prefix = f"{namespace}:" if namespace else ""
    return {f"{prefix}{name}": audience for name in names.split()}


ENTRANCE: dict[str, Audience] = {
    **_names("", "account_login account_logout account_inactive account_signup", Audience.EVERYBODY),
    **_names("", "account_email_verification_sent account_reset_password", Audience.EVERYBODY),
    **_names("", "account_reset_password_done account_reset_password_from_key_done", Audience.EVERYBODY),
    # The second step of a sign-in: without the first it leads back to the form.
    **_names("", "mfa_authenticate", Audience.EVERYBODY),
    **_names("", "account_confirm_email account_reset_password_from_key", Audience.LINK),
    **_names("", "account_reauthenticate account_email account_change_password", Audience.SIGNED_IN),
    **_names("", "account_set_password", Audience.SIGNED_IN),
    **_names("", "mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp", Audience.SIGNED_IN),
    **_names("", "mfa_view_recovery_codes mfa_generate_recovery_codes", Audience.SIGNED_IN),
    **_names("", "mfa_download_recovery_codes", Audience.SIGNED_IN),
}
"""Signing in, on every host."""

NETWORK: dict[str, Audience] = {
    **ENTRANCE,
    **_names("accounts", "terms signup", Audience.EVERYBODY),
    **_names("support", "home contact", Audience.EVERYBODY),
    **_names("accounts", "confirm_address join", Audience.LINK),
    **_names("accounts", "home profile confirm_request leave", Audience.SIGNED_IN),
    **_names("accounts", "edit_portrait remove_portrait own_portrait", Audience.SIGNED_IN),
    # Its view asks to whom the person shows it.
    **_names("accounts", "portrait", Audience.EVERYBODY),
    **_names("accounts", "person write", Audience.MEMBERS),
    **_names(
        "management", "requests admit refuse waiting_note members roles domains remove_domain log", Audience.MANAGERS
    ),
    **_names("mails", "failed repeat try_address log trace settings", Audience.MANAGERS),
    **_names("mail_links", "why", Audience.LINK),
    **_names("notifications", "count list open read_all try_address wishes", Audience.MEMBERS),
    **_names("inbound", "list answer", Audience.MEMBERS),
    **_names("management", "functions function merge_function offer_function", Audience.MANAGERS),
    **_names("workgroups", "list group", Audience.EVERYBODY),
    **_names(
        "workgroups", "join leave mails mail-texts withdraw requests admit refuse members add-member", Audience.MEMBERS
    ),
    **_names("workgroups", "remove-member found offices invite edit close", Audience.MEMBERS),
    **_names("workgroups", "announcements announce", Audience.MEMBERS),
    **_names("announcements", "list read mark_read", Audience.MEMBERS),
    **_names("announcements", "write", Audience.MANAGERS),
    **_names("workgroups", "found-workgroup found-concept-group archive", Audience.MANAGERS),
    # Guests read there what the forum is, and how one gets in.
    **_names("forum", "index", Audience.EVERYBODY),
    **_names("forum", "all_read space new_topic mentions topic missed read mails act", Audience.MEMBERS),
    **_names("forum", "drafts drop_draft space_draft topic_draft post_draft", Audience.MEMBERS),
    **_names("forum", "close delete_topic edit_post delete_post new_poll poll poll_file", Audience.MEMBERS),
    **_names("goodpractice", "list item item_pdf export_json export_csv feed", Audience.EVERYBODY),
    **_names("glossary", "list term", Audience.EVERYBODY),
    **_names("events", "list detail calendar", Audience.EVERYBODY),
    **_names("events", "cancel_by_link", Audience.LINK),
    **_names("events", "register cancel", Audience.MEMBERS),
    # For events of a group also whoever arranges its meetings.
    **_names("events", "create edit publish call_off discard", Audience.EDITORS),
    **_names("events", "participants participants_file", Audience.MANAGERS),
    **_names("search", "search suggestions", Audience.EVERYBODY),
    **_names("savedsearch", "list save rename alert delete", Audience.MEMBERS),
    **_names("api", "openapi-json search catalogue catalogue_item api-root", Audience.EVERYBODY),
    # Their views check the collection and the group of each file.
    **_names("", "file picture wagtaildocs_serve", Audience.EVERYBODY),
    **_names("", "look look_icon wagtail_serve", Audience.EVERYBODY),
    **_names("", "robots sitemap", Audience.EVERYBODY),
    **_names("", "share_picture", Audience.LINK),
    **_names("", "wagtailcore_login wagtailcore_authenticate_with_password", Audience.NOBODY),
}
"""A network's host."""

FRONT_DOOR: dict[str, Audience] = {
    **ENTRANCE,
    **_names("", "front_door front_door_imprint front_door_privacy look", Audience.EVERYBODY),
    **_names("accounts", "signup", Audience.EVERYBODY),
    **_names("accounts", "confirm_address", Audience.LINK),
    **_names("accounts", "home", Audience.SIGNED_IN),
    **_names("operation", "networks log enter leave inside roles network_log", Audience.OPERATORS),
    **_names("operation", "found order listing provider", Audience.OPERATORS),
}
"""The operators' host."""

MAILBOX = _names("postfach", "list show", Audience.EVERYBODY)
"""On the front door of the demo alone."""

if settings.PROFILE == "demo":
    FRONT_DOOR |= MAILBOX
