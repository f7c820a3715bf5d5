/** Offers the phone's browser for reading aloud: in-app browsers have no speech synthesis. */
import { copyFrom } from "./copying.js";
import { addressOutside } from "./webview.js";

/** Text of the tool that an app's own browser has in place of a voice. */
const VOICE_OUTSIDE = "Trong ứng dụng này không nghe được. Mở bằng Chrome để nghe.";

/** @param {HTMLElement} status */
export function sayWhereToListen(status) {
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "button";
  copy.textContent = "Chép đường dẫn";
  const address = document.createElement("textarea");
  address.value = location.href.split(/[?#]/)[0];
  address.readOnly = true;
  address.hidden = true;
  copy.addEventListener("click", async () => {
    copy.textContent = (await copyFrom(address)) ? "Đã chép" : "Bấm giữ vào ô để chép";
  });
  const out = document.createElement("a");
  out.className = "button";
  out.href = addressOutside();
  out.textContent = "Mở bằng Chrome";
  status.append(VOICE_OUTSIDE, " ", ...(addressOutside() ? [out, " "] : []), copy, address);
}
