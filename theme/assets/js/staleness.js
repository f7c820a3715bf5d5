// Shows the warnings of figures that have become stale since the build.
const HOURS_AHEAD = 7; // of UTC; the day is that of Vietnam wherever the phone thinks it is
const today = new Date(Date.now() + HOURS_AHEAD * 3600000).toISOString().slice(0, 10);
for (const element of document.querySelectorAll("[data-stale-after]")) {
  if (element.getAttribute("data-stale-after") < today) {
    for (const note of element.querySelectorAll(".stale-note")) note.hidden = false;
  }
}
