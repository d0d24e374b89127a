// Whom one may name is offered while one types `@An…` in a `textarea[data-mentions]`, the address that knows them.
//
// Arrow keys choose, Enter or Tab takes, Escape closes; without a script one types the name.
const WAIT = 200;
const TYPED = /(?:^|[\s(„"'])@([\p{L}\p{N}][\p{L}\p{N}.'’/*:-]*(?: [\p{L}\p{N}.'’()-]*){0,3})?$/u;

const list = document.createElement("ul");
list.id = "mentions";
list.className = "mentions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Vorschläge");
list.hidden = true;
const place = document.createElement("div");
place.className = "mention-place";
const state = document.createElement("p");
state.className = "kern-sr-only";
state.setAttribute("role", "status");

let field = null;
let timer = 0;
let asked = 0;
let nobody = null; // what was typed when nobody was found: nobody is either once more is typed

const options = () => [...list.children];
const chosen = () => list.querySelector("[aria-selected=true]");
const typedIn = (area) => TYPED.exec(area.value.slice(0, area.selectionStart))?.[1];

function close() {
  asked += 1;
  clearTimeout(timer);
  list.hidden = true;
  state.textContent = "";
  field?.removeAttribute("aria-activedescendant");
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option.id);
}

function show(found) {
  list.replaceChildren(...found.map(({ text, note }, number) => {
    const option = document.createElement("li");
    option.id = `mention-${number}`;
    option.dataset.text = text;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("b");
    name.textContent = text;
    option.append(name, note && ` ${note}`);
    return option;
  }));
  list.hidden = !found.length;
  if (list.hidden) return close();
  state.textContent = found.length === 1 ? "1 Vorschlag, Eingabetaste übernimmt." : `${found.length} Vorschläge, Pfeiltasten wählen.`;
  choose(options()[0]);
}

async function ask(area) {
  const typed = typedIn(area);
  if (typed === undefined && !/(?:^|\s)@$/.test(area.value.slice(0, area.selectionStart))) return close();
  if (nobody !== null && typed?.startsWith(nobody)) return close();
  const mine = (asked += 1);
  const answer = await fetch(`${area.dataset.mentions}?${new URLSearchParams({ anfang: typed ?? "" })}`);
  if (!answer.ok || mine !== asked) return;
  const { suggestions } = await answer.json();
  nobody = suggestions.length || !typed ? null : typed;
  if (mine === asked) show(suggestions);
}

function take(option) {
  const start = field.value.slice(0, field.selectionStart).lastIndexOf("@");
  const text = `${option.dataset.text} `;
  field.focus();
  field.setSelectionRange(start, field.selectionStart);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  close();
}

function open(area) {
  if (field === area && place.isConnected && place.previousElementSibling === area) return;
  field = area;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  place.append(list, state);
  field.after(place);
}

document.addEventListener("input", ({ target, inputType }) => {
  if (!target.matches?.("textarea[data-mentions]")) return;
  open(target);
  clearTimeout(timer);
  if (inputType === "insertLineBreak") return close();
  timer = setTimeout(() => ask(target).catch(close), WAIT);
});

document.addEventListener("keydown", (event) => {
  if (list.hidden || event.target !== field || event.isComposing) return;
  const all = options();
  const at = all.indexOf(chosen());
  const { key } = event;
  if (key === "ArrowDown") choose(all[(at + 1) % all.length]);
  else if (key === "ArrowUp") choose(all[(at - 1 + all.length) % all.length]);
  else if (key === "Enter" || (key === "Tab" && !event.shiftKey)) take(chosen());
  else if (key === "Escape") close();
  else return;
  event.preventDefault();
});

list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
list.addEventListener("click", ({ target }) => target.closest("li") && take(target.closest("li")));
document.addEventListener("focusout", ({ target }) => target === field && close());
