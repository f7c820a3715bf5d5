/**
 * The search box and its list of results. Loaded when a box is first touched; results.js is the results page.
 * Pattern: WAI-ARIA combobox with a listbox popup; the focus stays in the field.
 *
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./engine.js").Group} Group
 * @typedef {import("./engine.js").Piece} Piece
 */

const PAUSE = 120; // debounce of typing, ms
const PATIENCE = 300; // delay of the loading message, ms
const TAP = 400; // longest delay between touchend and click, ms
const root = new URL(`${document.body.dataset.base}/`, location.href);

/** @param {string} tag @param {object} values @param {(Node | string)[]} children @returns {HTMLElement} */
export function element(tag, values, ...children) {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...children);
  return made;
}

/** @param {HTMLElement} place @param {(Node | string)[]} children new content */
export function fill(place, ...children) {
  place.textContent = "";
  place.append(...children);
}

/** @param {Piece[]} pieces @returns {(Node | string)[]} */
const marked = (pieces) => pieces.map(({ text, marked: wanted }) => (wanted ? element("mark", {}, text) : text));

/** @param {string} url of a page or section @returns {string} */
export const address = (url) => new URL(url, root).href;

/** @param {Group} group @returns {HTMLElement[]} a link for each section of the page */
export function links({ title, places }) {
  return places.map(({ url, heading, excerpt }) =>
    element("a", { href: address(url) },
      element("b", {}, ...marked(title)),
      ...(heading ? [element("small", {}, heading)] : []),
      element("span", {}, ...marked(excerpt))));
}

/** @param {string} text @returns {string} */
export const quoted = (text) => `“${text.trim()}”`;

/** @param {string} text @param {() => void} act @returns {HTMLElement} */
const button = (text, act) => element("button", { type: "button", className: "button", onclick: act }, text);

/** @param {() => void} retry @returns {HTMLElement[]} */
export const failure = (retry) => [
  element("p", {}, "Chưa tải được phần tìm kiếm. Bà con kiểm tra mạng rồi thử lại."),
  button("Thử lại", retry),
];

export const WAITING = "Đang tải…";
const FROM_LEADS = "Mới tìm trong tên và tóm tắt các bài.";

/** @param {Answer} answer @returns {string} the text for screen readers */
export function summary({ groups, meant, sureness, complete }) {
  if (sureness === "none") return complete ? "Chưa có bài nào" : FROM_LEADS;
  const found = sureness === "near" ? `${groups.length} bài có thể gần với điều cần tìm` : `${groups.length} bài`;
  return meant ? `${found}. Đang tìm: ${meant}` : found;
}

/**
 * @param {Answer} answer @param {(text: string) => void} choose another query
 * @returns {HTMLElement[]} the lines above the list: the interpreted query and the confidence
 */
export function above({ meant, maybe, sureness, missing }, choose) {
  const lines = [];
  if (meant) lines.push(element("p", { className: "search-meant" }, "Đang tìm: ", element("b", {}, meant)));
  if (maybe) lines.push(element("p", { className: "search-meant" }, button(`Có phải ${quoted(maybe)}?`, () => choose(maybe))));
  if (sureness !== "near") return lines;
  const named = missing.length ? `Chưa có bài nói đến: ${missing.join(", ")}. ` : "";
  return [...lines, element("p", { className: "search-meant" }, `${named}Có thể gần với:`)];
}

/**
 * The groups shown in a list. Updates wait while a finger touches the list, so that a tap opens the link it began on;
 * groups up to the active option are kept when better ones arrive.
 * @param {HTMLElement} list
 */
export function follow(list) {
  /** @type {Group[]} */ let shown = [];
  let pressed = false, timer = 0;
  /** @type {(() => void) | null} */ let waiting = null;
  list.addEventListener("pointerdown", () => {
    clearTimeout(timer);
    pressed = true;
  });
  for (const ended of ["pointerup", "pointercancel"]) {
    addEventListener(ended, () => {
      timer = setTimeout(() => {
        pressed = false;
        if (waiting) waiting();
        waiting = null;
      }, TAP);
    });
  }
  return {
    get any() { return shown.length > 0; },
    /** @param {() => void} change applied immediately, or after the touch ends */
    change(change) {
      if (pressed) waiting = change;
      else change();
    },
    forget() {
      shown = [];
      waiting = null;
      list.textContent = "";
    },
    /** @param {Group[]} groups @param {number} active @returns {Group[]} what to show */
    take(groups, active = -1) {
      const kept = shown.slice(0, active + 1);
      shown = [...kept, ...groups.filter(({ url }) => !kept.some((group) => group.url === url))];
      return shown;
    },
  };
}

