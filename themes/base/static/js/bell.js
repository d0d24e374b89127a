// The bell in the bar, `[data-bell]` (the address that draws it anew), while the page is open: it listens to its channel
// (live.js) some seconds after the page came, so that clicking through pages connects nobody.
const LISTEN_AFTER = 3000;
const GATHER = 400;

const bell = document.querySelector("[data-bell]");
let timer;

async function draw() {
  const answer = await fetch(bell.dataset.bell, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-bell]");
  if (drawn) bell.replaceChildren(...drawn.childNodes);
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(draw, GATHER);
}

if (bell) {
  bell.addEventListener("live:message", soon);
  bell.addEventListener("live:fetch", soon);
  const detail = bell.dataset.bellChannel;
  setTimeout(() => bell.dispatchEvent(new CustomEvent("live:listen", { detail, bubbles: true })), LISTEN_AFTER);
}
