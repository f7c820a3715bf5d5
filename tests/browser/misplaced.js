// What is wrong with the place of things on a screen of 360 px: wider than it, off it, one on another,
// buttons without a space between them, an icon on its text. An expression; its value is a list of texts.
(() => {
  const told = (each) => `${each.outerHTML.slice(0, 80)} … ${each.textContent.trim().slice(0, 30)}`;
  const boxOf = (each) => each.getBoundingClientRect();
  const styleOf = (each) => getComputedStyle(each);
  const isSeen = (each) => {
    const { width, height } = boxOf(each);
    return width > 1 && height > 1 && styleOf(each).visibility !== "hidden" && !each.closest(".skip");
  };
  const over = document.querySelector("dialog") || document.body;
  const seen = [...over.querySelectorAll("*")].filter(isSeen);
  const wrong = [];
  if (document.documentElement.scrollWidth > 360 || innerWidth > 360) wrong.push("page wider than 360");

  for (const each of seen) {
    const { left, right } = boxOf(each);
    const scrolls = each.closest(".zoom, table, .hero, svg svg");
    if ((left < -0.5 || right > 360.5) && !scrolls) wrong.push(`off screen: ${told(each)}`);
  }

  const isInText = (each) => styleOf(each).display === "inline";
  const isFramed = (each) => styleOf(each).borderTopWidth !== "0px";
  const controls = seen.filter((each) => each.matches("a, button, summary, input, textarea, select")
    && !each.matches(".tick") && !each.closest(".main-nav, .reading-bar, .search-panel") && !isInText(each));
  controls.forEach((one, place) => {
    for (const other of controls.slice(place + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const [a, b] = [boxOf(one), boxOf(other)];
      const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
      const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
      const space = isFramed(one) && isFramed(other) ? 2 : -1;
      if (across < space && down < space) wrong.push(`too near: ${told(one)} | ${told(other)}`);
    }
  });

  for (const icon of seen.filter((each) => each.matches("svg.icon"))) {
    const next = icon.nextSibling;
    if (!next || !next.textContent.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(next);
    const [a, b] = [boxOf(icon), range.getClientRects()[0]];
    if (b && b.left - a.right < 2 && b.top - a.bottom < 0) wrong.push(`icon on text: ${told(icon.parentElement)}`);
  }
  return wrong;
})()
