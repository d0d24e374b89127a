// A `form[data-act]` inside of `[data-live]` goes over the socket (live.js) while that is up; by POST otherwise, and when no
// answer comes. What it does is called by its field `do`, and may arrive twice.
//
// `live:done` on the element (detail: a sentence) says that it worked; why it did not stands below the form.
const ANSWER_WITHIN = 8000;

const waiting = new Map(); // id -> form, its button, timer
const byPost = new WeakSet();
let sent = 0;

function valuesOf(form, button) {
  const values = {};
  for (const [name, value] of new FormData(form, button)) {
    if (name === "csrfmiddlewaretoken" || typeof value !== "string") continue;
    values[name] = name in values ? [values[name], value].flat() : value;
  }
  return values;
}

function forget(id) {
  const sending = waiting.get(id);
  clearTimeout(sending?.timer);
  waiting.delete(id);
  return sending;
}

function post(id) {
  const { form, button } = forget(id);
  byPost.add(form);
  if (form.isConnected) form.requestSubmit(button);
}

function refuse(form, text) {
  const line = form.querySelector("[data-refusal]") ?? document.createElement("p");
  line.dataset.refusal = "";
  line.setAttribute("role", "alert");
  form.append(line);
  line.textContent = text;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const live = form.closest("[data-live]");
  if (!live || !("act" in form.dataset) || byPost.has(form)) return;
  if ([...waiting.values()].some((sending) => sending.form === form)) return event.preventDefault();
  const { do: what, ...values } = valuesOf(form, event.submitter);
  const id = String((sent += 1));
  const detail = { do: what, with: values, id };
  if (live.dispatchEvent(new CustomEvent("live:send", { detail, bubbles: true, cancelable: true }))) return;
  event.preventDefault();
  waiting.set(id, { form, button: event.submitter, timer: setTimeout(post, ANSWER_WITHIN, id) });
});

document.addEventListener("live:answer", ({ target, detail: { type, id, text } }) => {
  const sending = waiting.has(id) && forget(id);
  if (!sending) return;
  if (type === "refused") refuse(sending.form, text);
  else target.dispatchEvent(new CustomEvent("live:done", { detail: text, bubbles: true }));
});

document.addEventListener("live:lost", () => [...waiting.keys()].forEach(post));
