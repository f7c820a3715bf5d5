/**
 * Asks before an article is left that was written in and not saved, and gives Sveltia CMS the time
 * to keep its draft: it writes one half a second after the last key, and drops what waits at leaving.
 */

const FORM = ".content-editor";
const SAVE = `${FORM} button[aria-keyshortcuts$="+S"]`; // Ctrl+S, or ⌘S on a Mac
const CHOICE = `[role="option"], ${FORM} .field button`;
const DRAFTS = "draft-backups";
const DRAFT_IS_WRITTEN = 1000; // milliseconds; 100 until the text is read, 500 until it is kept
const KEPT =
  "Bản nháp được giữ trong trình duyệt của máy này, chưa ai khác thấy. " +
  "Mở lại bài, bấm <b>Khôi phục</b> là viết tiếp được.";
const LOST = "Rời đi thì <b>mất</b> những chỗ chưa lưu. Muốn giữ thì bấm Viết tiếp, rồi bấm Lưu.";

/**
 * Build the question.
 * @param {Document} page
 * @returns {HTMLDialogElement}
 */
const buildQuestion = (page) => {
  const question = page.createElement("dialog");
  question.className = "leaving";
  question.setAttribute("aria-labelledby", "leaving-title");
  question.innerHTML = `<form method="dialog">
<h2 id="leaving-title">Bài chưa lưu</h2>
<p aria-live="polite"></p>
<p><button value="stay" autofocus>Viết tiếp</button> <button value="leave">Rời đi</button></p>
</form>`;
  page.body.append(question);
  return question;
};

/**
 * Return what a request for the browser's database gives.
 * @param {IDBRequest} request
 * @returns {Promise<any>}
 */
const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Tell whether Sveltia CMS has a draft of the article at an address such as
 * "#/collections/stories/entries/lac-hien".
 * @param {string} hash
 * @returns {Promise<boolean>}
 */
const hasDraft = async (hash) => {
  const [collection, , ...slug] = decodeURIComponent(hash.split("?")[0]).split("/").slice(2);
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    try {
      if (!database.objectStoreNames.contains(DRAFTS)) continue;
      const drafts = database.transaction(DRAFTS).objectStore(DRAFTS);
      if (await answer(drafts.get([collection, slug.join("/")]))) return true;
    } finally {
      database.close();
    }
  }
  return false;
};

/**
 * Ask before unsaved text is left, by whatever way: Back, the arrow, an address, closing the tab.
 * A browser without the Navigation API asks at closing only; the draft is kept all the same.
 * @param {Document} page
 */
export const askBeforeLeaving = (page) => {
  const view = page.defaultView;
  /** @type {HTMLDialogElement | undefined} */
  let question;
  let isWritten = false;
  let lastWritten = -DRAFT_IS_WRITTEN;
  let isLeaving = false;

  /** @param {Event} event */
  const note = (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest(SAVE)) lastWritten = -DRAFT_IS_WRITTEN;
    else if (target.closest(event.type === "click" ? CHOICE : FORM)) {
      isWritten = true;
      lastWritten = performance.now();
    }
  };
  for (const type of ["input", "change", "paste", "drop", "click"]) {
    page.addEventListener(type, note, true);
  }
  const isUnsaved = () => {
    const save = page.querySelector(SAVE); // enabled a moment after the first key
    const isFresh = performance.now() - lastWritten < DRAFT_IS_WRITTEN;
    return isWritten && !!save && (isFresh || !save.disabled);
  };

  view.addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
  if (!view.navigation) return;

  // Another article, or the address that a new one gets when it is saved.
  view.navigation.addEventListener("currententrychange", () => {
    isWritten = false;
    isLeaving = false;
  });
  view.navigation.addEventListener("navigate", (event) => {
    const mayLeave = isLeaving || event.navigationType === "replace" || !event.cancelable;
    if (mayLeave || !isUnsaved()) return;
    event.preventDefault();
    question = question || buildQuestion(page);
    if (question.open) return;
    const { key, url } = event.destination;
    const [words, leave] = [question.querySelector("p"), question.querySelector("[value=leave]")];
    words.textContent = "Đang giữ bản nháp…";
    leave.disabled = true;
    setTimeout(async () => {
      words.innerHTML = (await hasDraft(view.location.hash).catch(() => false)) ? KEPT : LOST;
      leave.disabled = false;
    }, DRAFT_IS_WRITTEN);
    question.returnValue = "stay";
    const selection = view.getSelection();
    const caret = selection.rangeCount ? selection.getRangeAt(0) : undefined;
    question.onclose = () => {
      if (question.returnValue !== "leave") {
        if (caret) {
          const { parentElement } = caret.startContainer;
          const text = parentElement && parentElement.closest("[contenteditable=true]");
          if (text) text.focus({ preventScroll: true });
          selection.removeAllRanges();
          selection.addRange(caret);
        }
        return;
      }
      isLeaving = true;
      if (event.navigationType === "traverse") view.navigation.traverseTo(key);
      else view.location.href = url;
    };
    question.showModal();
  });
};
