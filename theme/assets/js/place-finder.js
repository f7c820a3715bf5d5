/** Searches the table of former places, without accents; several answers are all shown. */

/**
 * A former place; `units` are those of today that it lies in, more than one when it was divided. `keys` are the
 * folded names by which people look for it, its own first.
 * @typedef {{title: string, commune: string, district: string, province: string, units: string[],
 *   note: string, unsure: boolean, keys: string[], provinceKey: string, hamlet: boolean}} Place
 */

const KINDS = /(^| )(xa|x|thi tran|tt|thi xa|tx|thanh pho|tp|phuong|p|huyen|h|thon|xom|pho|ban|to dan pho|(tinh )?ninh binh)(?= |$)/g;
/** "cũ" as typed without its accent; Khánh Cư is a name, so the fewest are taken out that help. */
const FORMER = [/$/, / cu$/, / cu(?= |$)/g];
const MOST_ROWS = 40;

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
 * @param {{districts: string[][], places: (string | number)[][]}} table as built by portal/library/places.py
 * @returns {Place[]} each former place once, with all units that it lies in now
 */
export function readTable(table) {
  const known = new Map();
  for (const [title, commune, number, unit, note, unsure] of table.places) {
    const [district, province] = table.districts[number];
    const id = [title, commune, district].join("|");
    const keys = [title, commune, district, unit].map(namesIn).filter(Boolean);
    if (known.has(id)) {
      known.get(id).units.push(unit);
      known.get(id).keys.push(namesIn(unit));
      continue;
    }
    const hamlet = Boolean(commune);
    const provinceKey = fold(province);
    known.set(id, { title, commune, district, province, units: [unit], note, unsure: Boolean(unsure), keys, provinceKey, hamlet });
  }
  return [...known.values()];
}

/**
 * @param {string} names what `namesIn` returned
 * @param {Place} place
 * @returns {number} 2 for a place of that name, 1 for a place that belongs to it, 0 for neither
 */
export function matchOf(names, { keys, provinceKey }) {
  if (names === keys[0]) return 2;
  const rest = keys.reduce((left, key) => left.replace(` ${key} `, "  "), ` ${names} `);
  const isAny = rest.trim() !== names;
  if (isAny && !rest.replace(` ${provinceKey} `, "  ").trim()) return ` ${names} `.includes(` ${keys[0]} `) ? 2 : 1;
  return names.length > 1 && keys[0].startsWith(names) ? 1 : 0;
}

/**
 * @param {string} query as typed
 * @param {Place[]} places
 * @returns {{rows: Place[], exact: Place[], twins: Place[], byCommune: boolean}} what it may mean, those of that
 *   very name first; others of the same name elsewhere; `byCommune` when only a commune in it is known
 */
export function findPlaces(query, places) {
  const names = namesIn(query);
  if (!names) return { rows: [], exact: [], twins: [], byCommune: false };
  for (const former of FORMER) {
    const found = ranked(places, (place) => matchOf(names.replace(former, ""), place));
    if (found.rows.length) return found;
  }
  const counts = new Map(places.map((place) => [place, place.hamlet ? 0 : namedIn(names, place)]));
  const most = Math.max(...counts.values());
  const rows = most ? places.filter((place) => counts.get(place) === most) : [];
  return { rows, exact: [], twins: [], byCommune: rows.length > 0 };
}

/**
 * For a query that holds more than the table knows, such as a hamlet: "xom 6 khanh hoa".
 * @param {string} names what `namesIn` returned
 * @param {Place} place
 * @returns {number} how many of the place's names stand in the query, 0 when its own does not
 */
function namedIn(names, { keys, provinceKey }) {
  const stands = (key) => ` ${names} `.includes(` ${key} `);
  return stands(keys[0]) ? [...keys, provinceKey].filter(stands).length : 0;
}

/**
 * @param {Place[]} places
 * @param {(place: Place) => number} match
 */
function ranked(places, match) {
  const matches = new Map(places.map((place) => [place, match(place)]));
  const exact = places.filter((place) => matches.get(place) === 2);
  const rows = [...exact, ...places.filter((place) => matches.get(place) === 1)];
  const names = new Set(exact.filter((place) => !place.hamlet).map((place) => place.keys[0]));
  const twins = places.filter((place) => !matches.get(place) && !place.hamlet && names.has(place.keys[0]));
  return { rows, exact, twins, byCommune: false };
}

