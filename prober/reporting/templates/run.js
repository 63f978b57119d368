for (const head of document.querySelectorAll("th[data-by]")) {
  const sort = () => {
    const table = head.closest("table"), body = table.tBodies[0], column = head.cellIndex;
    const up = head.getAttribute("aria-sort") !== "ascending", number = head.dataset.by === "number";
    const value = row => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
    const order = [...body.rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      return (number ? x - y : x.localeCompare(y)) * (up ? 1 : -1);
    });
    for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    body.append(...order);
  };
  head.tabIndex = 0;
  head.addEventListener("click", sort);
  head.addEventListener("keydown", event => { if (event.key === "Enter") sort(); });
}
