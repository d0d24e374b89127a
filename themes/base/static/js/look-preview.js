// The form of a network's look: the browser's way to choose a colour beside its text, and the preview that follows both.
const WAIT = 250;

const field = document.querySelector("[data-colour]");
const preview = document.querySelector("[data-look-preview]");

function isColour(text) {
  return /^#[0-9a-f]{6}$/i.test(text);
}

function show() {
  const asked = new URLSearchParams();
  for (const name of ["accent", "logo"]) {
    const input = document.querySelector(`form [name="${name}"]`);
    if (input) asked.set(name, input.value.trim());
  }
  const frame = preview.querySelector("iframe");
  // Not by `src`: every colour on the way would stand in the browser's history.
  frame.contentWindow.location.replace(`${preview.dataset.lookPreview}?${asked}`);
}

if (field) {
  const [text, picker] = field.querySelectorAll("input");
  picker.hidden = false;
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, WAIT);
  };
  picker.addEventListener("input", () => {
    text.value = picker.value;
    if (preview) soon();
  });
  text.addEventListener("input", () => {
    const typed = text.value.trim();
    if (isColour(typed)) picker.value = typed;
    if (preview) soon();
  });
  document.addEventListener("change", (event) => {
    if (preview && event.target.name === "logo") soon();
  });
}
