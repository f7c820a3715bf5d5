/** A rehearsal on the television: each screen with its question, then what each choice teaches. */

/** @typedef {import("./slides.js").Slide} Slide */

/**
 * @param {ParentNode} page
 * @returns {Slide[]} the screens in their order; the first stands last on the page
 */
export function rehearsalSlides(page) {
  const all = [...page.querySelectorAll(".screen")];
  const first = all.find((screen) => screen.matches(".first"));
  const screens = [first, ...all.filter((screen) => screen !== first && screen.querySelector(".phone"))];
  return [...screens.flatMap((screen) => screenSlides(screen, page)), endSlide(all.find((screen) => screen.matches(".ending")))];
}

/**
 * @param {Element} screen
 * @param {ParentNode} page
 * @returns {Slide[]} the question, then what each choice teaches, one a slide: a room reads it together
 */
function screenSlides(screen, page) {
  const answers = [...screen.querySelectorAll("a")].map((link) => answerOf(link, page)).filter(Boolean);
  const choices = listOf([...screen.querySelectorAll(".choices a")].map(itemOf));
  const asked = slide(screen, [screen.querySelector(".told > p:last-child"), choices]);
  const forward = answers.length ? "Xem vì sao →" : "Tiếp →";
  const told = answers.map((parts, place) => ({ ...slide(screen, parts), mark: `${screen.id} ${place}` }));
  return [{ ...asked, forward }, ...told];
}

/**
 * @param {HTMLAnchorElement} link
 * @param {ParentNode} page
 * @returns {Element[] | null} a choice and what it teaches
 */
function answerOf(link, page) {
  const answer = page.querySelector(`[id="${link.hash.slice(1)}"].answer`);
  if (!answer) return null;
  const isWrong = answer.matches(".box-beware");
  const [chosen, said] = ["p", "p"].map((name) => document.createElement(name));
  chosen.textContent = `“${link.textContent.trim()}”`;
  said.className = isWrong ? "wrong" : "right";
  said.textContent = `${isWrong ? "Chưa phải" : "Đúng rồi"}: ${answer.querySelector(".taught").textContent}`;
  return [chosen, said];
}

/**
 * @param {Element} link
 * @returns {Element}
 */
function itemOf(link) {
  const item = document.createElement("li");
  item.textContent = link.textContent.trim();
  return item;
}

/**
 * @param {Element[]} items
 * @returns {Element | null}
 */
function listOf(items) {
  const list = document.createElement("ul");
  list.className = "options";
  list.append(...items);
  return items.length ? list : null;
}

/**
 * @param {Element} screen
 * @param {(Element | null)[]} parts
 * @returns {Slide}
 */
function slide(screen, parts) {
  const text = parts.filter(Boolean).map((part) => part.isConnected ? part.cloneNode(true) : part);
  return { ...bare(screen.querySelector("h2"), text), mark: screen.id, count: screen.querySelector(".count").textContent, drawing: phoneOf(screen) };
}

/**
 * @param {Element} screen
 * @returns {Element} its phone without ids, and with nothing to tap: the class says what it would do
 */
function phoneOf(screen) {
  const phone = /** @type {Element} */ (screen.querySelector(".phone").cloneNode(true));
  phone.querySelectorAll("a").forEach((link) => link.removeAttribute("href"));
  phone.querySelectorAll("input").forEach((input) => { input.disabled = true; });
  phone.querySelectorAll("[id], [for]").forEach((each) => ["id", "for"].forEach((name) => each.removeAttribute(name)));
  return phone;
}

/**
 * @param {Element} ending
 * @returns {Slide}
 */
function endSlide(ending) {
  return { ...bare(ending.querySelector("h2"), [ending.querySelector("ul").cloneNode(true)]), mark: "end" };
}

/**
 * @param {Element} heading
 * @param {Node[]} text
 * @returns {Slide}
 */
function bare(heading, text) {
  return { mark: "", title: [new Text(heading.textContent)], count: "", list: [], text, drawing: null, extras: [], note: "", forward: "Tiếp →" };
}
