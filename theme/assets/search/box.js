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
const root = new URL(`${document.body.dataset.base}/`, location.href);

/** @type {((text: string, options: object) => Promise<Answer>) | null} */
let ask = null;

/** The engine in a worker or, where that fails, in this page. */
function viaWorker() {
  const base = new URL("search/", root).href, waiting = new Map();
  let worker = null, inPage = null, count = 0;
  const here = (text, options) => {
    inPage = inPage || import("./worker.js").then(({ connect }) => connect(base));
    return inPage.then((answer) => answer(text, options));
  };
  try {
    worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  } catch (error) {
    return here;
  }
  worker.onmessage = ({ data: { id, answer, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (answer) resolve(answer);
    else reject(new Error(error));
  };
  worker.onerror = () => {
    ask = here;
    for (const { text, options, resolve, reject } of waiting.values()) here(text, options).then(resolve, reject);
    waiting.clear();
  };
  return (text, options) => new Promise((resolve, reject) => {
    waiting.set(++count, { text, options, resolve, reject });
    worker.postMessage({ base, id: count, text, options });
  });
}

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

/** @param {Answer} answer @returns {HTMLElement[]} what to do when nothing was found */
function ways({ topics, phones }) {
  const list = (items) => element("ul", {}, ...items.map((item) => element("li", {}, ...item)));
  return [
    element("p", {}, "Không tìm thấy bài nào. Bà con thử ít chữ hơn, hoặc xem một trong các chủ đề này:"),
    list(topics.map(({ title, url }) => [element("a", { href: address(url) }, title)])),
    element("p", {}, "Cần hỏi người: đến Tổ công nghệ số cộng đồng ở thôn, xóm, hoặc gọi:"),
    list(phones.map(({ name, number, tel }) => [`${name}: `, element("a", { href: `tel:${tel}` }, number)])),
    element("p", {}, element("a", { href: address("a-z/") }, "Xem mọi bài, xếp theo chữ cái")),
  ];
}

/** @param {() => void} retry @returns {HTMLElement[]} */
const failure = (retry) => [
  element("p", {}, "Chưa tải được phần tìm kiếm. Bà con kiểm tra mạng rồi thử lại."),
  element("button", { type: "button", className: "button", onclick: retry }, "Thử lại"),
];

/** @param {Answer} answer @returns {string} what a screen reader says */
function summary({ groups, meant }) {
  const found = groups.length ? groups.length + " bài" : "Không tìm thấy bài nào";
  return meant ? `${found}. Đang tìm: ${meant}` : found;
}

/** @param {Answer} answer @returns {HTMLElement[]} */
const meantLine = ({ meant }) => (meant ? [element("p", { className: "search-meant" }, "Đang tìm: ", element("b", {}, meant))] : []);

/** Adds the styles of results: needed by nobody who does not search. */
function addStyle() {
  const href = new URL("search.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(element("link", { rel: "stylesheet", href }));
}

/**
 * Runs a query after a pause in typing and shows its answer, unless a newer one has begun.
 * @param {HTMLInputElement} input @param {number} [most] how many pages to show
 * @param {{show: (answer: Answer) => void, clear: () => void, fail: (retry: () => void) => void}} view
 */
function watch(input, view, most) {
  let latest = 0, timer = 0;
  const run = async (typing) => {
    const turn = ++latest, text = input.value;
    if (!text.trim()) return view.clear();
    try {
      ask = ask || viaWorker();
      const answer = await ask(text, { typing, most });
      if (turn === latest) view.show(answer);
    } catch (error) {
      if (turn === latest) view.fail(() => run(typing));
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE, true);
  });
  return run;
}

/** @param {HTMLFormElement} form a box of theme/partials/search-box.html; `data-results` names where to show them */
export function start(form) {
  const { results } = form.dataset;
  addStyle();
  if (results) startResults(document.getElementById(results), form.querySelector("input"));
  else startBox(form);
}

/** @param {HTMLFormElement} form */
function startBox(form) {
  const input = form.querySelector("input");
  const id = `search-${[...document.querySelectorAll(".search-box")].indexOf(form)}`;
  const list = element("div", { id, className: "search-list" });
  const status = element("p", { className: "search-status" });
  const panel = element("div", { className: "search-panel", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Kết quả tìm");
  status.setAttribute("role", "status");
  form.append(panel, status);
  for (const [name, value] of [["role", "combobox"], ["aria-controls", id], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }
  const options = () => [...list.children];
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
    activate(-1);
  };
  const run = watch(input, {
    clear: () => {
      list.textContent = status.textContent = "";
      open();
    },
    show: (answer) => {
      fill(list, ...answer.groups.flatMap(links));
      options().forEach((option, n) => {
        option.id = `${id}-${n}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
      });
      status.textContent = summary(answer);
      open(...meantLine(answer), ...(answer.groups.length ? [list] : ways(answer)));
    },
    fail: (retry) => {
      list.textContent = "";
      status.textContent = "Chưa tải được phần tìm kiếm";
      open(...failure(retry));
    },
  });
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

/** @param {HTMLElement} place where the page of results shows them @param {HTMLInputElement} input */
function startResults(place, input) {
  const status = element("p", { className: "search-status" });
  const results = element("div", {});
  status.setAttribute("role", "status");
  fill(place, status, results);
  const run = watch(input, {
    clear: () => {
      results.textContent = status.textContent = "";
    },
    show: (answer) => {
      status.textContent = summary(answer);
      const items = answer.groups.map((group) => element("li", {}, ...links(group)));
      const shown = items.length ? [element("ol", { className: "search-list" }, ...items)] : ways(answer);
      fill(results, ...meantLine(answer), ...shown);
      const link = input.value.trim() ? `?q=${encodeURIComponent(input.value)}` : location.pathname;
      history.replaceState(null, "", link);
    },
    fail: (retry) => fill(results, ...failure(retry)),
  }, MOST_RESULTS);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(false);
  });
  input.value = new URLSearchParams(location.search).get("q") || input.value;
  run(false);
}
