// A colour as text and, beside it, the browser's own way to choose one: each follows the other. Without it there is the text.
for (const field of document.querySelectorAll("[data-colour]")) {
  const [text, picker] = field.querySelectorAll("input");
  picker.hidden = false;
  picker.addEventListener("input", () => {
    text.value = picker.value;
    // Whoever follows the text hears of it.
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  text.addEventListener("input", () => {
    const typed = text.value.trim();
    if (/^#[0-9a-f]{6}$/i.test(typed)) picker.value = typed;
  });
}
