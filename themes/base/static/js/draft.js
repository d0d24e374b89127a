// What somebody writes is never lost: a `textarea data-draft="key"` is kept on this device until it was sent.
//
// The draft is put away under the signed-in person, on this host. Only a clear sign that it arrived removes it: an element
// `data-draft-sent="key"` in the answer.
const PREFIX = "entwurf:";
const DAYS = 60;

const storage = (() => {
  try {
    const probe = PREFIX + "probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null; // private window or switched off: writing works, keeping does not
  }
})();

const person = document.documentElement.dataset.person || "";
const nameOf = (key) => `${PREFIX}${person}:${key}`;

function read(key) {
  try {
    return JSON.parse(storage.getItem(nameOf(key)));
  } catch {
    return null;
  }
}

const forget = (key) => storage.removeItem(nameOf(key));

function sweep() {
  const oldest = Date.now() - DAYS * 24 * 3600 * 1000;
  for (const name of Object.keys(storage)) {
    if (!name.startsWith(PREFIX)) continue;
    try {
      if (JSON.parse(storage.getItem(name)).at < oldest) storage.removeItem(name);
    } catch {
      storage.removeItem(name);
    }
  }
}

const clearSent = () => document.querySelectorAll("[data-draft-sent]").forEach(({ dataset }) => forget(dataset.draftSent));

function stateLine(field) {
  const line = document.createElement("p");
  line.className = "draft-state";
  line.setAttribute("role", "status");
  field.after(line);
  return line;
}

// Shown in two tabs, a draft is sent once: the key by which the server knows the form goes with the text.
const keyOf = (field) => field.form?.elements.client_key;

function take(field, { text, key }) {
  field.value = text;
  if (key && keyOf(field)) keyOf(field).value = key;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function keep(field) {
  const key = field.dataset.draft;
  const line = stateLine(field);
  const initial = field.defaultValue;
  let timer = 0;

  const found = read(key);
  if (found && found.text && found.text !== field.value) {
    // What the server sent back after an error is newer than the draft; an empty or unchanged field is not.
    const ofServer = Number(field.dataset.draftSaved ?? 0);
    if (ofServer > found.at) offer(line, "Auf diesem Gerät liegt ein anderer Entwurf. ", "Diesen nehmen", () => take(field, found));
    else if (!field.hasAttribute("aria-invalid")) {
      take(field, found);
      offerDiscard(field, line, key, initial);
    }
  }

  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if (!field.value.trim() || field.value === initial) return forget(key);
    try {
      storage.setItem(nameOf(key), JSON.stringify({ text: field.value, at: Date.now(), key: keyOf(field)?.value }));
      const clock = new Date().toLocaleTimeString("de-DE", { hour: "numeric", minute: "2-digit" });
      line.textContent = `Entwurf auf diesem Gerät gespeichert um ${clock}`;
    } catch {
      line.textContent = "Der Entwurf konnte auf diesem Gerät nicht gespeichert werden.";
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 800);
  });
  window.addEventListener("pagehide", () => timer && save());
  field.form?.addEventListener("submit", () => timer && save());
}

function offer(line, sentence, label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "as-link";
  button.textContent = label;
  button.addEventListener("click", () => {
    line.textContent = "";
    act();
  });
  line.replaceChildren(sentence, button);
}

function offerDiscard(field, line, key, initial) {
  offer(line, "Ihr Entwurf von vorhin ist wieder da. ", "Entwurf verwerfen", () => {
    field.value = initial;
    forget(key);
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// The form is gone, as in a topic that was closed: what was written stands in `[data-kept]`, to be read and copied.
function showKept(place) {
  const found = read(place.dataset.keptDraft);
  if (!found?.text || place.querySelector("textarea")) return;
  const field = document.createElement("textarea");
  field.className = "kern-form-input__input";
  field.rows = 8;
  field.readOnly = true;
  field.value = found.text;
  field.setAttribute("aria-label", place.dataset.kept);
  const line = document.createElement("p");
  line.className = "draft-state";
  const copy = document.createElement("div");
  copy.dataset.keptCopy = "";
  copy.append(field, line);
  place.append(copy);
  place.hidden = false;
  offerDiscard(field, line, place.dataset.keptDraft, "");
}

if (storage) {
  sweep();
  clearSent();
  const keepAll = (root) => {
    root.querySelectorAll("textarea[data-draft]").forEach(keep);
    root.querySelectorAll("[data-kept-draft]").forEach(showKept);
  };
  keepAll(document);
  document.addEventListener("part:shown", (event) => keepAll(event.target));
}
