// "Zitieren" puts the quote below what is already written, instead of loading the page anew: `a[data-quote]`.
const field = () => document.querySelector(".write textarea[name=text]");

async function quoteOf(link) {
  const answer = await fetch(link.href.split("#")[0], { credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(".write textarea[name=text]").value;
}

function append(quote) {
  const text = field();
  const before = text.value.trimEnd();
  text.value = before ? `${before}\n\n${quote}` : quote;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
  text.scrollIntoView({ block: "center" });
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-quote]");
  if (!link || !field() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    append(await quoteOf(link));
  } catch {
    location.assign(link.href);
  }
});
