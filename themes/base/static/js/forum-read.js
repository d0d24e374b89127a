// Posts count as read once they were on the screen for a moment, in a page that somebody has before them: `[data-posts]`
// with `data-read`, the address that takes their numbers, `data-unread` (as "3-7,9") and `data-shown`, the highest
// number that was ever on the screen. What comes while the page is open is above that.
const MOMENT = 700; // milliseconds
const TOGETHER = 1500; // what is read within this time is told at once
const MOST_OF_IT = 0.6; // of the post, or of the screen

const list = document.querySelector("[data-posts]");
const onScreen = new Map(); // article -> its timer
const unread = new Set(numbersIn(list.dataset.unread));
const read = new Set();
let shown = Number(list.dataset.shown);
let telling = 0;

function numbersIn(text) {
  return text.split(",").filter(Boolean).flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, step) => first + step);
  });
}

function seen(article) {
  const number = Number(article.dataset.number);
  if (!unread.delete(number) && number <= shown) return;
  shown = Math.max(shown, number);
  read.add(number);
  telling ||= setTimeout(tell, TOGETHER);
}

async function tell() {
  clearTimeout(telling);
  telling = 0;
  if (!read.size) return;
  const numbers = [...read];
  read.clear();
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const body = new URLSearchParams({ nummern: numbers.join(","), csrfmiddlewaretoken: token });
  try {
    const answer = await fetch(list.dataset.read, { method: "POST", body, keepalive: true });
    const count = answer.headers.get("News-Count");
    if (count !== null) document.dispatchEvent(new CustomEvent("news:count", { detail: { count: Number(count) } }));
  } catch {
    numbers.forEach((number) => read.add(number)); // told with the next ones
  }
}

function look(article) {
  clearTimeout(onScreen.get(article));
  onScreen.set(article, document.visibilityState === "visible" ? setTimeout(seen, MOMENT, article) : 0);
}

function leave(article) {
  clearTimeout(onScreen.get(article));
  onScreen.delete(article);
}

function isBeforeEyes({ isIntersecting, intersectionRatio, intersectionRect }) {
  return isIntersecting && (intersectionRatio >= MOST_OF_IT || intersectionRect.height >= window.innerHeight * MOST_OF_IT);
}

const observer = new IntersectionObserver(
  (entries) => entries.forEach((entry) => (isBeforeEyes(entry) ? look : leave)(entry.target)),
  { threshold: Array.from({ length: 21 }, (_, step) => step / 20) },
);

function watch(nodes) {
  for (const node of nodes) if (node.dataset?.number) observer.observe(node);
}

watch(list.children);
new MutationObserver((changes) => {
  for (const { addedNodes, removedNodes } of changes) {
    removedNodes.forEach((node) => leave(node));
    watch(addedNodes);
  }
}).observe(list, { childList: true });

document.addEventListener("visibilitychange", () => {
  [...onScreen.keys()].forEach(look);
  if (document.visibilityState === "hidden") tell();
});
window.addEventListener("pagehide", tell);

// Both are for browsers that cannot see what is on the screen.
document.querySelectorAll("[data-read-by-hand]").forEach((form) => form.remove());
document.querySelectorAll('.pager a[href*="gelesen="]').forEach((link) => {
  const url = new URL(link.href);
  url.searchParams.delete("gelesen");
  link.href = url;
});
