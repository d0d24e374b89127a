// What others write appears without reloading: elements `data-live="topic:17"` hear what is sent to that channel.
//
// Events on the element: `live:message` (detail: what was sent) and `live:fetch` (something may have been missed: ask the
// server for what is newer than what you show; also once at the beginning). Nothing is moved or inserted here.
// While nothing comes for more than a few seconds, the element's `[data-live-state]` says so.
// A connection may go silent without being closed (a proxy, a sleeping laptop): the page asks now and then, and when it wakes up.
// Up: `live:send` on the element is taken (default prevented) while the socket is there; `live:answer` and `live:lost` follow.
const PAUSE_NOTICE = 3000;
const [SHORTEST_WAIT, LONGEST_WAIT] = [500, 30000];
const ATTEMPTS_UNTIL_LONGEST = 6;
const [CLOSE_NO_MEMBER, CLOSE_GIVE_WAY, CLOSE_TOO_MUCH] = [4401, 4409, 4429];
const ASK_EVERY = 20000;
const [ANSWER_WITHIN, ANSWER_AFTER_WAKING] = [8000, 3000]; // nothing at all heard by then: the connection is dead
const SENTENCE = "Live-Aktualisierung pausiert. Neue Beiträge erscheinen, sobald die Verbindung wieder steht.";

const elements = new Map(); // element -> channel
const subscribed = new Set();
let [socket, attempts] = [null, 0];
let noticeTimer, retryTimer, askTimer, silenceTimer;

function tell(channel, name, detail) {
  for (const [element, own] of elements) {
    if (channel !== undefined && own !== channel) continue;
    element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

function showState(text) {
  for (const element of elements.keys()) {
    const line = element.querySelector("[data-live-state]");
    if (!line) continue;
    line.setAttribute("aria-live", "polite");
    line.hidden = !text;
    if (line.textContent !== text) line.textContent = text; // only a change is read out
  }
}

const paused = () => (noticeTimer ||= setTimeout(showState, PAUSE_NOTICE, SENTENCE));

function running() {
  noticeTimer = clearTimeout(noticeTimer);
  showState("");
}

const handlers = {
  subscribed: ({ channel }) => {
    attempts = 0;
    subscribed.add(channel);
    running();
    tell(channel, "live:fetch");
  },
  message: ({ channel, detail }) => tell(channel, "live:message", detail),
  paused,
  fetch: () => {
    running();
    tell(undefined, "live:fetch");
  },
  done: (answer) => tell(undefined, "live:answer", answer),
  refused: (answer) => {
    const { id, channel } = answer;
    if (id !== undefined) return tell(undefined, "live:answer", answer);
    subscribed.delete(channel);
    for (const [element, own] of elements) if (own === channel) elements.delete(element);
  },
};

function connect() {
  clearTimeout(retryTimer);
  if (socket || !elements.size) return;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const mine = new WebSocket(`${scheme}://${location.host}/ws/`);
  socket = mine;
  mine.addEventListener("open", () => {
    for (const channel of new Set(elements.values())) mine.send(JSON.stringify({ action: "subscribe", channel }));
  });
  mine.addEventListener("message", (event) => {
    heard(mine);
    const message = JSON.parse(event.data);
    handlers[message.type]?.(message);
  });
  mine.addEventListener("close", (event) => lose(mine, event.code));
  silenceTimer = setTimeout(lose, LONGEST_WAIT, mine); // it may not even open
}

// A dead connection may take minutes to say that it is closed, so nobody waits for that.
function lose(mine, code) {
  if (socket !== mine) return;
  socket = null;
  clearTimeout(askTimer);
  clearTimeout(silenceTimer);
  mine.close();
  subscribed.clear();
  tell(undefined, "live:lost");
  paused();
  // Signed out or no longer a member: asking again would not help. Too many pages: this one waits until it is looked at.
  if (code === CLOSE_NO_MEMBER || code === CLOSE_GIVE_WAY) return;
  if (code === CLOSE_TOO_MUCH) attempts = ATTEMPTS_UNTIL_LONGEST;
  retry();
}

function heard(mine) {
  if (socket !== mine) return;
  clearTimeout(silenceTimer);
  clearTimeout(askTimer);
  askTimer = setTimeout(ask, ASK_EVERY, ANSWER_WITHIN);
}

function ask(within) {
  if (socket?.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ action: "ping", channel: "" }));
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(lose, within, socket);
}

function retry() {
  // Jittered, so that a server that comes back is not met by everybody at once.
  const wait = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** attempts) * (0.5 + Math.random() / 2);
  attempts += 1;
  clearTimeout(retryTimer);
  retryTimer = setTimeout(connect, wait);
}

// A laptop that wakes up, a page that comes back from the browser's cache, a network that is there again: fetch now.
const wake = () => {
  if (document.hidden || !elements.size) return;
  if (subscribed.size) tell(undefined, "live:fetch");
  if (socket) return ask(ANSWER_AFTER_WAKING);
  attempts = 0;
  connect();
};
window.addEventListener("online", wake);
window.addEventListener("pageshow", (event) => event.persisted && wake());
document.addEventListener("visibilitychange", wake);

document.addEventListener("live:send", (event) => {
  const channel = elements.get(event.target);
  if (!subscribed.has(channel) || socket?.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ action: "act", channel, ...event.detail }));
  event.preventDefault();
});

// An element that wants to hear later than from the beginning: `live:listen` on it, with its channel.
document.addEventListener("live:listen", ({ target, detail }) => {
  elements.set(target, detail);
  if (socket?.readyState !== WebSocket.OPEN) return connect();
  socket.send(JSON.stringify({ action: "subscribe", channel: detail }));
});

for (const element of document.querySelectorAll("[data-live]")) elements.set(element, element.dataset.live);
connect();
