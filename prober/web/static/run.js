// The page of a run in work: puts in the pieces that the server sends, made and escaped by it, and leads on at the end.
const page = document.getElementById("run");
const lost = document.getElementById("lost");
const SHOWN = 40;

const source = new EventSource(`${page.dataset.stream}&after=${page.dataset.last}`);
source.addEventListener("open", () => { lost.hidden = true; });
source.addEventListener("error", () => { lost.hidden = false; });
source.addEventListener("news", (event) => {
  if (document.querySelector(".stand.waiting")) location.reload();
  const holder = document.createElement("div");
  holder.innerHTML = event.data;
  for (const piece of holder.querySelectorAll("template")) {
    if (piece.dataset.id) {
      document.getElementById(piece.dataset.id)?.replaceWith(piece.content);
      continue;
    }
    const into = document.getElementById(piece.dataset.before);
    const line = piece.content.firstElementChild?.dataset.line;
    into.querySelector(`[data-line="${CSS.escape(line ?? "")}"]`)?.remove();
    into.prepend(piece.content);
    while (into.children.length > SHOWN) into.lastElementChild.remove();
  }
});
source.addEventListener("ended", () => {
  source.close();
  location.replace(location.pathname);
});
