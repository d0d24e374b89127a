// Proposes words while one types several of a list, with commas between: an editable combobox with a list
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). What is sent stays the text in the field.
const MOST = 50;

const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[–—‑]/g, "-").trim();

// The word at the caret, between its commas.
function around(field) {
  const caret = field.selectionStart ?? field.value.length;
  const start = field.value.lastIndexOf(",", caret - 1) + 1;
  const comma = field.value.indexOf(",", caret);
  return { start, end: comma < 0 ? field.value.length : comma };
}

function fitting(words, field) {
  const { start, end } = around(field);
  const typed = fold(field.value.slice(start, end));
  const others = `${field.value.slice(0, start)},${field.value.slice(end)}`.split(",").map(fold);
  const free = words.filter((word) => !others.includes(fold(word)) && fold(word).includes(typed));
  const begins = (word) => fold(word).startsWith(typed);
  return [...free.filter(begins), ...free.filter((word) => !begins(word))].slice(0, MOST);
}

function make(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function propose(root) {
  const field = root.querySelector("input");
  const words = [...root.querySelectorAll("[data-word]")].map((each) => each.textContent);
  const label = field.labels[0]?.textContent.trim() ?? "";
  const list = make("ul", { role: "listbox", id: `${field.id}_proposed`, "aria-label": label });
  const said = make("p", { role: "status" });
  list.className = "words-proposed";
  said.className = "kern-sr-only";
  list.hidden = true;
  field.after(list, said);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let active = -1;

  const mark = (place) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const close = () => {
    mark(-1);
    list.hidden = true;
    list.replaceChildren();
    said.textContent = "";
    field.setAttribute("aria-expanded", "false");
  };
  const open = () => {
    const found = fitting(words, field);
    mark(-1);
    if (!found.length) return close();
    list.replaceChildren(...found.map((word, place) => {
      const option = make("li", { role: "option", id: `${list.id}_${place}`, "aria-selected": "false" });
      option.textContent = word;
      return option;
    }));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    said.textContent = found.length === 1 ? "1 Vorschlag" : `${found.length} Vorschläge`;
  };
  const take = (option) => {
    const { start, end } = around(field);
    const before = field.value.slice(0, start);
    const after = field.value.slice(end).replace(/^,\s*/, "");
    const taken = `${before}${before && " "}${option.textContent}, `;
    field.value = taken + after;
    field.setSelectionRange(taken.length, taken.length);
    close();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const step = (by) => {
    if (list.hidden) open();
    const count = list.children.length;
    if (count) mark(active < 0 && by < 0 ? count - 1 : (active + by + count) % count);
  };

  field.addEventListener("input", () => {
    const { start, end } = around(field);
    if (field.value.slice(start, end).trim()) open();
    else close();
  });
  field.addEventListener("keydown", (event) => {
    const option = list.children[active];
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && option) take(option);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

document.querySelectorAll("[data-words]").forEach(propose);
