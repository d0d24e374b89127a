// Says how many characters are left: on fields with `maxlength` and `data-char-count`, from four fifths of the way on.
// The limit itself is not enforced while typing (nothing pasted is cut off unseen); the server says it in words.
const number = new Intl.NumberFormat("de-DE");

function count(field) {
  if (field.maxLength < 1) return;
  const limit = field.maxLength;
  field.removeAttribute("maxlength");
  const line = document.createElement("p");
  line.className = "char-count";
  line.setAttribute("role", "status");
  field.after(line);
  let timer = 0;
  const show = () => {
    const left = limit - field.value.length;
    line.classList.toggle("over", left < 0);
    if (left < 0) line.textContent = `${number.format(-left)} Zeichen zu viel (höchstens ${number.format(limit)})`;
    else line.textContent = left < limit / 5 ? `noch ${number.format(left)} Zeichen` : "";
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 300); // so that a screen reader is not interrupted at every key
  });
  show();
}

const countAll = (root) => root.querySelectorAll("[data-char-count]").forEach(count);
countAll(document);
document.addEventListener("part:shown", (event) => countAll(event.target));
