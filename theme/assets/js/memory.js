/** Persistent storage on this phone. */

/**
 * Stores a value in localStorage; where the browser forbids it, the value is lost with the page.
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch (error) {
    console.debug("not kept", key, error);
  }
}

/**
 * @param {string} key
 * @returns {string | null} what `remember` kept
 */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    return null;
  }
}
