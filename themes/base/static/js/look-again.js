// A page that waits for something (status 202) asks until it is there, and is then loaded anew; without a script
// its button does that. Shows what says so: `data-look-again`.
const SECONDS = 3;
const MOST = 200; // ten minutes

async function lookAgain(left) {
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  if (answer && answer.status < 500 && answer.status !== 202) location.reload();
  else if (left > 0) setTimeout(lookAgain, SECONDS * 1000, left - 1);
}

const sentence = document.querySelector("[data-look-again]");
if (sentence) {
  sentence.hidden = false;
  setTimeout(lookAgain, SECONDS * 1000, MOST);
}
