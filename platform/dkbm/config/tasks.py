"""Periodic tasks that are management commands of Django and Wagtail, each once a network."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task(name="config.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and unpublish the pages whose time has come."""
    call_command("publish_scheduled")


@shared_task(name="config.clear_sessions")
def clear_sessions() -> None:
    """Remove expired sessions."""
    call_command("clearsessions")
