/** Normalises Vietnamese text for speech synthesis: dates, telephone numbers and abbreviations are spelled out. */

import { FORMS, NUMBERS } from "./spoken-forms.js";

// No lookbehind: not supported before iOS 16.4.
const DAYS =
  /(^|[^\p{L}\d/])(ngày\s+)?(0?[1-9]|[12]\d|3[01])\/(0?[1-9]|1[0-2])\/(\d{4})(?![\d/])/giu;
const MONTHS = /(^|[^\p{L}\d/])(tháng\s+)?(0?[1-9]|1[0-2])\/(\d{4})(?![\d/])/giu;
// 42/2022/NĐ-CP, 31/QĐ-BYT: a law's number; without its letters only a word before it tells it from a month.
const LAWS = /(^|[^\p{L}\d/])(\d+)(?:\/(\d{4}))?\/(\p{Lu}{2}[\p{L}\d]*(?:[-–]\p{Lu}[\p{L}\d]*)*)/gu;
const NAMED_LAWS =
  /((?:nghị định|nghị quyết|quyết định|thông tư|chỉ thị|công văn)(?:\s+số)?\s+\d+)\/(\d{4})(?![\d/])/giu;
const TELEPHONES = new RegExp(
  `\\b(?:1[89]00 ?\\d{4,6}|0\\d{2,3}(?:[ .]?\\d{3}){2}|(?:${NUMBERS.join("|")})(?!\\/(?:\\d{4}|\\p{Lu})))\\b`, "gu");
const SHORT = new RegExp(`(^|[^\\p{L}\\d])(${Object.keys(FORMS).map(plain).join("|") || "(?!)"})(?![\\p{L}\\d])`, "gu");

/**
 * @param {string} form
 * @returns {string} it in a regular expression
 */
function plain(form) {
  return form.replace(/[^\p{L}\d ]/gu, "\\$&");
}

/**
 * @param {string} text a sentence as written
 * @returns {string} the sentence as it is said
 */
export function spokenText(text) {
  return text
    .replace(TELEPHONES, (number) => number.replace(/\D/g, "").split("").join(" "))
    .replace(LAWS, (_, before, number, year, letters) =>
      `${before}${number}${year ? ` năm ${year}` : ""} ${letters.replace(/[-–]/g, " ")}`)
    .replace(NAMED_LAWS, "$1 năm $2")
    .replace(DAYS, (_, before, word, day, month, year) =>
      `${before}${word || "ngày "}${+day} tháng ${+month} năm ${year}`)
    .replace(MONTHS, (_, before, word, month, year) => `${before}${word || "tháng "}${+month} năm ${year}`)
    .replace(/(\d)\.(?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d),(\d)/g, "$1 phẩy $2")
    .replace(/(\d)\s?%/g, "$1 phần trăm")
    .replace(/(\d)\s?[–-]\s?(?=\d|ngày |tháng )/g, "$1 đến ")
    .replace(/\s*→\s*/g, ", ")
    .replace(SHORT, (_, before, form) => before + FORMS[form])
    .replace(/\s+/g, " ")
    .trim();
}
