"""axe-core, and what it finds on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dkbm.launcher.data_dir import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe, which the page has been given, finds: rule, selector of the element, and why; of ``rules`` alone."""
    options = {"runOnly": rules} if rules else {}
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(options).then(({violations}) => violations)", options
    )
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']} {node['html'][:200]}"
        for each in found
        for node in each["nodes"]
    ]
