"""What becomes of words in a page, ordinary and very long ones: asked in the browser."""

from __future__ import annotations

LONG_WORD = "Bildungsberichterstattungskoordinierungsstellenleitungskonferenz"

NOT_TYPED = (
    "script, style, option, noscript, textarea, nav, time, "
    ".areas, .menu, .find, .skip, .site-foot, .kern-sr-only, .need, .count"
)
"""What nobody but us writes, or what is not shown."""

PARTED_WORDS = r"""() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest('script, style, option, noscript, textarea, a[href*="//"], code')) continue;
    for (const word of node.data.matchAll(/(?<![\p{L}.\/-])\p{L}{6,25}(?![\p{L}.\/-])/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      const lines = new Set(boxes.map((box) => Math.round(box.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return [...new Set(found)];
}"""
"""Ordinary words that go on in the next line without a hyphen."""

OUTSIDE_WITH_LONG_WORDS = """([word, notTyped]) => {
  const nodes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim().length > 3 && !node.parentElement.closest(notTyped)) nodes.push(node);
  }
  for (const node of nodes) node.data = word;
  const outside = (node) => {
    let box = node.parentElement;
    while (getComputedStyle(box).display.startsWith('inline')) box = box.parentElement;
    const range = document.createRange();
    range.selectNodeContents(node);
    const end = box.getBoundingClientRect().right + 1;
    return [...range.getClientRects()].some((line) => line.width > 1 && line.right > end) ? box : null;
  };
  const found = nodes.map(outside).filter((box) => box).map((box) => `${box.tagName}.${box.className}`);
  if (document.scrollingElement.scrollWidth > innerWidth) found.push(`page: ${document.scrollingElement.scrollWidth}`);
  return [...new Set(found)];
}"""
"""Puts a long word in the place of each text, and names the boxes that it leaves."""
