/** What is kept on this phone between visits. */

/**
 * Keeps a value on this phone; a browser that forbids it forgets it with the page.
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
