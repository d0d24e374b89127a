"""Periodic tasks of Celery beat. Beat sends unbound; each sweep goes through the networks itself."""

from typing import Any

from celery.schedules import crontab

# A sweep that nobody fetched in time is not worth doing twice: the next one finds the same rows.
EVERY_MINUTE: dict[str, Any] = {"schedule": 60.0, "options": {"expires": 55}}

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "mails": {"task": "notifications.sweep_mails", **EVERY_MINUTE},
    "errands": {"task": "accounts.sweep_errands", **EVERY_MINUTE},
    "crowds": {"task": "notifications.sweep_crowds", **EVERY_MINUTE},
    "digests": {"task": "notifications.write_digests", "schedule": 300.0, "options": {"expires": 290}},
    "incoming mails": {"task": "inbound.sweep_mails", **EVERY_MINUTE},
    "printing": {"task": "printing.sweep", **EVERY_MINUTE},
    "texts of documents": {"task": "search.sweep_documents", **EVERY_MINUTE},
    "scheduled pages": {"task": "config.publish_scheduled", **EVERY_MINUTE},
    "polls": {"task": "forum.close_polls", **EVERY_MINUTE},
    "stored texts": {"task": "forum.render_posts", "schedule": crontab(hour=3, minute=10)},
    "old drafts": {"task": "forum.forget_drafts", "schedule": crontab(hour=3, minute=15)},
    "saved searches": {"task": "savedsearch.look", "schedule": crontab(hour=6, minute=10)},
    "search index": {"task": "search.compare_index", "schedule": crontab(hour=3, minute=40)},
    "old mails": {"task": "notifications.blank_mails", "schedule": crontab(hour=3, minute=30)},
    "old notifications": {"task": "notifications.delete_notifications", "schedule": crontab(hour=3, minute=35)},
    "old incoming mails": {"task": "inbound.forget_mails", "schedule": crontab(hour=3, minute=45)},
    "old announcements": {"task": "workgroups.delete_announcements", "schedule": crontab(hour=3, minute=50)},
    "unused PDFs": {"task": "printing.forget", "schedule": crontab(hour=3, minute=55)},
    "old sessions": {"task": "config.clear_sessions", "schedule": crontab(hour=3, minute=20)},
}

SERVER_SCHEDULE: dict[str, dict[str, Any]] = {
    "search server": {"task": "search.sweep_changes", "schedule": 20.0, "options": {"expires": 15}},
}
"""Where a search server is set."""
