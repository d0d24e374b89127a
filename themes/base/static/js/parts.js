// Parts of a page, `data-part="kind:key"`, are replaced when they change: inside of `[data-live]` (live.js) with
// `data-revision` and `data-missed`, the address that gives the parts changed since a revision.
//
// The revision counts changes one by one; after a gap everything since is fetched. Nothing else moves: focus, what was
// typed and what was chosen stay. A part that is not on the page goes out as the event `part:new`, an answer of several
// parts ends with `part:taken`. `data-news` is a sentence to read out when it is another one than before.
const AGAIN_AFTER = 15000; // after a break senders notice only after a while that the way is free again

const live = document.querySelector("[data-live][data-missed]");
const state = live.querySelector("[data-parts-state]");
const ownKinds = (live.dataset.ownKinds || "").split(" ");
let revision = Number(live.dataset.revision);
let fetching = null;
let again = false;
let connected = false;
let news = "";

const kindOf = (name) => name.split(":")[0];
const numberOf = (element) => Number(element.dataset.part.split(":")[1]);
const find = (name) => document.querySelector(`[data-part="${CSS.escape(name)}"]`);
const say = (text) => {
  if (state.textContent !== text) state.textContent = text;
};

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

// The same field, link or button in the new element.
function twinOf(own, fresh) {
  const isChoice = own.type === "checkbox" || own.type === "radio";
  return [...fresh.querySelectorAll("a, button, input, select, textarea")].find((other) => {
    if (own.localName !== other.localName) return false;
    if (own.name) return own.name === other.name && (!isChoice || own.value === other.value);
    return own.href === other.href && own.textContent === other.textContent;
  });
}

// A text without a field any more goes to `[data-kept]`, to be read and copied under the name that stands there.
function keepText(field, fresh) {
  const place = fresh.querySelector("[data-kept]");
  if (!place) return;
  field.readOnly = true;
  field.setAttribute("aria-label", place.dataset.kept);
  field.removeAttribute("aria-describedby");
  place.querySelector("[data-kept-copy]")?.remove(); // what stands in the field is newer than its draft
  place.append(field);
  place.hidden = false;
}

function keepTyped(old, fresh) {
  for (const field of old.querySelectorAll("textarea[name], input[name]:not([type=hidden])")) {
    const twin = twinOf(field, fresh);
    if (field.type === "checkbox" || field.type === "radio") {
      if (twin && field.checked !== field.defaultChecked) twin.checked = field.checked;
    } else if (field.value.trim() && !twin) keepText(field, fresh);
    else if (field.value.trim()) {
      twin.value = field.value;
      twin.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function keepFocus(active, fresh, [start, end]) {
  const next = (fresh.contains(active) && active) || twinOf(active, fresh) || fresh;
  next.focus({ preventScroll: true });
  if (next.localName === "textarea" && start !== null) next.setSelectionRange(start, end);
}

function replace(old, fresh) {
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const selection = [active?.selectionStart ?? null, active?.selectionEnd ?? null];
  if (fresh.dataset.news && fresh.dataset.news !== old.dataset.news) news = fresh.dataset.news;
  old.replaceWith(fresh);
  fresh.dispatchEvent(new CustomEvent("part:shown", { bubbles: true })); // drafts and the like look at new fields
  keepTyped(old, fresh);
  if (active) keepFocus(active, fresh, selection);
}

function take(fresh) {
  const old = find(fresh.dataset.part);
  if (old) replace(old, fresh);
  else live.dispatchEvent(new CustomEvent("part:new", { detail: fresh }));
}

function takeAll(elements) {
  news = "";
  [...elements].sort((a, b) => numberOf(a) - numberOf(b)).forEach(take);
  live.dispatchEvent(new CustomEvent("part:taken"));
  if (news) say(news);
}

async function load() {
  const answer = await fetch(`${live.dataset.missed}?stand=${revision}`, { credentials: "same-origin" });
  if (answer.status === 410) return gone();
  if (!answer.ok) return;
  const parts = parse(await answer.text()).querySelector("[data-parts]");
  if (!parts) return;
  revision = Math.max(revision, Number(parts.dataset.revision));
  again ||= "more" in parts.dataset;
  takeAll(parts.children);
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

// Buttons that only this reader has are not in what all get, and some parts everybody gets another way.
function isPersonal({ part, html }) {
  const old = find(part);
  return html === undefined ? old !== null : ownKinds.includes(kindOf(part)) || old?.querySelector("[data-own]");
}

function gone() {
  say("Dieses Thema wurde gelöscht.");
}

function hear(detail) {
  if (detail.type === "gone") return gone();
  if (detail.type !== "parts" || detail.revision <= revision) return;
  if (detail.revision > revision + 1 || fetching || detail.parts.some(isPersonal)) return fetchMissed();
  revision = detail.revision;
  takeAll(detail.parts.filter(({ html }) => html).map(({ html }) => parse(html).firstElementChild));
}

live.addEventListener("live:message", (event) => hear(event.detail));
live.addEventListener("live:done", ({ detail }) => {
  fetchMissed();
  say(detail);
});
live.addEventListener("live:fetch", () => {
  fetchMissed();
  if (connected) setTimeout(fetchMissed, AGAIN_AFTER);
  connected = true;
});
