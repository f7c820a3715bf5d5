/**
 * Reads an address as a browser does and says whose name it ends in, and what looks like a trick.
 * Nothing is fetched: whether a site is honest cannot be read from its name, so no answer says
 * that an address is safe.
 */
import { decodePunycode } from "./punycode.js";

/**
 * @typedef {"state" | "suspect" | "other" | "unreadable"} Verdict
 * @typedef {{verdict: Verdict, host: string, title: string, reasons: string[]}} Answer
 */

const MAX_HOST = 253; // RFC 1035
const MAX_LABEL = 63;
const MAX_TEXT = 2000; // a longer text is not read on: no address that people type is so long

/** Letters that look like Latin ones: a subset of Unicode's confusables (UTS #39). */
const LOOK_ALIKES = new Map(Object.entries({
  "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c", "т": "t",
  "у": "y", "х": "x", "ѕ": "s", "і": "i", "ї": "i", "ј": "j", "ԁ": "d", "һ": "h", "ԛ": "q", "ԝ": "w",
  "ѵ": "v", "ӏ": "l", "г": "r", "п": "n", "ь": "b", "α": "a", "ο": "o", "ρ": "p", "ν": "v", "ι": "i",
  "κ": "k", "τ": "t", "υ": "u", "γ": "y", "ϲ": "c", "ϳ": "j", "η": "n", "ω": "w", "ı": "i", "ɡ": "g",
  "ɑ": "a", "ɩ": "i", "ʋ": "v", "ɴ": "n", "ᴠ": "v", "ᴏ": "o", "ᴄ": "c", "ɢ": "g", "օ": "o", "ո": "n",
  "ս": "u", "ց": "g", "հ": "h", "զ": "q", "ⅼ": "l", "ⅴ": "v", "ⅽ": "c", "ⅾ": "d", "ⅿ": "m", "ⅰ": "i",
}));
/** ASCII letters and digits that are taken for one another. */
const ASCII_TWINS = [[/rn/g, "m"], [/vv/g, "w"], [/0/g, "o"], [/[1l|]/g, "i"], [/5/g, "s"], [/q/g, "g"]];
const SCRIPTS = [
  ["Latinh", /\p{Script=Latin}/u], ["Kirin", /\p{Script=Cyrillic}/u], ["Hy Lạp", /\p{Script=Greek}/u],
  ["Armenia", /\p{Script=Armenian}/u], ["Hán", /\p{Script=Han}/u], ["Ả Rập", /\p{Script=Arabic}/u],
  ["Do Thái", /\p{Script=Hebrew}/u], ["Thái", /\p{Script=Thai}/u], ["Hàn", /\p{Script=Hangul}/u],
];
const HIDDEN = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
/** What a message sets around an address. */
const AROUND = /^[("'“‘«<]+|[)"'”’»>,;!?…]+$/g;
/** A word that can be an address: "https://…", or a name whose last part begins with a letter. */
const ADDRESS = /^(https?:\/\/\S+|[^\s/?#@:]+\.\p{L}[\p{L}\d-]+(:\d+)?([/?#]\S*)?)$/iu;
/** A state's name with one syllable before its end: what stood before a blank may belong to it ("dich vu cong.gov.vn"). */
const CUT_OFF = /^[b-df-hj-np-tv-z]{0,3}[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?\.gov\.vn$/;
const LONGEST_NAME = 8; // in words that a blank may part
/** Services whose addresses say nothing of where they lead. */
const SHORTENERS = new Set([
  "bit.ly", "bitly.com", "buff.ly", "by.com.vn", "byvn.net", "cutt.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "rebrand.ly",
  "s.id", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "v.gd",
]);
const TELEPHONE = /^(\+84|0|1[89]00)[\d .-]{4,12}$/;
const SECOND_LEVEL = /^(com|net|org|edu|gov|info|name|biz|health|pro|ac|int|id|io|ai)$/;
const STATE = /(^|\.)gov\.vn$/;
/** States of other countries: "gov.uk", "nasa.gov". */
const FOREIGN_STATE = /(^|\.)gov(\.[a-z]{2})?$/;
/** What is taken for ".gov.vn" at the end of a name. */
const NEAR_STATE = /(^|[.-])(g[o0]v|gow|goy|goc|gob|gvo|qov)\.(vn|vm|wn|un|vh|vnn)$/;

/**
 * @param {string} text what a reader typed or pasted
 * @param {string[]} [official] addresses that this site prints, such as "vneid.gov.vn"
 * @returns {Answer}
 */
export function checkAddress(text, official = []) {
  const pasted = text.trim();
  const typed = pasted.replace(HIDDEN, "").trim().replace(AROUND, "");
  if (!typed) return unreadable("", ["Bà con chưa gõ địa chỉ nào."]);
  if (typed.length > MAX_TEXT) {
    return unreadable("", [`Chữ dán vào dài ${spell(typed.length)} ký tự, không giống một địa chỉ trang.`]);
  }
  if (TELEPHONE.test(typed)) {
    return unreadable("", ["Đây giống số điện thoại, không phải địa chỉ trang."]);
  }
  if (/\s/.test(typed)) return checkMessage(typed, official);
  const parts = split(typed);
  if (!parts.isWeb) {
    return suspect(parts.scheme, [`Địa chỉ bắt đầu bằng “${parts.scheme}:”, không phải trang web. Đừng mở.`]);
  }
  const host = parts.host.normalize("NFKC").toLowerCase();
  const fault = faultOf(host);
  if (fault) return unreadable(host, [fault]);
  return judge(host, parts, pasted !== pasted.replace(HIDDEN, ""), official);
}

/**
 * @param {string} message words with blanks between them
 * @param {string[]} official
 * @returns {Answer} what is said of the one address in it
 */
function checkMessage(message, official) {
  const words = message.split(/\s+/).map((word) => word.replace(AROUND, "").replace(/\.+$/, ""));
  const found = [...new Set(words.filter((word) => ADDRESS.test(word)))];
  if (!found.length) return unreadable("", ["Có dấu cách ở giữa. Chỉ dán một địa chỉ, không dán cả tin nhắn."]);
  if (found.length > 1) return unreadable("", [`Có ${found.length} chỗ giống địa chỉ. Bà con dán từng cái một.`]);
  const answer = checkAddress(found[0], official);
  const before = found[0].includes("//") ? [] : words.slice(0, words.indexOf(found[0]));
  const whole = joinedName(before, found[0], official);
  if (whole) return unreadable("", [`Có dấu cách ở giữa tên. Bà con muốn xem ${whole} thì gõ liền, không có dấu cách.`]);
  if (/[^:]$/.test(before.join(" ")) && CUT_OFF.test(plainLetters(answer.host))) {
    return unreadable("", [`Có chữ đứng trước ${answer.host}. Tên trang viết liền: dán riêng địa chỉ, không có dấu cách.`]);
  }
  return { ...answer, reasons: [`Trong tin nhắn có địa chỉ ${shorten(found[0])}.`, ...answer.reasons] };
}

/**
 * @param {string[]} before words that stand before an address
 * @param {string} address
 * @param {string[]} official
 * @returns {string} the official address that they are together, "" when they are none
 */
function joinedName(before, address, official) {
  const { host } = split(address);
  const names = before.slice(-LONGEST_NAME).map((_, n, all) => plainLetters(all.slice(n).join("") + host));
  return official.find((each) => names.includes(each)) || "";
}

/**
 * @param {string} host
 * @param {ReturnType<typeof split>} parts
 * @param {boolean} hasHidden
 * @param {string[]} official
 * @returns {Answer}
 */
function judge(host, parts, hasHidden, official) {
  const shown = host.split(".").map(decodeLabel).join(".");
  const tricks = [
    hasHidden ? "Trong địa chỉ có ký tự ẩn, mắt không thấy." : "",
    parts.user ? `Phần “${shorten(parts.user)}” trước dấu @ chỉ để đánh lừa. Tên thật đứng sau dấu @.` : "",
    parts.after.startsWith("\\") ? "Địa chỉ dùng gạch chéo ngược, trình duyệt cắt tên trang ngay ở đó." : "",
    ...tricksOfLetters(host, shown),
    ...tricksOfName(host, shown, official),
    baitAfter(host, parts.after, official),
    SHORTENERS.has(ownName(host)) ? `${ownName(host)} là trang rút gọn link: nó che địa chỉ thật, không rõ dẫn đến đâu.` : "",
  ].filter(Boolean);
  const remarks = [
    parts.port ? `Có thêm số cổng :${parts.port}. Trang cho bà con ít khi ghi số này.` : "",
    parts.scheme === "http" ? "Bắt đầu bằng http, không có chữ s: nội dung không được mã hóa." : "",
  ].filter(Boolean);
  const own = `Tên thật của trang: ${shorten(ownName(host))}.`;
  if (tricks.length) return suspect(host, [own, ...tricks, ...remarks]);
  if (STATE.test(host)) return stateAnswer(host, remarks, official);
  return otherAnswer(host, own, remarks, official);
}

/**
 * @param {string} typed
 * @returns {{scheme: string, isWeb: boolean, user: string, host: string, port: string, after: string}}
 */
function split(typed) {
  const scheme = (/^([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))/i.exec(typed) || ["", ""])[1].toLowerCase();
  // "name.vn:8080" has a port, not a scheme; a scheme of the web may also be left out.
  const isWeb = scheme === "" || scheme === "http" || scheme === "https";
  const rest = scheme ? typed.slice(scheme.length + 1).replace(/^[/\\]+/, "") : typed.replace(/^[/\\]{2,}/, "");
  const authority = rest.split(/[/?#\\]/)[0];
  const at = authority.lastIndexOf("@");
  const [, name, port] = /^(\[.*\]|.*?)(?::(\d*))?$/.exec(authority.slice(at + 1));
  return {
    scheme,
    isWeb,
    user: at > 0 ? authority.slice(0, at) : "",
    host: name.replace(/[。．｡]/g, ".").replace(/\.$/, ""),
    port: port || "",
    after: rest.slice(authority.length),
  };
}

/**
 * @param {string} host
 * @returns {string} why this can be no name of a site, "" when it can
 */
function faultOf(host) {
  if (!host) return "Không thấy tên trang trong địa chỉ.";
  if (host.length > MAX_HOST) return `Tên trang dài ${spell(host.length)} ký tự. Tên có thật không quá ${MAX_HOST}.`;
  const labels = host.split(".");
  if (host.startsWith("[")) return "";
  if (labels.some((label) => !label)) return "Có hai dấu chấm liền nhau, hoặc dấu chấm ở đầu.";
  if (labels.some((label) => label.length > MAX_LABEL)) return `Có một đoạn dài quá ${MAX_LABEL} ký tự giữa hai dấu chấm.`;
  if (labels.length === 1 && !isNumeric(host)) return "Địa chỉ trang phải có dấu chấm, ví dụ dichvucong.gov.vn.";
  return "";
}

/**
 * @param {string} host
 * @param {string} shown the host with "xn--" decoded
 * @returns {string[]}
 */
function tricksOfLetters(host, shown) {
  const found = [];
  if (host !== shown) found.push(`Chữ “xn--” che một tên khác, hiện ra là “${shorten(shown)}”.`);
  if (/(^|\.)xn--/.test(shown)) found.push("Có đoạn “xn--” không giải mã được.");
  const fakes = [...new Set(shown)].filter((letter) => LOOK_ALIKES.has(letter));
  for (const letter of fakes.slice(0, 3)) {
    found.push(`Chữ “${letter}” không phải chữ ${LOOK_ALIKES.get(letter)} thường, chỉ trông giống.`);
  }
  const mixed = shown.split(".").map(scriptsOf).find((names) => names.length > 1);
  if (mixed) found.push(`Một đoạn trộn hai bộ chữ: ${mixed.join(" và ")}.`);
  return found;
}

/**
 * @param {string} host
 * @param {string} shown
 * @param {string[]} official
 * @returns {string[]}
 */
function tricksOfName(host, shown, official) {
  if (host.startsWith("[") || isNumeric(host)) {
    return ["Địa chỉ là dãy số, không có tên. Trang của cơ quan có tên tận cùng bằng .gov.vn."];
  }
  if (STATE.test(host)) return host === "gov.vn" ? ["Chỉ có đuôi gov.vn, chưa có tên cơ quan nào."] : [];
  const plain = skeleton(shown);
  const found = [];
  if (/(^|\.)gov\.vn\./.test(shown)) {
    found.push(`Chữ gov.vn nằm ở giữa. Đuôi thật là .${tailOf(host)}, không phải .gov.vn.`);
  } else if (STATE.test(plain) || NEAR_STATE.test(shown)) {
    found.push(`Đuôi .${shown.split(".").slice(-2).join(".")} giống .gov.vn mà không phải .gov.vn.`);
  } else if (saysState(shown, plain)) {
    found.push(`Có chữ gov trong tên, nhưng đuôi thật là .${tailOf(host)}, không phải .gov.vn.`);
  }
  if (official.includes(shown)) return found;
  const twin = official.find((each) => plain !== each && plain === skeleton(each));
  const used = official.find((each) => shown.split(/[.-]/).includes(each.split(".")[0]) || runsTogether(shown, each));
  const near = official.find((each) => skeleton(shown.split(".")[0]) === skeleton(each.split(".")[0]));
  if (twin) found.push(`Trông gần giống ${twin}, nhưng khác chữ.`);
  else if (used || near) found.push(`Mượn tên của ${used || near}, nhưng là một trang khác.`);
  return found;
}

/**
 * @param {string} shown
 * @param {string} official
 * @returns {boolean} whether the name of a state's address stands within a longer word ("dichvucongquocgia")
 */
function runsTogether(shown, official) {
  return STATE.test(official) && skeleton(shown).includes(skeleton(official.split(".")[0]));
}

/**
 * @param {string} host
 * @param {string} after what follows the name of the site
 * @param {string[]} official
 * @returns {string} "" unless it speaks of the state and the name does not
 */
function baitAfter(host, after, official) {
  if (STATE.test(host) || official.includes(host) || !/gov(\.|%2e)vn/i.test(after)) return "";
  return `Chữ gov.vn đứng sau dấu ${after[0]} không phải tên trang. Tên thật đứng trước dấu ấy.`;
}

/**
 * @param {string} shown
 * @param {string} plain its skeleton
 * @returns {boolean} whether the name speaks of the state without being a state's
 */
function saysState(shown, plain) {
  if (/gov[-_]?vn/.test(`${shown} ${plain}`)) return true;
  return /(^|[.-])gov($|[.-])/.test(plain) && !FOREIGN_STATE.test(shown);
}

/**
 * @param {string} host
 * @param {string[]} remarks
 * @param {string[]} official
 * @returns {Answer}
 */
function stateAnswer(host, remarks, official) {
  return {
    verdict: "state",
    host,
    title: "Đuôi đúng là .gov.vn",
    reasons: [
      official.includes(host)
        ? `${host} trùng với địa chỉ in trên trang này.`
        : "Đuôi .gov.vn là của cơ quan nhà nước. Cơ quan nào thì đọc phần đứng trước.",
      ...remarks,
      "Trang chỉ đọc chữ, không mở thử. Tự gõ lại địa chỉ này, đừng bấm link người lạ gửi.",
      "Có người giục chuyển tiền, xin mã OTP thì vẫn tắt máy.",
    ],
  };
}

/**
 * @param {string} host
 * @param {string} own
 * @param {string[]} remarks
 * @param {string[]} official
 * @returns {Answer}
 */
function otherAnswer(host, own, remarks, official) {
  const isKnown = official.includes(host);
  return {
    verdict: "other",
    host,
    title: isKnown ? "Không phải .gov.vn, có tên trên trang này" : "Không phải trang .gov.vn",
    reasons: [
      own,
      isKnown
        ? `${host} trùng với địa chỉ in ở trang Gọi ai khi cần.`
        : "Trang này không biết địa chỉ ấy của ai, tốt hay xấu.",
      ...remarks,
      "Xưng là cơ quan nhà nước mà đuôi không phải .gov.vn thì đừng khai gì.",
    ],
  };
}

/** @param {string} host @param {string[]} reasons @returns {Answer} */
function suspect(host, reasons) {
  return { verdict: "suspect", host, title: "Coi chừng: có dấu hiệu đánh lừa", reasons };
}

/** @param {string} host @param {string[]} reasons @returns {Answer} */
function unreadable(host, reasons) {
  return { verdict: "unreadable", host, title: "Chưa đọc được địa chỉ này", reasons };
}

/** @param {string} label */
function decodeLabel(label) {
  return label.startsWith("xn--") ? decodePunycode(label.slice(4)) || label : label;
}

/**
 * @param {string} text
 * @returns {string} what the eye sees: look-alikes as plain letters, without accents
 */
function skeleton(text) {
  let seen = plainLetters([...text].map((letter) => LOOK_ALIKES.get(letter) || letter).join(""));
  for (const [pattern, letter] of ASCII_TWINS) seen = seen.replace(pattern, letter);
  return seen;
}

/** @param {string} text @returns {string} in lower case, without accents */
function plainLetters(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
}

/** @param {string} label @returns {string[]} names of the scripts in it */
function scriptsOf(label) {
  return SCRIPTS.filter(([, pattern]) => pattern.test(label)).map(([name]) => name);
}

/** @param {string} host decimal, octal and hexadecimal forms of an IP address included */
function isNumeric(host) {
  return host.split(".").every((label) => /^(\d+|0x[0-9a-f]*)$/.test(label));
}

/** @param {string} host @returns {string} its last label, or two under .vn ("com.vn") */
function tailOf(host) {
  const labels = host.split(".");
  const isDeep = labels.length > 2 && labels[labels.length - 1] === "vn" && SECOND_LEVEL.test(labels[labels.length - 2]);
  return labels.slice(isDeep ? -2 : -1).join(".");
}

/** @param {string} host @returns {string} the name that somebody registered */
function ownName(host) {
  if (host.startsWith("[") || isNumeric(host)) return host;
  return host.split(".").slice(-tailOf(host).split(".").length - 1).join(".");
}

/** @param {string} text */
function shorten(text) {
  const letters = [...text];
  return letters.length > 60 ? `${letters.slice(0, 60).join("")}…` : text;
}

/** @param {number} count @returns {string} "10.000" */
function spell(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ".");
}
