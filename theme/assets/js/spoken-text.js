/** Written Vietnamese as people say it: for voices that stumble over dates, telephone numbers and short forms. */

/** What people say for what stands on cards and screens. */
const SPOKEN_FORMS = {
  VNeID: "vê nờ e ai đi",
  VssID: "vê ét ét ai đi",
  OTP: "ô tê pê",
  QR: "quy rờ",
  NFC: "en ép xê",
  SIM: "xim",
  APK: "a pê ca",
  PIN: "pin",
  BHYT: "bảo hiểm y tế",
  BHXH: "bảo hiểm xã hội",
  CCCD: "căn cước công dân",
  UBND: "ủy ban nhân dân",
  "CH Play": "xê hát pờ lây",
  "App Store": "áp xto",
  "Wi-Fi": "oai phai",
  "4G": "bốn gờ",
  "5G": "năm gờ",
};
const MONTHS_AND_DAYS = /(ngày )?\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g;
const MONTHS = /(tháng )?\b(\d{1,2})\/(\d{4})\b/g;
const TELEPHONES = /\b(?:1[89]00 ?\d{4,6}|0\d{2,3}(?:[ .]?\d{3}){2}|115|113|114|156|5656)\b/g;
// No lookbehind: telephones before iOS 16.4 do not know it.
const FORMS = new RegExp(`(^|[^\\p{L}\\d])(${Object.keys(SPOKEN_FORMS).join("|")})(?![\\p{L}\\d])`, "gu");

/**
 * @param {string} text a sentence as written
 * @returns {string} the sentence as it is said
 */
export function spokenText(text) {
  return text
    .replace(MONTHS_AND_DAYS, (_, __, day, month, year) => `ngày ${+day} tháng ${+month} năm ${year}`)
    .replace(MONTHS, (_, __, month, year) => `tháng ${+month} năm ${year}`)
    .replace(TELEPHONES, (number) => number.replace(/\D/g, "").split("").join(" "))
    .replace(/(\d)\.(?=\d{3}(?!\d))/g, "$1")
    .replace(/(\d),(\d)/g, "$1 phẩy $2")
    .replace(/(\d)\s?%/g, "$1 phần trăm")
    .replace(/(\d)\s?[–-]\s?(?=\d)/g, "$1 đến ")
    .replace(/\s*→\s*/g, ", ")
    .replace(FORMS, (_, before, form) => before + SPOKEN_FORMS[form])
    .replace(/\s+/g, " ")
    .trim();
}
