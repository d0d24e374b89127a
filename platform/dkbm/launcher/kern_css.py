"""Cut KERN's stylesheet down to what our pages use.

KERN delivers 340 KB of CSS; we use its form, alert and table components. Rules are kept by their class names,
custom properties by who refers to them. Pictures inside the CSS become files, because our content security
policy allows no `data:` addresses. The stylesheet is machine-made and regular: no CSS parser needed.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

KEPT_CLASSES = (
    "kern-form-input",
    "kern-form-check",
    "kern-fieldset",
    "kern-label",
    "kern-hint",
    "kern-error",
    "kern-alert",
    "kern-title",
    "kern-table",
    "kern-sr-only",
    "kern-icon",
    "kern-icon--info",
    "kern-icon--success",
    "kern-icon--warning",
    "kern-icon--danger",
)
# Variants of the classes above that no template of ours uses.
DROPPED = re.compile(
    r"--width-|kern-title--|kern-label--|kern-sr-only-mobile|kern-dropdown|kern-card|kern-dialog|kern-accordion|"
    r"kern-(form-input|table)[a-z_-]*--(small|striped|responsive)|kern-dark|kern-level|^\*"
)
# One theme for now: the light one becomes the root, the dark one and the automatic switch go.
LIGHT_THEME = "[data-kern-theme=light],.kern-light"
CONTEXT_PREFIX = ":is(body,"
DATA_URL = re.compile(r"url\(\"data:image/svg\+xml,(?P<svg>[^\"]*)\"\)")

Block = tuple[str, str]


def blocks(css: str) -> Iterator[Block]:
    """The top-level `head { body }` pairs of a stylesheet."""
    depth, start, head = 0, 0, ""
    for found in re.finditer(r"[{}]|;", css):
        mark = found.group()
        if mark == "{":
            if depth == 0:
                head, start = css[start : found.start()].strip(), found.end()
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0:
                yield head, css[start : found.start()].strip()
                start = found.end()
        elif depth == 0:  # @charset and the like
            start = found.end()


def split_selectors(head: str) -> list[str]:
    """Split at the commas that are not inside parentheses."""
    return [part.strip() for part in re.split(r",(?![^()]*\))", head) if part.strip()]


def is_wanted(selector: str) -> bool:
    if DROPPED.search(selector):
        return False
    names = set(re.findall(r"\.(kern-[a-z0-9-]+)", selector))
    return bool(names) and all(_is_kept(name) for name in names)


def _is_kept(name: str) -> bool:
    if name.startswith("kern-icon"):
        return name in KEPT_CLASSES
    return name.split("--")[0].split("__")[0] in KEPT_CLASSES


def keep_rules(css: str) -> list[Block]:
    kept: list[Block] = []
    for head, body in blocks(css):
        if head.startswith("@media") and "prefers-color-scheme" not in head:
            inner = keep_rules(body)
            inner = [rule for rule in inner if not rule[0].startswith(":root")]
            if inner:
                kept.append((head, "".join(f"{h}{{{b}}}" for h, b in inner)))
        elif head.startswith("@"):
            continue
        elif head == ":root" or re.sub(r"\s", "", head) == LIGHT_THEME:
            kept.append((":root", body))
        elif head.startswith(CONTEXT_PREFIX):
            kept.append(("body", body))
        elif body and (selectors := [part for part in split_selectors(head) if is_wanted(part)]):
            kept.append((",".join(selectors), body))
    return kept


def declarations(body: str) -> list[tuple[str, str]]:
    pairs = []
    for part in re.split(r";(?![^(]*\))", body):
        name, colon, value = part.partition(":")
        if colon:
            pairs.append((name.strip(), value.strip()))
    return pairs


def used_names(text: str) -> set[str]:
    return set(re.findall(r"var\(\s*(--kern-[a-z0-9-]+)", text))


def prune_properties(rules: list[Block], also_used_in: Iterable[str], defined_by_us: set[str]) -> list[Block]:
    """Drop the custom properties that nothing refers to, and those that our own tokens set anyway."""
    values: dict[str, set[str]] = {}
    needed: set[str] = set()
    for text in also_used_in:
        needed |= used_names(text)
    for head, body in rules:
        if head in (":root", "body"):
            for name, value in declarations(body):
                if name.startswith("--"):
                    values.setdefault(name, set()).update(used_names(value))
        else:
            needed |= used_names(body)
    waiting = list(needed)
    while waiting:
        name = waiting.pop()
        if name in defined_by_us:
            continue
        for further in values.get(name, set()) - needed:
            needed.add(further)
            waiting.append(further)
    result: list[Block] = []
    for head, body in rules:
        if head not in (":root", "body"):
            result.append((head, body))
            continue
        last = {name: value for name, value in declarations(body) if name in needed and name not in defined_by_us}
        if last:
            result.append((head, ";".join(f"{name}:{value}" for name, value in last.items())))
    return result


def extract_pictures(css: str, folder: str) -> tuple[str, dict[str, bytes]]:
    """Turn `url("data:image/svg+xml,…")` into files; returns the new CSS and name -> content."""
    pictures: dict[str, bytes] = {}

    def to_file(found: re.Match[str]) -> str:
        svg = unquote_to_bytes(found["svg"])
        name = f"{hashlib.sha256(svg).hexdigest()[:10]}.svg"
        pictures[name] = svg
        return f'url("{folder}/{name}")'

    return DATA_URL.sub(to_file, css), pictures


def squeeze(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,])\s*", r"\1", css).replace(";}", "}").strip()


def reduce_kern(css: str, own_css: Iterable[str], defined_by_us: set[str]) -> tuple[str, dict[str, bytes]]:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    rules = prune_properties(keep_rules(css), own_css, defined_by_us)
    text = "\n".join(squeeze(f"{head}{{{body}}}") for head, body in rules)
    return extract_pictures(text, "icons")
