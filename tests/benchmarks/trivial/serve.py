"""`python -m tests.benchmarks.trivial.serve PORT PROCESSES`: makes the rows if need be, and serves the page."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from datetime import UTC, datetime, timedelta

import django
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection

PR_SET_PDEATHSIG = 1
TEXT = "Ein Absatz, wie er in einem Forum steht, mit <Zeichen>, die zu maskieren sind. " * 20


def make_rows() -> None:
    from tests.benchmarks.trivial.models import Note, Section, Writer

    if Note._meta.db_table in connection.introspection.table_names():
        return
    with connection.schema_editor() as editor:
        for model in (Section, Writer, Note):
            editor.create_model(model)
    sections = Section.objects.bulk_create(Section(name=f"Abschnitt {number}") for number in range(10))
    writers = Writer.objects.bulk_create(Writer(name=f"Maria Kröger {number}") for number in range(20))
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    Note.objects.bulk_create(
        Note(
            section=sections[number % 10],
            writer=writers[number % 20],
            title=f"Notiz {number}",
            text=TEXT,
            written=begin + timedelta(hours=number),
        )
        for number in range(1_000)
    )


def main() -> None:
    port, processes = int(sys.argv[1]), int(sys.argv[2])
    django.setup()
    make_rows()
    connection.close()
    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    for _ in range(processes - 1):
        # Both wait at the same socket, and the child ends with its parent.
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
            break
    server.serve_forever()


if __name__ == "__main__":
    main()
