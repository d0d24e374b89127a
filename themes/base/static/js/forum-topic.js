// New, changed and deleted posts of the topic appear while it is open: `[data-posts]` inside of `[data-live]` (live.js).
//
// Nothing that somebody reads is moved: posts wait behind a button unless the end of the page is in view and nobody is
// writing. The topic's revision counts changes one by one; after a gap everything since is fetched.
const AGAIN_AFTER = 15000; // after a break senders notice only after a while that the way is free again

const list = document.querySelector("[data-posts]");
const live = list.closest("[data-live]");
const button = live.querySelector("[data-show-posts]");
const state = live.querySelector("[data-posts-state]");
const waiting = new Map(); // id -> article
let revision = Number(list.dataset.revision);
let fetching = null;
let again = false;
let connected = false;

const idOf = (article) => Number(article.dataset.post);
const shown = () => [...list.querySelectorAll("[data-post]")];
const hasLater = "later" in list.dataset;
const say = (text) => {
  if (state.textContent !== text) state.textContent = text;
};

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

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
  const old = list.querySelector(`[data-post="${idOf(article)}"]`);
  if (old) old.replaceWith(article);
  else if (isElsewhere(article)) return;
  else if (waiting.size || !endIsInView()) waiting.set(idOf(article), article);
  else {
    insert(article);
    say("Ein neuer Beitrag ist erschienen.");
    tellRead();
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
  tellRead();
}

function tellRead() {
  const unseen = Math.min(...waiting.keys());
  const read = Math.max(...shown().map(idOf).filter((id) => id < unseen));
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const body = new URLSearchParams({ bis: read, csrfmiddlewaretoken: token || "" });
  fetch(list.dataset.read, { method: "POST", body }).catch(() => {}); // next visit says it anyway
}

async function load() {
  const query = new URLSearchParams({ stand: revision });
  const answer = await fetch(`${list.dataset.missed}?${query}`, { credentials: "same-origin" });
  if (!answer.ok) return;
  const part = parse(await answer.text()).querySelector("[data-part]");
  if (!part) return;
  [...part.querySelectorAll("[data-post]")].forEach(take);
  revision = Math.max(revision, Number(part.dataset.revision));
  again ||= "more" in part.dataset;
  offer();
}

// One at a time; what arrives meanwhile asks for one more.
function fetchMissed() {
  again = true;
  fetching ??= (async () => {
    while (again) {
      again = false;
      await load().catch(() => {}); // the next message or the next connection asks again
    }
    fetching = null;
  })();
}

function message(detail) {
  if (detail.type === "topic") return say(detail.text);
  if (detail.type !== "post" || detail.revision <= revision) return;
  const old = list.querySelector(`[data-post="${detail.id}"]`);
  // Buttons that only this reader has are not in what all get.
  const own = "acts" in list.dataset || old?.querySelector("[data-own]");
  if (detail.revision > revision + 1 || own || fetching) return fetchMissed();
  revision = detail.revision;
  take(parse(detail.html).querySelector("[data-post]"));
  offer();
}

function catchUp() {
  fetchMissed();
  if (connected) setTimeout(fetchMissed, AGAIN_AFTER);
  connected = true;
}

button.addEventListener("click", show);
live.addEventListener("live:message", (event) => message(event.detail));
live.addEventListener("live:fetch", catchUp);
