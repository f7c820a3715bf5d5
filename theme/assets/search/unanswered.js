/** Alternatives when no guide answers; loaded with the first such answer. */
import { address, element, quoted } from "./box.js";

/** @param {import("./engine.js").Answer} answer @param {string} text @returns {HTMLElement[]} the alternatives */
export function ways({ topics, phones, missing }, text) {
  const list = (items) => element("ul", {}, ...items.map((item) => element("li", {}, ...item)));
  const named = missing.length && missing.join(" ") !== text.trim();
  return [
    element("p", {}, element("b", {}, `Chưa có bài về ${quoted(text)}.`), named ? ` Không bài nào nói đến: ${missing.join(", ")}.` : ""),
    element("p", {}, "Bà con thử ít chữ hơn, hoặc xem một trong các chủ đề này:"),
    list(topics.map(({ title, url }) => [element("a", { href: address(url) }, title)])),
    element("p", {}, "Cần hỏi người: đến Tổ công nghệ số cộng đồng ở thôn, xóm, hoặc gọi:"),
    list(phones.map(({ name, number, tel }) => [`${name}: `, element("a", { href: `tel:${tel}` }, number)])),
    element("p", {}, element("a", { href: address("a-z/") }, "Xem mọi bài, xếp theo chữ cái")),
  ];
}