/**
 * @param {Place} place
 * @param {string} remark
 * @returns {HTMLTableRowElement}
 */
function rowOf(place, remark) {
  const row = document.createElement("tr");
  const head = row.appendChild(document.createElement("th"));
  head.scope = "row";
  head.append(place.title);
  const where = [place.commune, place.district].filter(Boolean).map((name) => `${name} (cũ)`);
  addSmall(head, [...where, place.province && `${place.province} (cũ)`].filter(Boolean).join(", "));
  const cell = row.appendChild(document.createElement("td"));
  const divided = place.units.length > 1;
  place.units.forEach((unit, number) => {
    if (number) cell.append(document.createElement("br"));
    if (divided) cell.append("Một phần: ");
    cell.appendChild(document.createElement("b")).textContent = unit;
  });
  const kind = place.title.split(" ")[0];
  addSmall(cell, [
    remark,
    divided && "Hỏi Ủy ban nhân dân xem thôn, tổ của mình về nơi nào.",
    place.unsure && "Mới có một nguồn nói vậy.",
    place.hamlet && `Tên ${kind} có thể đã đổi trong năm 2026.`,
    place.note,
  ].filter(Boolean).join(" "));
  return row;
}

/**
 * @param {HTMLElement} parent
 * @param {string} text
 */
function addSmall(parent, text) {
  if (text) parent.appendChild(document.createElement("small")).textContent = text;
}

/**
 * @param {ReturnType<typeof findPlaces>} found
 * @returns {HTMLTableElement}
 */
function tableOf({ rows, exact, twins }) {
  const table = document.createElement("table");
  table.className = "places";
  const head = table.createTHead().insertRow();
  for (const title of ["Nơi cũ", "Nay thuộc"]) {
    const cell = head.appendChild(document.createElement("th"));
    cell.scope = "col";
    cell.textContent = title;
  }
  const body = table.createTBody();
  for (const place of rows.slice(0, MOST_ROWS)) {
    body.append(rowOf(place, ""));
    body.lastChild.classList.toggle("exact", exact.includes(place));
  }
  for (const place of twins) body.append(rowOf(place, "Trùng tên, ở huyện khác."));
  return table;
}

/**
 * @param {ReturnType<typeof findPlaces>} found
 * @param {boolean} isProvince whether what was typed is the name of a province
 */
function answerTo({ rows, byCommune }, isProvince) {
  const count = rows.length;
  if (!count && isProvince) return "Đó là tên tỉnh. Bà con gõ tên xã, hoặc chọn huyện cũ ở dưới.";
  if (byCommune) return "Chưa có dữ liệu về thôn, xóm, phố này. Theo tên xã, thị trấn thì có (bà con xem đúng huyện chưa):";
  if (!count) return "Không có tên này trong bảng. Bà con xem lại chữ, hoặc chọn huyện cũ ở dưới.";
  if (count > MOST_ROWS) return `Có ${count} nơi khớp, đây là ${MOST_ROWS} nơi đầu. Bà con gõ thêm tên huyện.`;
  return count === 1 ? "Có một nơi:" : `Có ${count} nơi khớp, bà con đọc từng dòng:`;
}

/** @param {HTMLFormElement} form */
export function startPlaceFinder(form) {
  const input = form.querySelector("input");
  const status = form.querySelector(".finder-status");
  const results = document.querySelector(".finder-results");
  let places = null;
  const load = async () => {
    const answer = await fetch(form.dataset.placeFinder);
    if (!answer.ok) throw new Error(String(answer.status));
    places = places || readTable(await answer.json());
  };
  const show = async () => {
    const query = input.value;
    if (namesIn(query).length > 1 && !places) await load().catch(() => {});
    if (input.value !== query) return; // typed on while the table came
    results.textContent = "";
    status.textContent = "";
    if (namesIn(query).length < 2) return;
    if (!places) {
      status.textContent = "Chưa tải được bảng. Bà con chọn huyện cũ ở dưới, hoặc thử lại khi có mạng.";
      return;
    }
    const found = findPlaces(query, places);
    status.textContent = answerTo(found, places.some((place) => place.provinceKey === namesIn(query)));
    if (found.rows.length) results.append(tableOf(found));
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await show();
    status.scrollIntoView({ block: "start" });
  });
  input.addEventListener("focus", () => places || load().catch(() => {}), { once: true });
  input.addEventListener("input", show);
  show();
}

const form = document.querySelector("[data-place-finder]");
if (form) startPlaceFinder(form);
