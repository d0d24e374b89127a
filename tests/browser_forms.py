"""What a browser sends back of a form that it was shown."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag


def form_in(answer: Any) -> dict[str, Any]:
    """Names and values of the page's largest form that is sent by POST, untouched; buttons left out."""
    forms = BeautifulSoup(answer.content, "html.parser").select('form[method="post" i]')
    return values_of(max(forms, key=lambda form: len(form.select("[name]"))))


def values_of(form: Tag) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for each in form.select("input[name], textarea[name], select[name]"):
        name = str(each["name"])
        if each.has_attr("disabled") or name == "csrfmiddlewaretoken":
            continue
        if each.name == "textarea":
            found: Any = each.text.removeprefix("\n")
        elif each.name == "select":
            found = _chosen(each)
        elif each.get("type") in {"checkbox", "radio"}:
            if not each.has_attr("checked"):
                continue
            found = each.get("value", "on")
        elif each.get("type") in {"file", "submit", "button"}:
            continue
        else:
            found = each.get("value", "")
        if each.get("type") == "checkbox" or (each.name == "select" and each.has_attr("multiple")):
            values.setdefault(name, []).extend(found if isinstance(found, list) else [found])
        else:
            values[name] = found
    return values


def _chosen(select: Tag) -> Any:
    options = [str(each.get("value", each.text)) for each in select.select("option[selected]")]
    if select.has_attr("multiple"):
        return options
    first = select.select_one("option")
    return options[0] if options else str(first.get("value", first.text)) if first else ""
