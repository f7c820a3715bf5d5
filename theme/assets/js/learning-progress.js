/** Progress through an evening, ticked by hand and stored on this phone only. */
import { recall, remember } from "./memory.js";
import { useTool } from "./offline.js";

/**
 * @param {string} path id of the evening
 * @returns {Set<string>} the parts that are done
 */
export function doneParts(path) {
  try {
    const parts = JSON.parse(recall(`evening:${path}`) || "[]");
    return new Set(Array.isArray(parts) ? parts : []);
  } catch (error) {
    return new Set();
  }
}

/** @param {HTMLElement} article the page of an evening */
function startEvening(article) {
  const path = article.dataset.learningPath;
  const boxes = [...article.querySelectorAll("[data-part]")];
  const status = article.querySelector(".path-progress");
  const done = doneParts(path);
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    status.textContent = count ? `Xong ${count}/${boxes.length} phần, ghi nhớ trên máy này` : "";
  };
  const keep = () => {
    const parts = boxes.filter((box) => box.checked).map((box) => box.dataset.part);
    remember(`evening:${path}`, JSON.stringify(parts));
    show();
  };
  for (const box of boxes) {
    box.checked = done.has(box.dataset.part);
    box.addEventListener("change", keep);
  }
  show();
  const slides = article.querySelector("[data-slides]");
  slides.addEventListener("click", () => {
    useTool(import("./evening-slides.js"), slides.nextElementSibling, (tool) => tool.openEvening(article));
  });
}

/** @param {HTMLAnchorElement} link an evening in the list of all */
function showDone(link) {
  const count = doneParts(link.dataset.path).size;
  const note = link.querySelector(".done");
  note.hidden = !count;
  // Removed parts remain stored: clamp to the current number.
  note.textContent = `Xong ${Math.min(count, Number(link.dataset.parts))}/${link.dataset.parts} phần`;
}

const article = document.querySelector("[data-learning-path]");
if (article) startEvening(article);
document.querySelectorAll("[data-evenings] [data-path]").forEach(showDone);
