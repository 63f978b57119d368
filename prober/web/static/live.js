// The live page: puts in what the server sends, and leads on when it has ended. Pieces are made and escaped by the server.
const live = document.getElementById("live");
const walks = document.getElementById("walks");
const lines = document.getElementById("lines");
const clock = document.getElementById("clock");
const begun = Date.now() - 1000 * Number(clock?.dataset.since ?? 0);
const tick = setInterval(() => { if (clock) clock.textContent = Math.round((Date.now() - begun) / 1000); }, 1000);
let last = Number(live.dataset.last);

const source = new EventSource(`${live.dataset.stream}&after=${last}`);
const lost = document.getElementById("lost");
source.addEventListener("open", () => { lost.hidden = true; });
source.addEventListener("error", () => { lost.hidden = false; });
const take = (event) => {
  const number = Number(event.lastEventId);
  if (number <= last) return;
  last = number;
  const holder = document.createElement("div");
  holder.innerHTML = event.data;
  document.getElementById("opening")?.remove();
  for (const piece of [...holder.children]) {
    if (piece.tagName === "TEMPLATE") {
      document.querySelector(`#${CSS.escape(piece.dataset.into)} .steps`)?.append(piece.content);
    } else {
      (piece.classList.contains("line") ? lines : walks).append(piece);
    }
  }
};
for (const kind of ["probe_started", "step_taken", "probe_finished", "notice"]) source.addEventListener(kind, take);
source.addEventListener("case_opened", (event) => {
  last = Number(event.lastEventId);
  if (document.querySelector(".stand.waiting")) location.reload();
});
source.addEventListener("ended", () => {
  source.close();
  clearInterval(tick);
  location.replace(location.pathname);
});
