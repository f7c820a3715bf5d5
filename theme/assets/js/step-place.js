/** The reader's current step of a page, stored on this phone: in-app browsers are killed without notice. */
import { recall, remember } from "./memory.js";

const SOON = 30 * 60 * 1000; // ms; a later visit is a new one
const key = `step:${location.pathname}`;

/**
 * @param {string} mark of the slide that is shown
 * @param {boolean} isOpen whether it is shown now
 */
export function keepPlace(mark, isOpen) {
  remember(key, JSON.stringify({ mark, isOpen, at: Date.now() }));
}

/** @returns {{mark?: string, isOpen?: boolean, at?: number}} */
export function placeKept() {
  try {
    return JSON.parse(recall(key) || "{}") || {};
  } catch (error) {
    return {};
  }
}

/** @returns {boolean} whether the steps were open when the page was left: by a reload, a link, or the app */
export function wasLeftOpen() {
  const { isOpen, at } = placeKept();
  return Boolean(isOpen) && (Date.now() - at < SOON || Boolean(history.state && history.state.dialogs));
}
