// The form of a network's look: small pages that follow the colour and the logo. Without it there is a button.
const WAIT = 250;

const preview = document.querySelector("[data-look-preview]");
let waiting;

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

function follow(kind, name) {
  document.addEventListener(kind, (event) => {
    if (event.target.name !== name) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, WAIT);
  });
}

if (preview) {
  follow("input", "accent");
  follow("change", "logo");
}
