"""The ring around what has the focus covers no letter beside it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from dkbm.launcher import frontend

TOPIC = """<main class="narrow"><h1>Wer hat Muster?</h1>
<p class="meta" tabindex="-1">Frage von <b>Anna Verden</b> in <a href="#x">AG 1</a>, 3 Beiträge</p>
<article class="post" tabindex="-1"><header><span class="avatar">AV</span>
<div><p><b><a href="#x">Anna Verden</a></b></p>
<p class="meta"><span>Leitung, <a href="#x">Stadt Verden</a></span> <span>gestern um 9:12</span></p></div>
<span class="tag done">Hat geholfen</span></header>
<div class="text"><p>Ein Text mit <a href="#x">einem Verweis</a> mitten in der Zeile, der noch eine Zeile braucht,
damit man sieht, ob der Rahmen sie trifft, und <a href="#x">noch einem</a> in der nächsten.</p></div></article>
<article class="post answer" tabindex="-1"><header><span class="avatar">BO</span></header>
<div class="text"><p>Ja.</p></div>
</article></main>"""

TOUCHED = """() => [...document.querySelectorAll("a[href], [tabindex]")].flatMap((element) => {
  element.focus();
  const style = getComputedStyle(element);
  if (style.outlineStyle === "none") return [`no ring: ${element.outerHTML}`];
  const offset = parseFloat(style.outlineOffset), width = parseFloat(style.outlineWidth);
  const inner = [...element.getClientRects()];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const touched = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at += 1) {
      if (!/[\\p{L}\\p{N}]/u.test(node.data[at])) continue;
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect(), middle = (box.top + box.bottom) / 2;
      for (const rect of inner) {
        const beside = middle > rect.top && middle < rect.bottom;
        const within = element.contains(node);
        const out = offset + width;
        const met = box.right > rect.left - out && box.left < rect.right + out;
        if (beside && !within && met) touched.push(node.data[at]);
        if (beside && within && offset < 0 && box.left < rect.left - offset) touched.push(node.data[at]);
      }
    }
  }
  return touched.length ? [`${element.outerHTML.slice(0, 40)} covers ${touched.join("")}`] : [];
})"""


@pytest.mark.parametrize("width", [360, 1200])
def test_ring_on_a_topic_covers_no_letter(chromium: Browser, width: int) -> None:
    page: Any = chromium.new_page(viewport={"width": width, "height": 800})
    page.set_content(f"<html lang='de'><style>{site_css()}</style><body>{TOPIC}</body></html>")
    page.keyboard.press("Tab")
    assert page.evaluate(TOUCHED) == []
    page.close()


def site_css() -> str:
    return (frontend.TARGET / "site.css").read_text("utf-8")
