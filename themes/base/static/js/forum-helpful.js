// "Hilfreich" at each post, `[data-helpful]` with the post's id. What is sent to all readers holds no form: it comes from
// `template[data-helpful-form]`, and what the reader has said of a post stays when the post is replaced.
const template = document.querySelector("template[data-helpful-form]");
const live = document.querySelector("[data-live]");
const said = new Map(); // id of the post -> finds it helpful
let pending = null;

function draw(form, isSet) {
  form.querySelector("button").setAttribute("aria-pressed", String(isSet));
  form.elements.wert.value = isSet ? "" : "1";
}

function fill(slot) {
  const { helpful: id } = slot.dataset;
  let form = slot.querySelector("form");
  if (form && !said.has(id)) said.set(id, form.elements.wert.value === "");
  if (!form) {
    slot.append(template.content.cloneNode(true));
    form = slot.querySelector("form");
    form.elements.beitrag.value = id;
  }
  draw(form, said.get(id) ?? false);
}

// Not before something is sent to this page: of the own posts the first page has no button.
const fillAll = (root) => root.querySelectorAll?.("[data-helpful]").forEach(fill);
document.querySelectorAll("[data-helpful] form").forEach((form) => fill(form.parentElement));

document.addEventListener("part:shown", ({ target }) => fillAll(target));
new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(fillAll))).observe(
  document.querySelector("[data-posts]"),
  { childList: true },
);

document.addEventListener("submit", ({ target }) => {
  if (target.closest("[data-helpful]")) pending = { id: target.closest("[data-helpful]").dataset.helpful, isSet: target.elements.wert.value === "1" };
});
live.addEventListener("live:done", () => {
  if (!pending) return;
  said.set(pending.id, pending.isSet);
  document.querySelectorAll(`[data-helpful="${pending.id}"]`).forEach(fill);
  pending = null;
});
