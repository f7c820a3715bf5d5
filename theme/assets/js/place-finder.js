/** Searches the table of former places, without accents; several answers are all shown. */

const KINDS = /(^| )(xa|x|thi tran|tt|thi xa|tx|thanh pho|tp|phuong|p|huyen|h|thon|xom|pho|ban|(tinh )?ninh binh)(?= |$)/g;
/** "cũ" as typed without its accent; Khánh Cư is a name, so the fewest are taken out that help. */
const FORMER = [/$/, / cu$/, / cu(?= |$)/g];

/**
 * @param {string} text
 * @returns {string} lower-case letters without accents, words one blank apart
 */
export function fold(text) {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/**
 * @param {string} query as typed
 * @returns {string} the folded names in it, without "xã", "thôn" and the like
 */
export function namesIn(query) {
  const folded = fold(query.normalize("NFC").replace(/cũ(?=[\s,;.)]|$)/gi, " "));
  return folded.replace(KINDS, " ").replace(/ +/g, " ").trim() || folded;
}

/**
 * @param {string} names what `namesIn` returned
 * @param {string[]} keys folded names of a place, its own first
 * @returns {number} 2 for a place of that name, 1 for a place that belongs to it, 0 for neither
 */
export function matchOf(names, keys) {
  if (names === keys[0]) return 2;
  let rest = ` ${names} `;
  for (const key of keys) rest = rest.replace(` ${key} `, "  ");
  if (!rest.trim()) return ` ${names} `.includes(` ${keys[0]} `) ? 2 : 1;
  return keys[0].startsWith(names) ? 1 : 0;
}

/**
 * For a query that holds more than the table knows, such as a hamlet: "xom 6 khanh hoa".
 * @param {string} names what `namesIn` returned
 * @param {string[]} keys folded names of a place, its own first
 * @returns {number} 1 when the place's own name stands in the query, else 0
 */
export function holds(names, keys) {
  return ` ${names} `.includes(` ${keys[0]} `) ? 1 : 0;
}

/** @param {HTMLFormElement} form */
export function startPlaceFinder(form) {
  const input = form.querySelector("input");
  const status = form.querySelector(".finder-status");
  const districts = [...document.querySelectorAll(".district")];
  const show = () => {
    const names = namesIn(input.value);
    let count = 0;
    for (const former of FORMER) count = count || filter(districts, names.replace(former, ""), matchOf);
    const byCommune = !count && filter(districts, names, holds, ":not([data-hamlet])");
    const partial = districts.find((each) => each.matches("[data-partial]") && isNamed(each, names));
    status.textContent = names ? answerTo(count, byCommune, partial) : "";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    status.scrollIntoView({ block: "start" });
  });
  input.addEventListener("input", show);
  show();
}

/**
 * @param {Element[]} districts
 * @param {string} names
 * @param {typeof matchOf} match
 * @param {string} [among] a selector of the rows that may match
 * @returns {number} how many rows match
 */
function filter(districts, names, match, among = "*") {
  return districts.reduce((sum, each) => sum + filterDistrict(each, names, (row) =>
    row.matches(among) ? match(names, row.dataset.keys.split("|")) : 0), 0);
}

/**
 * Shows only the rows that match, all of them for an empty query.
 * @param {Element} district
 * @param {string} names
 * @param {(row: HTMLElement) => number} matchRow
 * @returns {number} how many rows match
 */
function filterDistrict(district, names, matchRow) {
  let count = 0;
  for (const row of district.querySelectorAll("[data-keys]")) {
    const match = names ? matchRow(row) : 1;
    row.hidden = !match;
    row.classList.toggle("exact", match === 2);
    count += match > 0;
  }
  district.hidden = !count;
  district.querySelector(".units").hidden = Boolean(names) && !isNamed(district, names);
  return count;
}

/**
 * @param {HTMLElement} district
 * @param {string} names what `namesIn` returned
 * @returns {boolean} whether they are the name of the district itself
 */
function isNamed(district, names) {
  return FORMER.some((former) => names.replace(former, "") === namesIn(district.dataset.district));
}

/**
 * @param {number} count
 * @param {number} byCommune rows of a commune that the query names among other words
 * @param {HTMLElement} [partial] the district that the query names, when the table has only some of its places
 */
function answerTo(count, byCommune, partial) {
  if (partial) return `Bảng chưa có đủ các nơi của ${partial.dataset.district}. Bà con đọc kỹ dòng dưới đây:`;
  if (byCommune) return "Chưa có dữ liệu về thôn, xóm, phố này. Theo tên xã, thị trấn thì có (bà con xem đúng huyện chưa):";
  if (!count) return "Chưa có dữ liệu về nơi này. Bà con hỏi Ủy ban nhân dân xã, phường.";
  return count === 1 ? "Có một nơi:" : `Có ${count} nơi khớp, bà con đọc từng dòng:`;
}

const form = document.querySelector("[data-place-finder]");
if (form) startPlaceFinder(form);
