/**
 * Parses an address as browsers and chat programs do; returns its registered domain and phishing indicators. Nothing
 * is fetched, and no answer says that an address is safe: a name cannot prove that.
 */
import { claimsIn, ownerOf, ownPlaces, plainLetters } from "./message-claims.js";
import { decodePunycode } from "./punycode.js";

/**
 * @typedef {"state" | "suspect" | "other" | "unreadable"} Verdict
 * @typedef {{verdict: Verdict, host: string, title: string, reasons: string[]}} Answer
 */

const MAX_HOST = 253; // RFC 1035
const MAX_LABEL = 63;
const MAX_TEXT = 2000; // longer input is truncated

/** Letters that look like Latin ones: a subset of Unicode's confusables (UTS #39). */
const LOOK_ALIKES = new Map(Object.entries({
  "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c", "т": "t",
  "у": "y", "х": "x", "ѕ": "s", "і": "i", "ї": "i", "ј": "j", "ԁ": "d", "һ": "h", "ԛ": "q", "ԝ": "w",
  "ѵ": "v", "ӏ": "l", "г": "r", "п": "n", "ь": "b", "α": "a", "ο": "o", "ρ": "p", "ν": "v", "ι": "i",
  "κ": "k", "τ": "t", "υ": "u", "γ": "y", "ϲ": "c", "ϳ": "j", "η": "n", "ω": "w", "ı": "i", "ɡ": "g",
  "ɑ": "a", "ɩ": "i", "ʋ": "v", "ɴ": "n", "ᴠ": "v", "ᴏ": "o", "ᴄ": "c", "ɢ": "g", "օ": "o", "ո": "n",
  "ս": "u", "ց": "g", "հ": "h", "զ": "q", "ⅼ": "l", "ⅴ": "v", "ⅽ": "c", "ⅾ": "d", "ⅿ": "m", "ⅰ": "i",
}));
/** ASCII letters and digits that are easily confused. */
const ASCII_TWINS = [[/rn/g, "m"], [/vv/g, "w"], [/0/g, "o"], [/[1l|]/g, "i"], [/5/g, "s"], [/q/g, "g"]];
const SCRIPTS = [
  ["Latinh", /\p{Script=Latin}/u], ["Kirin", /\p{Script=Cyrillic}/u], ["Hy Lạp", /\p{Script=Greek}/u],
  ["Armenia", /\p{Script=Armenian}/u], ["Hán", /\p{Script=Han}/u], ["Ả Rập", /\p{Script=Arabic}/u],
  ["Do Thái", /\p{Script=Hebrew}/u], ["Thái", /\p{Script=Thai}/u], ["Hàn", /\p{Script=Hangul}/u],
];
const HIDDEN = /(?!\s)[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]|\ufeff/gu;
/** Characters of host names (RFC 1123, letters of any script); chat programs end a link at any other. */
const NAME = /^[\p{L}\p{M}\p{N}.-]*/u;
/** Full stops that browsers read as the dot of a name (UTS #46). */
const OTHER_DOTS = /[。．｡]/;
/** Punctuation around an address in a message. */
const AROUND = /^[("'“‘«<]+|[)"'”’»>,;!?…]+$/g;
/** A word that can be an address: "https://…", or a name whose last part begins with a letter. */
const ADDRESS = /^https?:\/\/\S|^[^\s/?#@]+\.\p{L}[\p{L}\d-]/iu;
/** Schemes that another address follows; none is a web page. */
const NESTING = /^(view-source|blob|filesystem|javascript|data|intent):/i;
/** Top-level domains that people also write with a capital. */
const USUAL_ENDS = /^(vn|com|net|org|info|xyz|top|cc|me|io|app|site|online|shop|club|vip|link|icu|live|biz|co|tk)$/i;
/** A .gov.vn name of one syllable: preceding words may belong to it ("dich vu cong.gov.vn"). */
const CUT_OFF = /^[b-df-hj-np-tv-z]{0,3}[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?\.gov\.vn$/;
const LONGEST_NAME = 8; // in words separated by spaces
/** Link shorteners, whose addresses hide the target. */
const SHORTENERS = new Set([
  "bit.ly", "bitly.com", "buff.ly", "by.com.vn", "byvn.net", "cutt.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "rebrand.ly",
  "s.id", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "v.gd",
]);
const TELEPHONE = /^(\+84|0|1[89]00)[\d .-]{4,12}$/;
const SECOND_LEVEL = /^(com|net|org|edu|gov|info|name|biz|health|pro|ac|int|id|io|ai)$/;
const STATE = /(^|\.)gov\.vn$/;
/** Government domains of other countries: "gov.uk", "nasa.gov". */
const FOREIGN_STATE = /(^|\.)gov(\.[a-z]{2})?$/;
/** Endings that imitate ".gov.vn". */
const NEAR_STATE = /(^|[.-])(g[o0]v|gow|goy|goc|gob|gvo|qov)\.(vn|vm|wn|un|vh|vnn)$/;

/**
 * @param {string} text what a reader typed or pasted
 * @param {string[]} [official] addresses that this site prints, such as "vneid.gov.vn"
 * @param {import("./message-claims.js").Authority[]} [authorities] whose names messages borrow
 * @returns {Answer}
 */
export function checkAddress(text, official = [], authorities = []) {
  const pasted = text.trim();
  const typed = pasted.replace(HIDDEN, "").trim().replace(AROUND, "");
  if (!typed) return unreadable("", ["Bà con chưa gõ địa chỉ nào."]);
  if (typed.length > MAX_TEXT) {
    return unreadable("", [`Chữ dán vào dài ${spell(typed.length)} ký tự, không giống một địa chỉ trang.`]);
  }
  if (TELEPHONE.test(typed)) {
    return unreadable("", ["Đây giống số điện thoại, không phải địa chỉ trang."]);
  }
  if (/\s/.test(typed) || loosened(typed).length > 1) return checkMessage(pasted, official, authorities);
  const parts = split(typed);
  if (!parts.isWeb) {
    return suspect(parts.scheme, [`Địa chỉ bắt đầu bằng “${parts.scheme}:”, không phải trang web. Đừng mở.`]);
  }
  const host = parts.host.split(OTHER_DOTS).join(".").normalize("NFKC").toLowerCase();
  const fault = faultOf(host);
  if (fault) return unreadable(host, [fault]);
  return judge(host, parts, split(pasted.replace(AROUND, "")).host, official, authorities);
}

/**
 * A chat program finds a link behind a colon, a bracket or an emoji too: "tại:https://…".
 * @param {string} word
 * @returns {string[]} what stands before its link, and the link
 */
function loosened(word) {
  const at = word.search(/(?:^|[^\p{L}\p{N}])https?:\/\//iu);
  const link = at < 0 ? "" : word.slice(at).replace(/^.*?(?=https?:)/iu, "");
  const before = word.slice(0, word.length - link.length);
  return link && before && !/[./?#@\\]/.test(before) && !NESTING.test(before) ? [before, link] : [word];
}

/**
 * @param {string} message words with blanks between them
 * @param {string[]} official
 * @param {import("./message-claims.js").Authority[]} authorities
 * @returns {Answer} the answer for its address, the most suspicious one of several
 */
function checkMessage(message, official, authorities) {
  const words = message.split(/\s+/).flatMap(loosened).map((word) => word.replace(AROUND, "").replace(/\.+$/, ""));
  const found = [...new Set(words.filter((word) => ADDRESS.test(word) && !isProse(word)))];
  if (!found.length) return unreadable("", ["Không thấy địa chỉ trang nào trong chữ dán vào, hoặc tên có dấu cách ở giữa."]);
  const said = words.filter((word) => !found.includes(word)).join(" "); // links make no claims
  const claims = claimsIn(plainScript(said.replace(HIDDEN, "")), authorities);
  const answers = found.map((each) => withClaims(checkAddress(each, official, authorities), claims));
  const cut = found.length === 1 ? cutName(words, found[0], answers[0], official) : "";
  if (cut) return unreadable("", [cut]);
  const worst = answers.findIndex((each) => each.verdict === "suspect");
  if (worst >= 0) return inMessage(found[worst], answers[worst]);
  if (found.length > 1) return unreadable("", [`Có ${found.length} chỗ giống địa chỉ. Bà con dán từng cái một.`]);
  return inMessage(found[0], answers[0]);
}

/**
 * @param {string[]} words of a message
 * @param {string} address the one in it
 * @param {Answer} answer
 * @param {string[]} official
 * @returns {string} advice when a blank seems to split the name, else ""
 */
function cutName(words, address, answer, official) {
  const before = address.includes("//") ? [] : words.slice(0, words.indexOf(address));
  const whole = joinedName(before, address, official);
  if (whole) return `Có dấu cách ở giữa tên. Bà con muốn xem ${whole} thì gõ liền, không có dấu cách.`;
  if (!/[^:]$/.test(before.join(" ")) || !CUT_OFF.test(plainLetters(answer.host))) return "";
  return `Có chữ đứng trước ${answer.host}. Tên trang viết liền: dán riêng địa chỉ, không có dấu cách.`;
}

/** @param {string} address @param {Answer} answer @returns {Answer} */
function inMessage(address, answer) {
  return { ...answer, reasons: [`Trong tin nhắn có địa chỉ ${shorten(address)}.`, ...answer.reasons] };
}

/**
 * @param {string} word
 * @returns {boolean} whether it is the end of a sentence without a blank after it, or "TP.HCM"
 */
function isProse(word) {
  const end = word.split(".").pop();
  if (/[/:?#]/.test(word) || USUAL_ENDS.test(end)) return false;
  return end !== end.toLowerCase() || end !== plainLetters(end);
}

/**
 * @param {Answer} answer
 * @param {import("./message-claims.js").Claim[]} claims
 * @returns {Answer} a warning when a message claims an authority and links elsewhere
 */
function withClaims(answer, claims) {
  if (!claims.length || !["other", "suspect"].includes(answer.verdict) || STATE.test(answer.host)) return answer;
  if (ownerOf(answer.host, claims.map((claim) => claim.authority))) return answer;
  const names = claims.map(({ authority, words }) =>
    authority.name.toLowerCase() === words ? authority.name : `${authority.name} (“${words}”)`);
  const places = ownPlaces(claims);
  const why = places ? `mà link không phải ${places}.` : "mà trang này không biết link ấy của ai.";
  const reason = `Tin nhắn nhắc đến ${names.join(", ")}, ${why} Đừng mở, đừng khai gì; hỏi lại bằng số tự mình tìm.`;
  const [own, ...others] = answer.reasons;
  return suspect(answer.host, [own, reason, ...(answer.verdict === "suspect" ? others : [])]);
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
 * @param {string} raw the name with the characters that nobody sees
 * @param {string[]} official
 * @param {import("./message-claims.js").Authority[]} authorities
 * @returns {Answer}
 */
function judge(host, parts, raw, official, authorities) {
  const shown = host.split(".").map(decodeLabel).join(".");
  const breaks = tricksOfBreaks(raw, host);
  const tricks = [
    raw === raw.replace(HIDDEN, "") ? "" : "Trong địa chỉ có ký tự ẩn, mắt không thấy.",
    parts.user ? `Phần “${shorten(parts.user)}” trước dấu @ chỉ để đánh lừa. Tên thật đứng sau dấu @.` : "",
    parts.isTwisted ? "Địa chỉ bắt đầu bằng gạch chéo ngược, không ai viết thế." : "",
    parts.after.startsWith("\\") ? "Địa chỉ dùng gạch chéo ngược, trình duyệt cắt tên trang ngay ở đó." : "",
    ...breaks,
    ...tricksOfLetters(host, shown),
    ...tricksOfName(host, shown, official),
    baitAfter(host, parts.after, official),
    SHORTENERS.has(ownName(host)) ? `${ownName(host)} là trang rút gọn link: nó che địa chỉ thật, không rõ dẫn đến đâu.` : "",
  ].filter(Boolean);
  const remarks = [
    parts.port ? `Có thêm số cổng :${parts.port}. Trang cho bà con ít khi ghi số này.` : "",
    parts.scheme === "http" ? "Bắt đầu bằng http, không có chữ s: nội dung không được mã hóa." : "",
  ].filter(Boolean);
  const linked = linkedName(raw);
  const own = breaks.length && !linked ? "" : `Tên thật của trang: ${shorten(ownName(linked || host))}.`;
  if (tricks.length) return suspect(linked || host, [own, ...tricks, ...remarks].filter(Boolean));
  const opened = openedName(parts);
  if (!opened) return unreadable(host, ["Trình duyệt không mở được tên hay số cổng viết thế này."]);
  if (opened !== shown) return suspect(host, [`Trình duyệt đọc tên này thành ${shorten(opened)}.`, ...remarks]);
  if (STATE.test(host)) return stateAnswer(host, remarks, official);
  return otherAnswer(host, own, remarks, official, ownerOf(host, authorities));
}

/**
 * @param {string} typed
 * @returns {{scheme: string, isWeb: boolean, isTwisted: boolean, user: string, host: string, port: string, after: string, rest: string}}
 */
function split(typed) {
  const scheme = (/^([a-z][a-z0-9+-]*):(?!\d+(?:[/?#]|$))/i.exec(typed) || ["", ""])[1].toLowerCase();
  // "name.vn:8080" has a port, not a scheme; a scheme of the web may also be left out.
  const isWeb = scheme === "" || scheme === "http" || scheme === "https";
  const rest = scheme ? typed.slice(scheme.length + 1).replace(/^[/\\]+/, "") : typed.replace(/^[/\\]{2,}/, "");
  const authority = rest.split(/[/?#\\]/)[0];
  const at = authority.lastIndexOf("@");
  const [, name, port] = /^(\[.*\]|.*?)(?::(\d*))?$/.exec(authority.slice(at + 1));
  return {
    scheme,
    isWeb,
    isTwisted: /^[/\\]*\\/.test(typed.slice(scheme ? scheme.length + 1 : 0)),
    user: at > 0 ? authority.slice(0, at) : "",
    host: name.replace(/[.。．｡]$/, ""),
    port: port || "",
    after: rest.slice(authority.length),
    rest,
  };
}

/**
 * @param {ReturnType<typeof split>} parts
 * @returns {string} the name that a browser would open (WHATWG URL), "" when it refuses the address
 */
function openedName({ scheme, rest }) {
  try {
    const { hostname } = new URL(`${scheme || "https"}://${rest}`);
    return hostname.replace(/\.$/, "").split(".").map(decodeLabel).join(".");
  } catch (error) {
    return "";
  }
}

/**
 * @param {string} raw a name as it was pasted
 * @returns {string} the name at which a chat program ends the link, "" when that is the whole, no name
 *   or a state's (of which the rest of the name makes no better one)
 */
function linkedName(raw) {
  const linked = beginningOf(raw).replace(/[.-]+$/, "").normalize("NFKC").toLowerCase();
  const isPart = linked.length < raw.replace(HIDDEN, "").length;
  return isPart && linked.includes(".") && !STATE.test(linked) ? linked : "";
}

/** @param {string} raw @returns {string} the part before the first invalid character */
function beginningOf(raw) {
  return NAME.exec(raw.split(HIDDEN)[0])[0];
}

/**
 * @param {string} raw
 * @param {string} host
 * @returns {string[]} characters that are invalid in host names
 */
function tricksOfBreaks(raw, host) {
  if (host.startsWith("[")) return [];
  const linked = linkedName(raw);
  const seen = raw.replace(HIDDEN, "");
  const odd = linked || !OTHER_DOTS.test(seen) ? [...seen.slice(NAME.exec(seen)[0].length)][0] : "";
  const found = [];
  if (odd) found.push(`Trong tên có dấu “${odd}”, không tên trang nào có dấu ấy.`);
  else if (NAME.exec(host)[0] !== host) found.push("Trong tên có dấu mà không tên trang nào có.");
  if (host.split(".").some((label) => /^-|-$/.test(label))) {
    found.push("Có đoạn bắt đầu hoặc tận cùng bằng gạch nối, không tên trang nào viết thế.");
  }
  if (host.split(".").some((label) => /^(?!xn).{2}--/.test(label))) { // reserved: RFC 5890, 2.3.1
    found.push("Có hai gạch nối liền nhau ở chỗ không tên trang nào có.");
  }
  if (linked) found.push(`Ứng dụng nhắn tin thường cắt link ở chỗ ấy và mở ${shorten(linked)}.`);
  return found;
}

/**
 * @param {string} host
 * @returns {string} why the host name is invalid, "" when it is valid
 */
function faultOf(host) {
  if (!host) return "Không thấy tên trang trong địa chỉ.";
  if (host.length > MAX_HOST) return `Tên trang dài ${spell(host.length)} ký tự. Tên có thật không quá ${MAX_HOST}.`;
  const labels = host.split(".");
  if (host.startsWith("[")) return "";
  if (labels.some((label) => !label)) return "Có hai dấu chấm liền nhau, hoặc dấu chấm ở đầu.";
  if (labels.some((label) => label.length > MAX_LABEL)) return `Có một đoạn dài quá ${MAX_LABEL} ký tự giữa hai dấu chấm.`;
  if (!isNumeric(host) && isNumeric(labels[labels.length - 1])) return "Tên trang không bao giờ tận cùng bằng số.";
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
  if (host === "gov.vn") return ["Chỉ có đuôi gov.vn, chưa có tên cơ quan nào."];
  if (STATE.test(host)) return tricksOfAccents(host);
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
 * @param {string} host a name under .gov.vn
 * @returns {string[]}
 */
function tricksOfAccents(host) {
  const odd = [...host].find((letter) => /(?![a-z0-9])[\p{L}\p{M}\p{N}]/u.test(letter));
  return odd ? [`Trong tên có chữ “${odd}”, ngoài các chữ a đến z không dấu. Bà con gõ lại không dấu rồi xem.`] : [];
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
 * @param {ReturnType<typeof ownerOf>} owner
 * @returns {Answer}
 */
function otherAnswer(host, own, remarks, official, owner) {
  const isKnown = official.includes(host);
  const unknown = "Trang này không biết địa chỉ ấy của ai, tốt hay xấu.";
  return {
    verdict: "other",
    host,
    title: isKnown ? "Không phải .gov.vn, có tên trên trang này" : "Không phải trang .gov.vn",
    reasons: [
      own,
      isKnown
        ? `${host} trùng với địa chỉ in ở trang Gọi ai khi cần.`
        : (owner ? `${owner.address} là trang của ${owner.name}, theo ${owner.source}.` : unknown),
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
 * @returns {string} the skeleton: look-alikes as plain letters, without accents
 */
function skeleton(text) {
  let seen = plainLetters(plainScript(text));
  for (const [pattern, letter] of ASCII_TWINS) seen = seen.replace(pattern, letter);
  return seen;
}

/** @param {string} text @returns {string} with look-alikes replaced by Latin letters */
function plainScript(text) {
  return [...text].map((letter) => LOOK_ALIKES.get(letter.toLowerCase()) || letter).join("");
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

/** @param {string} host @returns {string} the registered domain */
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
