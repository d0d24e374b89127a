"""/verwaltung/funktionen/: the functions that people of the network can have, edited by its managers."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dkbm.accounts import rules
from dkbm.accounts.decorators import manager_required
from dkbm.accounts.domain import functions as domain
from dkbm.accounts.domain.queries.functions import function_rows, others_than, people_with
from dkbm.accounts.errors import FunctionRefusal
from dkbm.accounts.forms.managing import EditFunctionForm, FunctionForm, MergeFunctionForm
from dkbm.accounts.models import Function
from dkbm.accounts.views.management import management_page
from dkbm.cms.domain.edits import changers_of
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@manager_required
def functions(request: NetworkRequest) -> HttpResponse:
    """The list, and the form that adds one."""
    form = FunctionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            added = domain.add_function(label=form.cleaned_data["label"], visitor=request.visitor)
            messages.success(request, _("Die Funktion „%(label)s“ kann jetzt gewählt werden.") % {"label": added.label})
            return redirect("management:functions")
    rows = function_rows()
    context = {
        "offered": [row for row in rows if row.function.is_offered],
        "retired": [row for row in rows if not row.function.is_offered],
        "form": form,
    }
    return management_page(request, "functions", 422 if form.errors else 200, **context)


@page
@manager_required
def edit(request: NetworkRequest, function_id: int) -> HttpResponse:
    with held(_find(function_id), when=request.method == "POST") as function:
        form = _edit_form(request, function)
        if request.method == "POST" and form.is_valid():
            with form.refusals():
                domain.edit_function(function=function, visitor=request.visitor, **form.cleaned_data)
                messages.success(request, _("Die Funktion ist gespeichert."))
                return redirect("management:functions")
        context = {"function": function, "people": people_with(function), "form": form}
        context["may_end"] = rules.may_change_function(function, ends=True)
        return management_page(request, "function", 422 if form.errors else 200, **context)


def _edit_form(request: NetworkRequest, function: Function) -> EditFunctionForm:
    places = [each.pk for each in Function.objects.filter(merged_into=None)]
    return EditFunctionForm(
        request.POST or None,
        row=function,
        present={"label": function.label, "place": places.index(function.pk) + 1},
        changed_since=partial(changers_of, function, reader=request.user),
        last=len(places),
    )


@page
@manager_required
def merge(request: NetworkRequest, function_id: int) -> HttpResponse:
    function = _find(function_id)
    form = MergeFunctionForm(request.POST or None, others=others_than(function))
    decision = rules.may_change_function(function, ends=True)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            into = domain.merge_functions(function=function, visitor=request.visitor, **form.cleaned_data)
            names = {"label": function.label, "into": into.label}
            messages.success(request, _("„%(label)s“ ist jetzt „%(into)s“.") % names)
            return redirect("management:functions")
    context: dict[str, Any] = {"function": function, "people": people_with(function), "form": form}
    return management_page(request, "merge_function", 422 if form.errors else 200, decision=decision, **context)


@require_POST
@manager_required
def offer(request: NetworkRequest, function_id: int) -> HttpResponse:
    """``offered``: 1 or 0, so that a request sent twice does nothing the second time."""
    offered = request.POST.get("offered") == "1"
    try:
        function = domain.offer_function(function=_find(function_id), offered=offered, visitor=request.visitor)
    except FunctionRefusal as refusal:
        messages.error(request, refusal.reason)
    else:
        text = _("„%(label)s“ wird wieder angeboten.") if offered else _("„%(label)s“ wird nicht mehr angeboten.")
        messages.success(request, text % {"label": function.label})
    return redirect("management:functions")


def _find(function_id: int) -> Function:
    """One of the bound network's list; a merged one is not in it any more."""
    return get_object_or_404(Function.objects.filter(merged_into=None), pk=function_id)
