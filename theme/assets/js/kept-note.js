/** Marks a page served from the cache with its date, and offers the current version once it arrives. */

const REASONS = {
  slow: "Mạng đang chậm. Bản mới đến thì trang tự thay.",
  offline: "Máy đang không có mạng.",
  broken: "Máy chủ đang trục trặc.",
};

/** Fetched only by pages that the service worker answered from the phone. */
export function startKeptNote() {
  const { kept, keptAt } = document.body.dataset;
  const note = document.createElement("p");
  note.className = "kept-note";
  note.setAttribute("role", "status");
  note.textContent = `${REASONS[kept]} Đây là bản đã lưu${dayOf(keptAt)}.`;
  document.querySelector("main").prepend(note);
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (!data.changed) note.remove();
    else if (isInUse()) offerNewCopy(note);
    else location.reload();
  });
}

/**
 * @param {string} date as HTTP writes it
 * @returns {string} " ngày 29/11/2026"; nothing when it is no date
 */
function dayOf(date) {
  const day = new Date(date);
  return Number.isNaN(day.getTime()) ? "" : ` ngày ${day.getDate()}/${day.getMonth() + 1}/${day.getFullYear()}`;
}

/** @returns {boolean} whether a reload would lose state: typed text, an open step, reading aloud */
function isInUse() {
  const typed = document.activeElement.matches("input, textarea");
  return typed || Boolean(document.querySelector("dialog, .reading-bar"));
}

/** @param {HTMLElement} note */
function offerNewCopy(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Xem bản mới";
  button.addEventListener("click", () => location.reload());
  note.textContent = "Đã có bản mới của trang này. ";
  note.append(button);
}
