"""Every form of ours writes a whole row and says who has changed it since, or stands here with what it does instead."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.forms import BaseForm
from django.urls import get_resolver
from wagtail.admin.views.generic.models import EditView

from dkbm.cms.forms.rows import CmsRowForm, whole_row
from dkbm.cms.gate_lists import network_views
from dkbm.config import urls
from dkbm.core.whole_rows import WholeRowForm
from tests.architecture.imports_graph import own_sources, room_of

OURS = ("dkbm", "forum", "workgroups", "goodpractice")

MAKE = "makes a row that nobody else has open"
STEP = "one step with its reason or choice; the domain function asks whether it is still possible"
ASK = "asks for rows and writes none"
SIGN_IN = "one's own way in: password, address, link"
SEND = "sends a mail and writes no row that anybody edits"
PART = "a part of forms"
WRAPPED = "becomes one in the view, see cms.views.editing"

NO_WHOLE_ROW = {
    "dkbm.accounts.forms.contact": {"ContactForm": SEND},
    "dkbm.accounts.forms.founding": {"FoundingForm": MAKE},
    "dkbm.accounts.forms.messages": {"MessageForm": SEND},
    "dkbm.accounts.forms.entrance": dict.fromkeys(
        ["LoginForm", "ReauthenticateForm", "ResetPasswordForm", "NewPasswordForm", "ChangePasswordForm"], SIGN_IN
    ),
    "dkbm.accounts.forms.fields": {
        **dict.fromkeys(["NameFields", "PlaceFields", "GroupField", "TermsField"], PART),
        "ReasonForm": STEP,
    },
    "dkbm.accounts.forms.joining": {
        "PasswordFields": PART,
        **dict.fromkeys(["SignupForm", "JoinForm", "JoinWithPasswordForm"], MAKE),
        "ConfirmForm": SIGN_IN,
    },
    "dkbm.accounts.forms.managing": {
        **dict.fromkeys(["TrustedDomainForm", "FunctionForm"], MAKE),
        **dict.fromkeys(["RoleForm", "MergeFunctionForm", "AppointForm"], STEP),
    },
    "dkbm.cms.basepage.forms": {"NetworkPageForm": WRAPPED},
    "dkbm.core.forms": {"RefusableForm": PART},
    "dkbm.editorial.cms": {"PublicationForm": WRAPPED},
    "dkbm.glossary.cms": {"TermForm": WRAPPED},
    "dkbm.glossary.forms": {"WordForm": ASK},
    "dkbm.events.forms.editing": {"CallOffForm": STEP},
    "dkbm.notifications.forms": {
        **dict.fromkeys(["MailFilterForm", "TraceForm"], ASK),
        "SwitchForm": PART,
        **dict.fromkeys(["SwitchTopicForm", "SwitchGroupForm", "SwitchKindForm", "SwitchPauseForm"], STEP),
    },
    "dkbm.savedsearch.forms": {"NameForm": STEP},
    "dkbm.search.forms": {"SearchForm": ASK},
    "forum.forms": {
        **dict.fromkeys(["PostForm", "ReplyForm", "TopicForm", "PollForm", "DraftForm"], MAKE),
        **dict.fromkeys(["MarkForm", "ReasonForm", "TopicReasonForm", "HelpfulForm", "PollActForm", "VoteForm"], STEP),
    },
    "goodpractice.cms": {"ItemFilter": ASK, "ItemForm": WRAPPED},
    "goodpractice.forms": {"CatalogueForm": ASK},
    "workgroups.forms": {
        **dict.fromkeys(["SubgroupForm"], MAKE),
        **dict.fromkeys(["JoinForm", "RefuseForm", "CloseForm", "AddMemberForm", "RemoveForm"], STEP),
        **dict.fromkeys(["AnnouncementForm", "InviteForm"], SEND),
        **dict.fromkeys(["AmongPeople", "MailsForm"], PART),
    },
}


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def own_forms() -> dict[str, dict[str, type[Any]]]:
    """Module -> name -> class, of those that stand in a module."""
    found: dict[str, dict[str, type[Any]]] = {}
    for each in subclasses(BaseForm):
        module = each.__module__
        if module.split(".")[0] in OURS and getattr(sys.modules[module], each.__name__, None) is each:
            found.setdefault(module, {})[each.__name__] = each
    return found


def import_forms() -> None:
    for module in own_sources():
        if room_of(module) in {"forms", "cms", "views"}:
            import_module(module.removesuffix(".__init__"))


def test_labels_begin_like_sentences() -> None:
    import_forms()
    labels = {
        f"{name}.{field}": str(made.label or "")
        for forms in own_forms().values()
        for name, form in forms.items()
        for field, made in getattr(form, "base_fields", {}).items()
    }
    assert {name: label for name, label in labels.items() if label[:1].islower()} == {}


def test_every_form_is_one_or_says_why_not() -> None:
    import_forms()
    others = {
        module: {name for name, form in forms.items() if not issubclass(form, WholeRowForm)}
        for module, forms in own_forms().items()
    }
    expected = {module: set(forms) for module, forms in NO_WHOLE_ROW.items()}
    assert {module: names for module, names in others.items() if names and "demo" not in module} == expected


def views_that_edit() -> dict[str, type[Any]]:
    """Of `/cms/`, as far as a network's gate lets them through."""
    found = {}

    def walk(entries: list[Any], above: str) -> None:
        for entry in entries:
            if hasattr(entry, "url_patterns"):
                walk(entry.url_patterns, f"{above}{entry.namespace}:" if entry.namespace else above)
            elif f"{above}{entry.name}" in network_views():
                view = getattr(entry.callback, "view_class", None)
                if view is not None and issubclass(view, EditView):
                    found[f"{above}{entry.name}"] = view

    walk(get_resolver(urls.__name__).url_patterns, "")
    return found


def test_no_view_of_the_cms_goes_its_own_way() -> None:
    """What edits there stands on the base that holds the row; one that answers by itself would not."""
    views = views_that_edit()
    assert set(views) >= {
        "dkbm_catalogue:edit",
        "dkbm_glossary:edit",
        "dkbm_publications:edit",
        "wagtailadmin_collections:edit",
        "wagtailadmin_workflows:edit",
        "wagtailadmin_workflows:edit_task",
        "wagtaildocs:edit",
        "wagtailimages:edit",
        "wagtailredirects:edit",
        "wagtailsettings:edit",
    }
    assert {name for name, view in views.items() if view.post is not EditView.post} == set()
    assert hasattr(EditView.post, "__wrapped__")


def test_a_form_is_made_one_once() -> None:
    made = whole_row(own_forms()["goodpractice.cms"]["ItemForm"])
    assert issubclass(made, CmsRowForm)
    assert whole_row(made) is made
