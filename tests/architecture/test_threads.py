"""The database is asked in threads that give their connection back at the end, and in no other."""

from __future__ import annotations

import ast

from tests.architecture.source import python_files, relative

LEAVING = {
    "sync_to_async",
    "start_new_thread",
    "ThreadPoolExecutor",
    "to_thread",
    "run_in_executor",
    "thread_sensitive",
}
"""Ways into a thread; ``threading.Thread`` is another. For the database there is ``database_sync_to_async``."""

MAY = {
    "platform/dkbm/config/pages.py": {"sync_to_async"},  # the request's own thread
    "platform/dkbm/cms/streams.py": {"sync_to_async"},  # the same, for the parts of a file
}


def names_in(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Name(id="threading"), attr="Thread") | ast.ImportFrom(module="threading"):
                found.add("Thread")
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) | ast.keyword(arg=str(name)):
                found |= {name} & LEAVING
    return found


def test_ways_into_a_thread_are_found() -> None:
    assert names_in("import asyncio\nasyncio.to_thread(f)\nconnect(thread_sensitive=False)") == {
        "to_thread",
        "thread_sensitive",
    }
    assert names_in("threading.Thread(target=f)") == names_in("from threading import Thread") == {"Thread"}
    assert names_in("from channels.db import database_sync_to_async") == set()


def test_nobody_leaves_the_thread_whose_connection_is_given_back() -> None:
    files = {relative(path): path for path in python_files() if "launcher" not in path.parts}
    found = {name: names for name, path in files.items() if (names := names_in(path.read_text(encoding="utf-8")))}
    assert found == MAY
