/** The results page; its address contains the query. */
import { above, element, failure, fill, follow, links, summary, WAITING, watch } from "./box.js";

const MOST_RESULTS = 20;

/**
 * @param {HTMLElement} place the element for results @param {HTMLInputElement} input
 * @param {import("./searcher.js").Searcher} searcher
 */
export function startResults(place, input, searcher) {
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
    show: (answer, ways, choose) => results.change(() => {
      const shown = results.take(answer.groups);
      fill(list, ...shown.map((group) => element("li", {}, ...links(group))));
      status.textContent = summary(answer);
      fill(below);
      fill(found, ...(shown.length ? [...above(answer, choose), list] : ways));
      history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`);
    }),
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
