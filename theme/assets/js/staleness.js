// Shows the note of what has grown old since the page was built: a static page cannot know the day.
const today = new Date().toISOString().slice(0, 10);
for (const element of document.querySelectorAll("[data-stale-after]")) {
  if (element.getAttribute("data-stale-after") < today) {
    for (const note of element.querySelectorAll(".stale-note")) note.hidden = false;
  }
}
