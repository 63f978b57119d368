// Screenshots open large on the same page; without this script they open on their own.
const zoom = document.getElementById("zoom");
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-zoom]");
  if (!link || !zoom || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const image = zoom.querySelector("img");
  image.src = link.href;
  image.alt = link.querySelector("img")?.alt ?? "";
  zoom.showModal();
});
zoom?.addEventListener("click", (event) => { if (event.target === zoom || event.target.tagName === "IMG") zoom.close(); });
