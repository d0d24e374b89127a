"""The components: ``{% alert kind="warning" text=decision.reason %}`` draws ``components/alert.html``.

The signature is the list of a component's variables. A misspelt or missing one is a ``TemplateSyntaxError`` as soon as
the template is loaded, which a test does with every template. A component sees nothing of the page around it but the
CSRF token.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from inspect import signature
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 4096

Text = Any
"""A string or a lazy translation."""


def component(declaration: Callable[..., None]) -> Callable[..., dict[str, Any]]:
    """Registers the tag that draws the template of the same name with exactly the declared variables."""
    parameters = signature(declaration)

    @wraps(declaration)
    def variables(**given: Any) -> dict[str, Any]:
        bound = parameters.bind(**given)
        bound.apply_defaults()
        return bound.arguments

    register.inclusion_tag(f"components/{declaration.__name__}.html")(variables)
    return variables


def drawn_once(declaration: Callable[..., None]) -> Callable[..., str]:
    """As :func:`component`, for what looks the same whenever it is given the same values, all of them hashable: it is
    kept in the process, for a list draws it a hundred times. It follows from its values alone, so it is never old."""
    parameters = signature(declaration)
    file = f"components/{declaration.__name__}.html"

    @lru_cache(maxsize=MOST_KEPT)
    def drawn(_language: str | None, *values: Any) -> str:
        return get_template(file).render(dict(zip(parameters.parameters, values, strict=True)))

    @wraps(declaration)
    def draw(**given: Any) -> str:
        bound = parameters.bind(**given)
        bound.apply_defaults()
        return drawn(get_language(), *bound.arguments.values())

    register.simple_tag(draw)
    return draw


@component
def alert(
    *, text: Text, kind: str = "info", title: Text = "", url: str = "", link: Text = "", live: bool = False
) -> None:
    """``kind``: info, success, warning, danger or error. ``url`` and ``link``: where to go next and the words for it.
    ``live``: announced when it appears."""


@drawn_once
def avatar(*, face: Any, large: bool = False) -> None:
    """A person, a group or a place as a small sign; decoration, the name always stands beside it.

    ``face``: a ``dkbm.core.faces.Face``. ``large``: on a page of its own."""


@component
def block_header(*, title: Text, id: str = "", url: str = "", link: Text = "", level: int = 2) -> None:
    """Head of a ``.block``: heading, and one link at its right."""


@component
def breadcrumbs(*, crumbs: Any) -> None:
    """``crumbs``: list with ``.label`` and ``.url``; the page itself is not in it, its h1 follows directly."""


@component
def confirm_form(
    *,
    title: Text,
    text: Text,
    label: Text,
    back_url: str,
    back_label: Text = "",
    action: str = "",
    danger: bool = False,
    form: Any = None,
) -> None:
    """Ask before something that cannot be taken back; a page of its own, so that it works without JavaScript.

    ``action``: where it is sent to, by default this page. ``label``: of the button. ``form``: further fields, such as a
    reason.
    """


@component
def contact_card(*, contact: Any, title: Text = "", confirmed: Any = None, note: Text = "", anchor: str = "") -> None:
    """Whom to call.

    ``contact``: ``.name``, ``.function``, ``.organisation``, ``.phone``, ``.email``, ``.website``, each may be empty;
    also ``.face``, ``.unit`` and ``.place`` instead of the organisation, ``.person_url``, ``.write_url``.
    ``confirmed``: date on which the contact confirmed the entry. ``anchor``: the id to jump to.
    """


@component
def date_row(*, start: Any, title: Text, url: str, note: Text = "", precision: str = "day") -> None:
    """One date in a list. ``start``: date or datetime. ``note``: place, seats, "Sie sind angemeldet"."""


@drawn_once
def day_block(*, day: Any, precision: str = "day", alone: bool = False) -> None:
    """A day as one block. ``precision``: "month" or "year" where no more is known. ``alone``: it is read out, for
    nothing beside it says the date in words."""


@component
def district_map(*, coloured: Any) -> None:
    """Picture, legend, and all of it again as a table. ``coloured``: a ``dkbm.core.maps.coloured.ColouredMap``."""


@component
def empty_state(*, title: Text, text: Text = "", url: str = "", label: Text = "", level: int = 3) -> None:
    """Nothing here yet, and what to do next: ``url`` and ``label``. ``level``: of the heading, 2 or 3."""


@component
def numbered_map(*, coloured: Any, list_id: str) -> None:
    """Picture with its numbers, and legend; the same numbers stand in a list of the page, ``list_id``, which is its own
    way to them. ``coloured``: a ``dkbm.core.maps.coloured.ColouredMap``. Drawn anew each time: what is shown hangs on
    what somebody has typed, and that is not kept.
    """


@component
def error_id(*, id: str) -> None:
    """The number of a failed request, as it stands in the log; nothing where there is none."""


@component
def form_errors(*, form: Any) -> None:
    """What to mend, with links to the fields; stands above the form. ``{{ form }}`` brings it along."""


@component
def map_source(*, what: Text = "") -> None:
    """The line that the licence of the outlines asks for: beside each map, and for all small outlines in the foot.
    ``what``: words for these."""


@component
def messages(*, messages: Any) -> None:
    """What just happened: ``django.contrib.messages``. ``extra_tags="draft:KEY"`` says that the draft KEY was sent."""


@component
def pager(*, page: Any, request: Any, label: Text = "", param: str = "seite", seen: str = "") -> None:
    """``page``: Django's. ``request``: its query string is kept. ``label``: what is paged, "Beiträge".

    ``seen``: what whoever goes on has read, passed on as ``gelesen``."""


@component
def long_pager(*, next: Any, is_first: bool, request: Any, label: Text) -> None:
    """For lists without page numbers. ``next``: where the rest begins (``ab``), none at the end."""


@component
def person_line(
    *,
    person: Any,
    function: Text = "",
    organisation: Text = "",
    url: str = "",
    organisation_url: str = "",
    note: Text = "",
) -> None:
    """One person in a list. ``person``: ``.display_name``, ``.face``. ``url``, ``organisation_url``: where the name and
    the Kommune lead."""


@component
def place_map(*, place: Any) -> None:
    """``place``: a ``dkbm.core.maps.place.PlaceMap``, or none; the name of the place stands beside it anyway."""


@component
def seats(*, seats: int | None, taken: int, waiting: int = 0) -> None:
    """How full it is, in a sentence. ``seats``: none for no limit. ``waiting``: length of the waiting list."""


@component
def who(*, card: Any, named: bool = True, with_function: bool = True, strong: bool = False) -> None:
    """A person in a sentence: name, function, Kommune. Name and Kommune are links where they have a page.

    ``card``: ``.name``, ``.url``, ``.own_function``, ``.organisation``, ``.organisation_url``. ``named``: False for who
    may not know the name. ``strong``: the name is what one looks for.
    """


@drawn_once
def icon(*, name: str) -> None:
    """A sign before its word, never without it. ``name``: of a symbol in ``icons.svg``, such as ``art-angebot``."""


@component
def picture(*, picture: Any, sizes: str = "100vw", lazy: bool = True, sign: str = "") -> None:
    """The one way in which pages show pictures: with their size, so that nothing moves when they come.

    ``picture``: a ``dkbm.cms.showing.ShownPicture``; without one ``sign`` (of ``icons.svg``) is drawn in its place, or
    nothing. ``sizes``: how wide it stands. ``lazy``: False for what is seen at once.
    """


@drawn_once
def spot(*, spot: Any) -> None:
    """A Land with a dot, beside the name of a place. ``spot``: a ``dkbm.core.maps.place.Spot``; none: nothing."""
