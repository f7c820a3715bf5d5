/**
 * The search box with its list of results, and the page of results. Fetched when a reader touches a box.
 * Pattern: WAI-ARIA combobox with a listbox popup; the focus stays in the field.
 *
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./engine.js").Group} Group
 * @typedef {import("./engine.js").Piece} Piece
 */

const MOST_RESULTS = 20; // on the page of results
const PAUSE = 120; // ms without a key before a query runs
const PATIENCE = 300; // ms until it is said that something is being fetched
const root = new URL(`${document.body.dataset.base}/`, location.href);

/** @param {string} tag @param {object} values @param {(Node | string)[]} children @returns {HTMLElement} */
function element(tag, values, ...children) {
  const made = Object.assign(document.createElement(tag), values);
  made.append(...children);
  return made;
}

/** @param {HTMLElement} place @param {(Node | string)[]} children what it shows from now on */
function fill(place, ...children) {
  place.textContent = "";
  place.append(...children);
}

/** @param {Piece[]} pieces @returns {(Node | string)[]} */
const marked = (pieces) => pieces.map(({ text, marked: wanted }) => (wanted ? element("mark", {}, text) : text));

/** @param {string} url of a page or section @returns {string} */
const address = (url) => new URL(url, root).href;

/** @param {Group} group @returns {HTMLElement[]} one link a section of the page */
function links({ title, places }) {
  return places.map(({ url, heading, excerpt }) =>
    element("a", { href: address(url) },
      element("b", {}, ...marked(title)),
      ...(heading ? [element("small", {}, heading)] : []),
      element("span", {}, ...marked(excerpt))));
}

/** @param {string} text @returns {string} */
const quoted = (text) => `“${text.trim()}”`;

/** @param {string} text @param {() => void} act @returns {HTMLElement} */
const button = (text, act) => element("button", { type: "button", className: "button", onclick: act }, text);

