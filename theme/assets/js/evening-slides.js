/** An evening on the television: its lessons step by step, what people do themselves, its questions with answers. */
import { openSlides } from "./slides.js";
import { slidesOf } from "./step-mode.js";
import { keepPlace, placeKept } from "./step-place.js";

/** @typedef {import("./slides.js").Slide} Slide */

/**
 * @param {Element} article the page of an evening
 * @returns {Promise<void>} refused when a lesson cannot be fetched
 */
export async function openEvening(article) {
  const lessons = [...article.querySelectorAll("ol.lessons a")];
  const guides = await Promise.all(lessons.map((link) => guideAt(link.href)));
  const tasks = [...article.querySelectorAll("ul.lessons li > span")];
  const questions = [...article.querySelectorAll(".questions > li")];
  const slides = numbered([
    slide(article.querySelector("h1").textContent, [article.querySelector(".lead")]),
    ...guides.flatMap((guide, place) => lessonSlides(guide, `Bài ${place + 1} trên ${guides.length}`)),
    ...tasks.map((task, place) => slide(`Bà con tự làm: việc ${place + 1} trên ${tasks.length}`, [task])),
    ...questions.flatMap((question, place) => questionSlides(question, `Câu hỏi ${place + 1} trên ${questions.length}`)),
  ]);
  let now = 0;
  const moved = (_, to) => {
    now = to;
    keepPlace(slides[to].mark, true);
  };
  await openSlides("Chiếu cả buổi", slides, placeKept().mark, moved, () => keepPlace(slides[now].mark, false));
}

/**
 * @param {string} address
 * @returns {Promise<Document>} the guide, whose pictures and links have whole addresses
 */
async function guideAt(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  const html = await response.text();
  // Its body only: the policy of this page forbids the styles of that one.
  const guide = new DOMParser().parseFromString(html.slice(html.indexOf("<body")), "text/html");
  const whole = (url) => new URL(url, address).href;
  for (const name of ["src", "href"]) {
    for (const each of guide.querySelectorAll(`main [${name}]`)) each.setAttribute(name, whole(each.getAttribute(name)));
  }
  for (const each of guide.querySelectorAll("[srcset]")) {
    each.setAttribute("srcset", each.getAttribute("srcset").replace(/[^\s,]+(?= )/g, whole));
  }
  guide.querySelectorAll("main svg").forEach((icon) => icon.remove()); // they stand in that page
  return guide;
}

/**
 * @param {Document} guide
 * @param {string} count
 * @returns {Slide[]}
 */
function lessonSlides(guide, count) {
  const name = guide.querySelector("h1").textContent;
  const steps = slidesOf(guide).map((each) => ({ ...each, step: undefined, title: [new Text(name)] }));
  return [slide(count, [guide.querySelector("h1"), guide.querySelector(".audience")]), ...steps];
}

/**
 * @param {Element} question
 * @param {string} title
 * @returns {Slide[]} the question, then with its answer
 */
function questionSlides(question, title) {
  const asked = [...question.children].filter((part) => !part.matches("details"));
  const answer = [...question.querySelectorAll("details > p")];
  return [{ ...slide(title, asked), forward: "Xem câu trả lời →" }, slide(title, [...asked, ...answer])];
}

/**
 * @param {string} title
 * @param {(Element | null)[]} parts of a page
 * @returns {Slide}
 */
function slide(title, parts) {
  const text = parts.filter(Boolean).map((part) => part.cloneNode(true));
  return { mark: "", title: [new Text(title)], count: "", list: [], text, drawing: null, extras: [], note: "", forward: "Tiếp →" };
}

/** @param {Slide[]} slides */
function numbered(slides) {
  return slides.map((each, place) => ({ ...each, mark: `${place} ${each.text[0].textContent.slice(0, 40)}` }));
}
