// Looks for a PDF that is being made, and offers it when it is ready. Without this the link on the page does the same.
const PAUSES = [500, 1000, 1500, 2000, 3000, 5000];
const READY = 200;
const LATER = 202;

const box = document.querySelector("[data-print-waiting]");

async function look(tries) {
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.status === READY) {
    for (const place of box.querySelectorAll("[data-ready]")) place.textContent = place.dataset.ready;
  } else if (answer && answer.status !== LATER) {
    location.reload();
  } else {
    wait(tries + 1);
  }
}

function wait(tries) {
  setTimeout(() => look(tries), PAUSES[Math.min(tries, PAUSES.length - 1)]);
}

if (box) wait(0);
