/** Offers to keep a topic or the whole library; what does it is fetched by those who ask, or keep the library. */
import { CAN_SAVE, findLibrary, useTool } from "./offline.js";

/** @param {HTMLElement} offer */
function offerTopic(offer) {
  if (!CAN_SAVE) return void (offer.hidden = true);
  const [button, status] = offer.children;
  button.addEventListener("click", () => {
    useTool(import("./saved-pages.js"), status, (tool) => tool.saveTopic(button, status));
  });
}

/** @param {HTMLElement} offer */
async function offerLibrary(offer) {
  if (!CAN_SAVE) return void (offer.hidden = true);
  const status = offer.querySelector("[role=status]");
  offer.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-do]");
    if (button) useTool(import("./whole-library.js"), status, (tool) => tool.serveReader(offer, button.dataset.do));
  });
  const showState = async () => (await import("./whole-library.js")).showState(offer);
  addEventListener("cleared", showState);
  if (!navigator.serviceWorker.controller) tellFirstSize(offer);
  if (!(await findLibrary().catch(() => undefined))) return; // throws in private browsing
  offer.hidden = true; // until the state is known
  await showState();
}

/** Where no worker runs yet, it comes too. @param {HTMLElement} offer */
function tellFirstSize(offer) {
  const size = offer.querySelector("[data-do=keep] [data-kb]");
  size.textContent = String(Number(size.dataset.kb) + Number(size.dataset.moreKb));
}

for (const offer of document.querySelectorAll(".save-offer")) ("library" in offer.dataset ? offerLibrary : offerTopic)(offer);