/** @param {Answer} answer @param {string} text @returns {HTMLElement[]} what to do when no guide answers */
function ways({ topics, phones, missing }, text) {
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

/** @param {() => void} retry @returns {HTMLElement[]} */
const failure = (retry) => [
  element("p", {}, "Chưa tải được phần tìm kiếm. Bà con kiểm tra mạng rồi thử lại."),
  button("Thử lại", retry),
];

const WAITING = "Đang tải…";
const FROM_LEADS = "Mới tìm trong tên và tóm tắt các bài.";

/** @param {Answer} answer @returns {string} what a screen reader says */
function summary({ groups, meant, sureness, complete }) {
  if (sureness === "none") return complete ? "Chưa có bài nào" : FROM_LEADS;
  const found = sureness === "near" ? `${groups.length} bài có thể gần với điều cần tìm` : `${groups.length} bài`;
  return meant ? `${found}. Đang tìm: ${meant}` : found;
}

/**
 * @param {Answer} answer @param {(text: string) => void} choose another query
 * @returns {HTMLElement[]} what stands above the list: what was understood, and how sure that is
 */
function above({ meant, maybe, sureness, missing }, choose) {
  const lines = [];
  if (meant) lines.push(element("p", { className: "search-meant" }, "Đang tìm: ", element("b", {}, meant)));
  if (maybe) lines.push(element("p", { className: "search-meant" }, button(`Có phải ${quoted(maybe)}?`, () => choose(maybe))));
  if (sureness !== "near") return lines;
  const named = missing.length ? `Chưa có bài nói đến: ${missing.join(", ")}. ` : "";
  return [...lines, element("p", { className: "search-meant" }, `${named}Có thể gần với:`)];
}

/**
 * The groups a list shows. When better ones come, those down to where a finger or a key is stay as they are.
 * @param {HTMLElement} list
 */
function follow(list) {
  /** @type {Group[]} */ let shown = [];
  let pressed = -1;
  list.addEventListener("pointerdown", (event) => {
    pressed = [...list.children].findIndex((item) => item.contains(event.target));
  });
  for (const ended of ["pointerup", "pointercancel"]) addEventListener(ended, () => { pressed = -1; });
  return {
    get any() { return shown.length > 0; },
    forget() {
      shown = [];
      list.textContent = "";
    },
    /** @param {Group[]} groups @param {number} active @returns {Group[]} what to show */
    take(groups, active = -1) {
      const kept = shown.slice(0, Math.max(active, pressed) + 1);
      const rest = groups.filter(({ url }) => !kept.some((group) => group.url === url));
      shown = [...kept, ...rest];
      return shown;
    },
  };
}

/** Adds the styles of results: needed by nobody who does not search. */
function addStyle() {
  const href = new URL("search.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(element("link", { rel: "stylesheet", href }));
}

/**
 * @typedef {{show: (answer: Answer, text: string, choose: (text: string) => void) => void, clear: () => void, wait: () => void, fail: (retry: () => void) => void, more: (...children: HTMLElement[]) => void}} View
 *   `more` shows what stands below the results
 */

/**
 * Runs a query after a pause in typing and shows its answer, unless a newer one has begun: at once from the titles,
 * and anew, where it stands, when the texts have come.
 * @param {HTMLInputElement} input @param {import("./searcher.js").Searcher} searcher @param {View} view
 * @param {number} [most] how many pages to show
 * @returns {(typing: boolean) => Promise<void>}
 */
function watch(input, searcher, view, most) {
  let latest = 0, timer = 0;
  const run = async (typing) => {
    const turn = ++latest, text = input.value, current = () => turn === latest;
    if (!text.trim()) return view.clear();
    const waiting = setTimeout(() => current() && view.wait(), PATIENCE);
    const ask = () => searcher.answer(text, { typing, most });
    const show = (answer) => {
      clearTimeout(waiting);
      if (current()) view.show(answer, text, choose);
    };
    const complete = async (answer) => {
      try {
        await searcher.extend();
        show(await ask());
      } catch (error) {
        if (!answer.groups.length) throw error;
        if (current()) view.more(element("p", {}, `${FROM_LEADS} Mạng chưa tải được lời bài.`), button("Tải tiếp", () => run(typing)));
      }
    };
    try {
      const answer = await ask();
      const asks = !answer.complete && !searcher.bringsTexts;
      if (answer.complete || answer.groups.length || asks) show(answer);
      if (asks && current()) view.more(element("p", {}, FROM_LEADS), button(`Tìm cả trong lời bài (${searcher.textSize})`, () => complete(answer).catch(fail)));
      else if (!answer.complete) await complete(answer);
    } catch (error) {
      fail();
    }
    function fail() {
      clearTimeout(waiting);
      if (current()) view.fail(() => run(typing));
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
 * @param {HTMLFormElement} form a box of theme/partials/search-box.html; `data-results` names where to show them
 * @param {import("./searcher.js").Searcher} searcher
 */
export function start(form, searcher) {
  const place = form.dataset.results;
  addStyle();
  if (place) startResults(document.getElementById(place), form.querySelector("input"), searcher);
  else startBox(form, searcher);
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
    show: (answer, text, choose) => {
      const shown = results.take(answer.groups, active);
      fill(list, ...shown.flatMap(links));
      options().forEach((option, n) => {
        option.id = `${id}-${n}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
      });
      status.textContent = summary(answer);
      fill(below);
      open(...(shown.length ? [...above(answer, choose), list] : ways(answer, text)), below);
      activate(active);
    },
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

/**
 * @param {HTMLElement} place where the page of results shows them @param {HTMLInputElement} input
 * @param {import("./searcher.js").Searcher} searcher
 */
function startResults(place, input, searcher) {
  const status = element("p", { className: "search-status" });
  const list = element("ol", { className: "search-list" });
  const found = element("div", {}), below = element("div", {});
  const results = follow(list);
  status.setAttribute("role", "status");
  fill(place, status, found, below);
  const run = watch(input, searcher, {
    clear: () => {
      results.forget();
      status.textContent = found.textContent = below.textContent = "";
    },
    show: (answer, text, choose) => {
      const shown = results.take(answer.groups);
      fill(list, ...shown.map((group) => element("li", {}, ...links(group))));
      status.textContent = summary(answer);
      fill(below);
      fill(found, ...(shown.length ? [...above(answer, choose), list] : ways(answer, text)));
      history.replaceState(null, "", `?q=${encodeURIComponent(text)}`);
    },
    wait: () => {
      status.textContent = WAITING;
      if (!results.any) fill(found, element("p", {}, WAITING));
    },
    more: (...children) => fill(below, ...children),
    fail: (retry) => {
      results.forget();
      fill(found, ...failure(retry));
    },
  }, MOST_RESULTS);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(false);
  });
  input.value = new URLSearchParams(location.search).get("q") || input.value;
  run(false);
}
