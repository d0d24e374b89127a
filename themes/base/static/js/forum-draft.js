// What somebody types into a `form[data-draft-url]` is kept on the server too, so that it is there on other devices and
// after the session was lost. `draft.js` keeps it on this device, at once and without the network.
const WAIT = 2500;
const MOST_AT_THE_END = 60000; // what a browser sends along while the page is left

const timers = new Map(); // form -> timer
const sent = new WeakSet();

function lineOf(form) {
  const field = form.querySelector("textarea[name=text]");
  const known = field.parentElement.querySelector(".draft-state");
  if (known) return known;
  const line = document.createElement("p");
  line.className = "draft-state";
  line.setAttribute("role", "status");
  field.after(line);
  return line;
}

async function save(form, keepalive = false) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  if (sent.has(form)) return;
  const body = new URLSearchParams(new FormData(form));
  if (keepalive && body.toString().length > MOST_AT_THE_END) return;
  const answer = await fetch(form.dataset.draftUrl, { method: "POST", body, keepalive });
  const { saved, refused } = await answer.json();
  if (!form.isConnected || sent.has(form)) return;
  if (saved) lineOf(form).textContent = `Entwurf gespeichert um ${saved}`;
  else if (refused) lineOf(form).textContent = refused;
}

const quietly = (form, keepalive) => save(form, keepalive).catch(() => {}); // the device has it

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.draftUrl) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(quietly, WAIT, form));
});

document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.dataset.draftUrl) return;
  if (submitter?.name === "vorschau") return quietly(target, true);
  clearTimeout(timers.get(target));
  timers.delete(target);
  sent.add(target);
});

window.addEventListener("pageshow", ({ persisted }) => persisted && document.querySelectorAll("form").forEach((form) => sent.delete(form)));
window.addEventListener("pagehide", () => [...timers.keys()].forEach((form) => quietly(form, true)));
