// Buttons of `[data-tools]` set the marks of Markdown in the text field behind them: around what is chosen
// (`data-around`), before each of its lines (`data-before`), or as the name of a link (`data-address`).
//
// One listener for the page, so that a form that was replaced meanwhile has them too.

function put(field, text, from, to) {
  field.focus();
  // The browser's own way keeps the step in what can be undone.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(from, to);
}

function around(field, mark, sample) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const chosen = value.slice(start, end);
  const inner = chosen.trim() || sample;
  const [lead, tail] = chosen.trim() ? [/^\s*/.exec(chosen)[0], /\s*$/.exec(chosen)[0]] : ["", ""];
  const from = start + lead.length + mark.length;
  put(field, lead + mark + inner + mark + tail, from, from + inner.length);
}

function before(field, mark) {
  const { value } = field;
  const start = value.slice(0, field.selectionStart).lastIndexOf("\n") + 1;
  const next = value.indexOf("\n", field.selectionEnd);
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const marked = lines.every((line) => line.startsWith(mark));
  const text = lines.map((line) => (marked ? line.slice(mark.length) : mark + line)).join("\n");
  const above = value.slice(0, Math.max(start - 1, 0)).split("\n").at(-1);
  // A list and a quotation begin after an empty line.
  const gap = !marked && above.trim() && !above.startsWith(mark) ? "\n" : "";
  field.setSelectionRange(start, end);
  put(field, gap + text, start + gap.length + text.length, start + gap.length + text.length);
}

function link(field, address, sample) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const chosen = value.slice(start, end).trim();
  const isAddress = /^(https?:\/\/|www\.)\S+$/.test(chosen);
  const name = isAddress || !chosen ? sample : chosen;
  const target = isAddress ? chosen : address;
  const text = `[${name}](${target})`;
  // What is left to write is chosen: the name, or the address.
  const from = isAddress || !chosen ? start + 1 : start + name.length + 3;
  put(field, text, from, from + (isAddress || !chosen ? name : target).length);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-tools] button");
  const field = button?.closest("[data-tools]").parentElement.querySelector("textarea");
  if (!field) return;
  const { around: mark, before: lead, address, sample } = button.dataset;
  if (mark) around(field, mark, sample);
  else if (lead) before(field, lead);
  else link(field, address, sample);
});
