// Marks in the contents of an issue the chapter that is being read. Without it nothing is marked.
const links = [...document.querySelectorAll("[data-contents] a")];
const chapters = [...new Set(links.map((link) => link.hash.slice(1)))]
  .map((id) => document.getElementById(id))
  .filter(Boolean);

function mark(id) {
  for (const link of links) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

function current() {
  const line = window.innerHeight / 3;
  return chapters.findLast((chapter) => chapter.getBoundingClientRect().top < line) ?? chapters[0];
}

if (chapters.length && "findLast" in Array.prototype) {
  const observer = new IntersectionObserver(() => mark(current().id), { rootMargin: "0px 0px -66% 0px" });
  for (const chapter of chapters) observer.observe(chapter);
}

// On a phone the contents are folded away again when somebody has chosen a chapter.
for (const fold of document.querySelectorAll("[data-contents] details")) {
  fold.addEventListener("click", (event) => {
    if (event.target.closest("a")) fold.open = false;
  });
}
