// Proposes while one types in a search box, `form[data-suggest="address"]`: an editable combobox with a list
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). What is chosen is opened; Enter without a choice searches.
const WAIT = 150;
const SHORTEST = 2;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function propose(form, number) {
  const field = form.querySelector("input[type=search]");
  const list = make("ul", { role: "listbox", id: `vorschlaege-${number}`, "aria-label": "Vorschläge", class: "words-proposed" });
  const said = make("p", { role: "status", class: "kern-sr-only" });
  list.hidden = true;
  form.append(list, said);
  for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
    "aria-controls": list.id, "aria-expanded": "false" })) field.setAttribute(name, value);
  let active = -1;
  let timer = 0;
  let asking = null;
  let found = [];
  let typed = field.value;

  const mark = (place) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    field.value = option ? found[active].text : typed;
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const close = () => {
    active = -1;
    found = [];
    field.removeAttribute("aria-activedescendant");
    list.hidden = true;
    list.replaceChildren();
    said.textContent = "";
    field.setAttribute("aria-expanded", "false");
  };
  const stop = () => {
    clearTimeout(timer);
    asking?.abort();
    close();
  };
  const show = (suggestions) => {
    close();
    if (!suggestions.length || document.activeElement !== field) return;
    found = suggestions;
    list.append(...found.map(({ text, kind }, place) => make("li", { role: "option", id: `${list.id}-${place}`, "aria-selected": "false" },
      text, make("span", { class: "meta" }, ` ${kind}`))));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    said.textContent = found.length === 1 ? "1 Vorschlag" : `${found.length} Vorschläge`;
  };
  const ask = async () => {
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: typed })}`, { signal: asking.signal });
      show(answer.ok ? (await answer.json()).suggestions : []);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no network: the box goes on without
    }
  };
  const open = (place) => {
    const { text, url } = found[place];
    field.value = text;
    stop();
    window.location.assign(url);
  };

  field.addEventListener("input", () => {
    typed = field.value;
    clearTimeout(timer);
    asking?.abort();
    if (typed.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    const count = found.length;
    if (event.isComposing || !count) return;
    if (event.key === "ArrowDown") mark(active + 1 < count ? active + 1 : -1);
    else if (event.key === "ArrowUp") mark(active < 0 ? count - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) open(active);
    else if (event.key === "Escape") {
      field.value = typed;
      stop();
    } else return;
    event.preventDefault();
  });
  field.addEventListener("blur", stop);
  form.addEventListener("submit", stop);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) open([...list.children].indexOf(option));
  });
}

document.querySelectorAll("form[data-suggest]").forEach(propose);
