/** An evening on the television, part by part: lessons step by step, rehearsals and tasks, questions with answers. */
import { rehearsalSlides } from "./practice-slides.js";
import { openSlides } from "./slides.js";
import { slidesOf } from "./step-mode.js";
import { keepPlace, placeKept } from "./step-place.js";

/** @typedef {import("./slides.js").Slide} Slide */

const REHEARSALS = "a.more";

/**
 * @param {Element} article the page of an evening
 * @returns {Promise<void>} refused when a lesson cannot be fetched
 */
export async function openEvening(article) {
  const parts = [...article.querySelectorAll(".slots > li")];
  const links = [...article.querySelectorAll(".slots .part a")];
  const [guides, rehearsals] = await Promise.all([
    Promise.all(links.map((link) => pageAt(link.href))),
    Promise.all(parts.map((part) => Promise.all([...part.querySelectorAll(REHEARSALS)].map((link) =>
      pageAt(link.href).catch(() => null))))), // not kept with the evening for reading offline
  ]);
  const questions = [...article.querySelectorAll(".questions > li")];
  const slides = numbered([
    slide(article.querySelector("h1").textContent, [article.querySelector(".lead")]),
    ...parts.flatMap((part, place) => partSlides(part, links, guides, rehearsals[place].filter(Boolean))),
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
 * @returns {Promise<Document>} the page, whose pictures and links have whole addresses, and its icons in this one
 */
async function pageAt(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  const html = await response.text();
  // Its body only: the policy of this page forbids the styles of that one.
  const page = new DOMParser().parseFromString(html.slice(html.indexOf("<body")), "text/html");
  const whole = (url) => new URL(url, address).href;
  for (const name of ["src", "href"]) {
    for (const each of page.querySelectorAll(`main [${name}]:not(use)`)) each.setAttribute(name, whole(each.getAttribute(name)));
  }
  for (const each of page.querySelectorAll("[srcset]")) {
    each.setAttribute("srcset", each.getAttribute("srcset").replace(/[^\s,]+(?= )/g, whole));
  }
  const icons = document.querySelector("body > svg[hidden]");
  for (const each of page.querySelectorAll("body > svg[hidden] > symbol")) {
    if (!document.getElementById(each.id)) icons.append(each);
  }
  return page;
}

/**
 * @param {Element} part of the timetable
 * @param {HTMLAnchorElement[]} links of all lessons
 * @param {Document[]} guides that these lead to
 * @param {Document[]} rehearsals of this part
 * @returns {Slide[]} a lesson, rehearsals with tasks, or one slide for anything else, such as the break
 */
function partSlides(part, links, guides, rehearsals) {
  const name = part.querySelector("b").textContent;
  const place = links.findIndex((link) => part.contains(link));
  if (place >= 0) return lessonSlides(guides[place], `Bài ${place + 1} trên ${guides.length}`);
  const tasks = [...part.querySelectorAll("li > span")];
  const tried = rehearsals.flatMap((page) =>
    [slide(name, [page.querySelector("h1"), page.querySelector(".lead")]), ...rehearsalSlides(page)]);
  if (tasks.length) return [...tried, ...tasks.map((task, number) =>
    slide(`${name}: việc ${number + 1} trên ${tasks.length}`, [task]))];
  return [slide(name, [part.querySelector("small")])];
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
