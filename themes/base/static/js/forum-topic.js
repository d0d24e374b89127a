// New posts of the topic appear while it is open: `[data-posts]`, filled by what parts.js finds no place for.
//
// Nothing that somebody reads is moved: posts wait behind a button unless the end of the page is in view and nobody is
// writing.
const list = document.querySelector("[data-posts]");
const live = list.closest("[data-live]");
const button = live.querySelector("[data-show-posts]");
const state = live.querySelector("[data-parts-state]");
const waiting = new Map(); // id -> article

const idOf = (article) => Number(article.dataset.part.split(":")[1]);
const shown = () => [...list.querySelectorAll('[data-part^="post:"]')]; // other parts stand within them
const hasLater = "later" in list.dataset;
const say = (text) => {
  if (state.textContent !== text) state.textContent = text;
};

function endIsInView() {
  const last = shown().at(-1);
  const writing = document.activeElement?.closest(".write");
  return !hasLater && !writing && (!last || last.getBoundingClientRect().bottom <= window.innerHeight);
}

function insert(article) {
  const next = shown().find((other) => idOf(other) > idOf(article));
  if (next) next.before(article);
  else list.append(article);
  article.classList.add("fresh");
}

// A change of what stands on another page.
function isElsewhere({ dataset: { page, number } }) {
  return Number(page) < Number(list.dataset.page) || (hasLater && Number(number) <= Number(list.dataset.newest));
}

function take(article) {
  if (isElsewhere(article)) return;
  document.dispatchEvent(new CustomEvent("news:count", { detail: { more: 1 } }));
  if (waiting.size || !endIsInView()) waiting.set(idOf(article), article);
  else {
    insert(article);
    say("Ein neuer Beitrag ist erschienen.");
  }
}

function offer() {
  button.parentElement.hidden = waiting.size === 0;
  if (!waiting.size) return;
  const what = waiting.size === 1 ? "1 neuen Beitrag" : `${waiting.size} neue Beiträge`;
  const text = hasLater ? `${what} auf der letzten Seite anzeigen` : `${what} anzeigen`;
  if (button.textContent === text) return;
  button.textContent = text;
  say(waiting.size === 1 ? "Ein neuer Beitrag ist da." : `${waiting.size} neue Beiträge sind da.`);
}

function show() {
  const articles = [...waiting.values()].sort((a, b) => idOf(a) - idOf(b));
  if (hasLater) return location.assign(`?seite=${articles[0].dataset.page}#${articles[0].id}`);
  waiting.clear();
  articles.forEach(insert);
  offer();
  say("");
  articles[0]?.focus();
}

button.addEventListener("click", show);
live.addEventListener("part:taken", offer);
live.addEventListener("part:new", ({ detail }) => {
  if (detail.dataset.part.startsWith("post:")) take(detail);
  // It stands above the posts: put in, it would move what somebody reads.
  if (detail.dataset.part.startsWith("poll:")) {
    live.querySelector("[data-new-poll]").hidden = false;
    say("Eine neue Umfrage ist da.");
  }
});
