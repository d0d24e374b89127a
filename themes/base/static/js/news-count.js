// The number of news in the header, `[data-news-count]`, while the page is open: the event `news:count` on the document says
// how many there are now (detail.count), or how many more (detail.more).
const MOST_SHOWN = 99;

const link = document.querySelector("[data-news-count]");

function show(count) {
  link.dataset.newsCount = count;
  if (!count) return link.replaceChildren("Nichts Neues");
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = count > MOST_SHOWN ? `${MOST_SHOWN}+` : count;
  link.replaceChildren(number, count === 1 ? " Neuigkeit" : " Neuigkeiten");
}

document.addEventListener("news:count", ({ detail: { count, more = 0 } }) => {
  if (link) show(count ?? Number(link.dataset.newsCount) + more);
});
