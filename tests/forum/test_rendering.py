"""Posts keep how they are shown; what an older renderer made is not shown any more, and is made anew at night."""

from __future__ import annotations

import hashlib
from typing import Any

from dkbm.accounts.models import Person
from dkbm.core.markdown import RENDERER, render_markdown
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import delete_post, edit_post
from forum.models import Post, Topic
from forum.tasks import render_posts
from tests.factories.forum import answer, make_topic

SAMPLE = """Ein *Wort*, ein **Wort**, `Code` und \\*ein Stern\\*
mit Umbruch.

> **Anna:**
>
> Zitat mit https://www.example.org/plan.pdf.

1. eins
2. zwei

- www.example.org
- anna@example.org, E-Mail:anna@exam­ple.org
- [Name](https://example.org "Titel") <b>kein HTML</b>

01. März

        vier Leerzeichen
"""
MADE_BY = {3: "e88d010661c364fe"}
"""Version of the renderer -> what it makes of the sample."""


def test_another_html_is_another_version() -> None:
    """Else posts go on being shown as the old renderer made them."""
    assert MADE_BY[RENDERER] == hashlib.sha256(render_markdown(SAMPLE).encode()).hexdigest()[:16]


def test_html_is_kept_with_the_text(topic: Topic, helper: Person) -> None:
    post = answer(topic, helper, "Ja, *seit* 2024.")
    assert post.html == "<p>Ja, <em>seit</em> 2024.</p>\n"
    post = edit_post(post=post, visitor=visitor_of(helper), text="**Nein**")
    assert Post.objects.get(pk=post.pk).html == "<p><strong>Nein</strong></p>\n"
    delete_post(post=post, visitor=visitor_of(helper))
    assert Post.objects.get(pk=post.pk).html == ""


def test_page_shows_no_html_of_an_older_renderer(
    in_niedersachsen: BoundNetwork, client_of: Any, topic: Topic, helper: Person
) -> None:
    post = answer(topic, helper, "Ja, *seit* 2024.")
    Post.objects.filter(pk=post.pk).update(html="<p>alt</p>", html_version=RENDERER - 1)
    page = client_of(in_niedersachsen, helper).get(topic.get_absolute_url()).text
    assert ("<em>seit</em>" in page, "<p>alt</p>" in page) == (True, False)


def test_page_shows_what_is_kept(in_niedersachsen: BoundNetwork, client_of: Any, topic: Topic, helper: Person) -> None:
    post = answer(topic, helper)
    Post.objects.filter(pk=post.pk).update(html="<p>gemerkt</p>")
    assert "<p>gemerkt</p>" in client_of(in_niedersachsen, helper).get(topic.get_absolute_url()).text


def test_posts_of_an_older_renderer_are_made_anew_in_every_network(
    niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            post = make_topic(text="Ja, *seit* 2024.").posts.get()
            Post.objects.filter(pk=post.pk).update(html="", plain="", html_version=0)
    render_posts()
    for network in (niedersachsen, bayern):
        with bind(network):
            post = Post.objects.get()
            assert (post.html, post.plain) == ("<p>Ja, <em>seit</em> 2024.</p>\n", "Ja, seit 2024.")
            assert post.html_version == RENDERER
