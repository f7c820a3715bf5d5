/** Copies a text, with a fallback for browsers without the Clipboard API. */

/**
 * @param {HTMLTextAreaElement} message
 * @returns {Promise<boolean>} false when the browser refuses; the text is then shown for manual copying
 */
export async function copyFrom(message) {
  const copied = await copyText(message.value).catch(() => copySelection(message));
  if (!copied) select(message);
  return copied;
}

/** @param {string} text */
async function copyText(text) {
  await navigator.clipboard.writeText(text);
  return true;
}

/**
 * The fallback for WebViews without the Clipboard API.
 * @param {HTMLTextAreaElement} message
 */
function copySelection(message) {
  select(message);
  const copied = document.execCommand("copy");
  message.hidden = copied;
  return copied;
}

/** @param {HTMLTextAreaElement} message */
function select(message) {
  message.hidden = false;
  message.focus();
  message.setSelectionRange(0, message.value.length);
}
