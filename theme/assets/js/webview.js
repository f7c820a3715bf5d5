/** Detects in-app browsers such as Zalo's, which neither print nor speak, and returns the address that leaves them. */

/** @returns {boolean} Android's WebView says "; wv)"; apps on iPhones give their name */
export function isInApp() {
  return /; wv\)|zalo|FBAN|FBAV/i.test(navigator.userAgent);
}

/** @returns {boolean} */
export function isInZalo() {
  return /zalo/i.test(navigator.userAgent);
}

/** @returns {string} an address that opens this page in the phone's browser; "" where only the app's own menu does */
export function addressOutside() {
  if (!/android/i.test(navigator.userAgent)) return "";
  const scheme = location.protocol.slice(0, -1);
  return `intent:${location.href.slice(location.protocol.length).split("#")[0]}#Intent;scheme=${scheme};end`;
}
