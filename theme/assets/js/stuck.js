/**
 * "Kẹt?" at a step: a message for the team that says which guide, which step and what kind of phone. Its link opens
 * the guide at that step. It stands where the button was, to be read and completed before it is sent.
 */
import { startShareBar } from "./share.js";

/**
 * @param {Element} step of a guide, with an id
 * @param {Element} place where the message is shown, or put away
 */
export function showWhereStuck(step, place = step) {
  const shown = place.querySelector(".stuck-bar");
  if (shown) {
    shown.remove();
    return;
  }
  const bar = document.createElement("div");
  bar.className = "share-bar stuck-bar";
  bar.innerHTML =
    '<p><b>Gửi lời nhắn này vào nhóm Zalo của tổ.</b> Bà con ghi thêm máy đang hiện gì.</p>' +
    '<textarea class="share-message" rows="7" aria-label="Lời nhắn cho tổ"></textarea>' +
    '<p class="share-actions"><button type="button" class="button" data-share="copy"' +
    ' data-done="Đã chép. Mở nhóm Zalo của tổ, bấm giữ ô nhập tin rồi chọn Dán."' +
    ' data-failed="Máy không cho chép tự động. Bấm giữ vào ô lời nhắn rồi chọn Sao chép.">Chép lời nhắn</button>' +
    '<button type="button" class="button" data-share="send">Gửi đi</button></p><p role="status"></p>';
  const message = bar.querySelector("textarea");
  message.value = messageOf(step);
  place.append(bar);
  startShareBar(bar);
  message.focus({ preventScroll: true });
  bar.scrollIntoView({ block: "nearest" });
}

/**
 * @param {Element} step
 * @returns {string} its last line is the link, which share sheets want by itself
 */
function messageOf(step) {
  const title = document.querySelector("h1").textContent.trim();
  const number = /\d+$/.exec(step.id)[0];
  const words = step.cloneNode(true);
  words.querySelectorAll("button, figure, .stuck-bar, .term-note, [role=status]").forEach((part) => part.remove());
  const text = words.textContent.trim().replace(/\s+/g, " ");
  return [
    `Tôi kẹt ở bước ${number}, bài “${title}”.`,
    `Bước ấy ghi: ${text.length > 120 ? `${text.slice(0, 119).trim()}…` : text}`,
    "Máy tôi đang hiện: ",
    `Loại máy: ${phoneOf(navigator.userAgent)}`,
    `${location.origin}${location.pathname}#${step.id}`,
  ].join("\n");
}

/**
 * @param {string} agent what the browser says of itself; newer ones call every Android phone "K"
 * @returns {string}
 */
export function phoneOf(agent) {
  const android = /Android ([\d.]+)(?:; ([^;)]+?))?(?: Build[^;)]*)?(?:; wv)?\)/.exec(agent);
  const apple = /(iPhone|iPad).*? OS (\d+)/.exec(agent);
  const model = android && android[2] && android[2] !== "K" ? `, ${android[2]}` : "";
  const kind = (android && `Android ${android[1]}${model}`) || (apple && `${apple[1]}, iOS ${apple[2]}`);
  return `${kind || "máy tính"}${/zalo/i.test(agent) ? ", đang xem trong Zalo" : ""}`;
}