/** Adds the style sheet of results, which only search needs. */
function addStyle() {
  const href = new URL("search.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(element("link", { rel: "stylesheet", href }));
}

/**
 * @typedef {{show: (answer: Answer, ways: HTMLElement[], choose: (text: string) => void) => void, clear: () => void, wait: () => void, fail: (retry: () => void) => void, more: (...children: HTMLElement[]) => void}} View
 *   `ways` are the alternatives when no guide answers; `more` renders below the results
 */

/**
 * Returns a function that runs the debounced query and renders its answer unless a newer query has started: first from
 * the leads, again in place once the texts are loaded.
 * @param {HTMLInputElement} input @param {import("./searcher.js").Searcher} searcher @param {View} view
 * @param {number} [most] the maximum number of pages
 * @returns {(typing: boolean) => Promise<void>}
 */
export function watch(input, searcher, view, most) {
  let latest = 0, timer = 0;
  const run = async (typing) => {
    const turn = ++latest, text = input.value, current = () => turn === latest;
    if (!text.trim()) return view.clear();
    const waiting = setTimeout(() => current() && view.wait(), PATIENCE);
    const ask = () => searcher.answer(text, { typing, most });
    const show = async (answer) => {
      const ways = answer.complete && !answer.groups.length ? (await import("./unanswered.js")).ways(answer, text) : [];
      clearTimeout(waiting);
      if (current()) view.show(answer, ways, choose);
    };
    const complete = async (answer) => {
      try {
        await searcher.extend();
        await show(await ask());
      } catch (error) {
        if (!answer.groups.length) throw error;
        if (current()) view.more(element("p", {}, `${FROM_LEADS} Mạng chưa tải được lời bài.`), button("Tải tiếp", () => run(typing)));
      }
    };
    try {
      const answer = await ask();
      const asks = !answer.complete && !searcher.bringsTexts;
      if (answer.complete || answer.groups.length || asks) await show(answer);
      if (asks && current()) view.more(element("p", {}, FROM_LEADS), button(`Tìm cả trong lời bài (${searcher.textSize})`, () => complete(answer).catch(fail)));
      else if (!answer.complete) await complete(answer);
    } catch (error) {
      fail();
    }
    function fail() {
      clearTimeout(waiting);
      if (current()) view.fail(() => (searcher.inPage ? renew() : run(typing)));
    }
    /** A failed import is cached by the page, so the results page is opened instead. */
    function renew() {
      fetch(root, { method: "HEAD" }).then(() => input.form.submit(), fail);
    }
  };
  const choose = (text) => {
    input.value = text;
    input.focus();
    run(false);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE, true);
  });
  return run;
}

/**
 * @param {HTMLFormElement} form a box of theme/partials/search-box.html; `data-results` selects the element that shows them
 * @param {import("./searcher.js").Searcher} searcher
 * @returns {Promise<void> | void}
 */
export function start(form, searcher) {
  const place = form.dataset.results;
  addStyle();
  if (!place) return startBox(form, searcher);
  return import("./results.js").then(({ startResults }) => startResults(document.getElementById(place), form.querySelector("input"), searcher));
}

/** @param {HTMLFormElement} form @param {import("./searcher.js").Searcher} searcher */
function startBox(form, searcher) {
  const input = form.querySelector("input");
  const id = `search-${[...document.querySelectorAll(".search-box")].indexOf(form)}`;
  const list = element("div", { id, className: "search-list" });
  const status = element("p", { className: "search-status" });
  const panel = element("div", { className: "search-panel", hidden: true });
  const below = element("div", {});
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Kết quả tìm");
  status.setAttribute("role", "status");
  form.append(panel, status);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", id], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }
  const options = () => [...list.children];
  const results = follow(list);
  let active = -1;
  const activate = (n) => {
    active = n;
    options().forEach((option, k) => option.setAttribute("aria-selected", String(k === n)));
    if (n < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[n].id);
    options()[n].scrollIntoView({ block: "nearest" });
  };
  const open = (...children) => {
    fill(panel, ...children);
    panel.hidden = !children.length;
    input.setAttribute("aria-expanded", String(children.includes(list)));
  };
  const run = watch(input, searcher, {
    clear: () => {
      results.forget();
      status.textContent = "";
      open();
    },
    show: (answer, ways, choose) => results.change(() => {
      const shown = results.take(answer.groups, active);
      fill(list, ...shown.flatMap(links));
      options().forEach((option, n) => {
        option.id = `${id}-${n}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
      });
      status.textContent = summary(answer);
      fill(below);
      open(...(shown.length ? [...above(answer, choose), list] : ways), below);
      activate(active);
    }),
    wait: () => {
      status.textContent = WAITING;
      if (!results.any) open(element("p", {}, WAITING));
    },
    more: (...children) => fill(below, ...children),
    fail: (retry) => {
      results.forget();
      status.textContent = "Chưa tải được phần tìm kiếm";
      open(...failure(retry));
    },
  });
  input.addEventListener("input", () => activate(-1));
  input.addEventListener("keydown", (event) => {
    const count = panel.hidden ? 0 : options().length;
    if (event.key === "Escape" && !panel.hidden) open();
    else if (event.key === "ArrowDown" && count) activate((active + 1) % count);
    else if (event.key === "ArrowUp" && count) activate((active <= 0 ? count : active) - 1);
    else if (event.key === "Enter" && active >= 0) options()[active].click();
    else return;
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) panel.hidden = true;
  });
  form.addEventListener("focusin", () => {
    panel.hidden = !panel.hasChildNodes();
  });
  if (input.value) run(true);
}
