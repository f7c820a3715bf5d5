/**
 * Reads what is pasted from Word, Excel, Facebook, Zalo and Google Docs as lists and tables.
 *
 * The editor takes real HTML lists and tables with header cells. Word writes a list as paragraphs
 * with a sign in front, Facebook and Zalo as lines, and neither marks a table's first row.
 */

/**
 * A line of a block of text; `level` from 1 and `number` (0 for a bullet) make it an entry of a list.
 * @typedef {{tag: string, content: Node, level?: number, number?: number}} Line
 */

const OWN_FORMAT = "application/x-lexical-editor";
const BLOCKS =
  "address,article,aside,blockquote,dd,div,dl,dt,figure,footer,h1,h2,h3,h4,h5,h6,header,hr,li,main," +
  "ol,p,pre,section,table,ul";
const UNREAD =
  "script,style,head,title,meta,link,xml,noscript,iframe,object,video,audio,svg,input,button," +
  ".msocomoff,.msocomtxt,.MsoCommentReference";
const HEADINGS = { H1: "h2", H2: "h2", H3: "h3", H4: "h3", H5: "h3", H6: "h3" };
const HIDDEN_SIGNS = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]/g;
const BULLET = /^\s*[•·●▪■◦○‣►▶➢➤❖✓✔\uf0a7\uf0b7\uf0d8\uf0fc*+–—-]\s+/;
const NUMBER = /^\s*(\d{1,2})(?:\s*[.)/]\s+|\ufe0f?\u20e3\s*)/;
const STEP = /^\s*bước\s+(\d{1,2})\s*[:.–—-]\s*/i;
const EMOJI = /^\s*(\p{Extended_Pictographic}\ufe0f?)\s*/u;
const STYLE = /font-weight:\s*(?:bold|[6-9]00)/i;
const PLAIN_STYLE = /font-weight:\s*(?:normal|[1-5]00)/i;

/**
 * Return a line's text without what nobody sees, with plain spaces.
 * @param {string} text
 * @returns {string}
 */
const plain = (text) => text.normalize().replace(HIDDEN_SIGNS, "").replace(/[\s\u00a0\u202f]+/g, " ");

/**
 * Wrap a node in an element of this name, with the blanks at its ends outside.
 * @param {string} name
 * @param {Node} content
 * @returns {Node}
 */
const wrapped = (name, content) => {
  const whole = new DocumentFragment();
  const text = content.textContent;
  if (!text.trim()) {
    whole.append(text && " ");
    return whole;
  }
  const element = document.createElement(name);
  element.append(content);
  trim(element);
  whole.append(/^\s/.test(text) ? " " : "", element, /\s$/.test(text) ? " " : "");
  return whole;
};

/**
 * Remove the blanks at both ends of a node.
 * @param {Node} node
 */
const trim = (node) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) if ((text.data = text.data.trimStart())) break;
  for (const text of texts.reverse()) if ((text.data = text.data.trimEnd())) break;
};

/**
 * Return what stands in a line: words, strong and emphasised ones, code and links, and no more.
 * @param {Node} node
 * @returns {Node}
 */
const inline = (node) => {
  const whole = new DocumentFragment();
  if (node.nodeType === Node.TEXT_NODE) whole.append(plain(node.data));
  if (node.nodeType !== Node.ELEMENT_NODE) return whole;
  const style = node.getAttribute("style") || "";
  if (/mso-list:\s*ignore/i.test(style)) return whole;
  const name = node.localName;
  if (name === "img") {
    const alt = node.getAttribute("alt") || "";
    whole.append(EMOJI.test(alt) ? alt : "");
    return whole;
  }
  if (name === "br") {
    whole.append(" ");
    return whole;
  }
  for (const child of node.childNodes) whole.append(inline(child));
  if (name === "a" && /^(?:https?|mailto|tel):/.test(node.getAttribute("href") || "")) {
    const link = wrapped("a", whole);
    const element = link.querySelector("a");
    if (element) element.setAttribute("href", node.getAttribute("href"));
    return link;
  }
  if (name === "code") return wrapped("code", whole);
  const isBold = (/^(?:b|strong)$/.test(name) && !PLAIN_STYLE.test(style)) || STYLE.test(style);
  const isSlanted = /^(?:i|em)$/.test(name) && !/font-style:\s*normal/i.test(style);
  const inner = isSlanted ? wrapped("em", whole) : whole;
  return isBold ? wrapped("strong", inner) : inner;
};

/**
 * Return level and number of a paragraph that is an entry of a list in Word.
 * @param {Element} element
 * @returns {{level: number, number: number} | undefined}
 */
const wordEntry = (element) => {
  const level = /mso-list:[^;]*level(\d)/i.exec(element.getAttribute("style") || "");
  if (!level) return undefined;
  const sign = [...element.querySelectorAll("[style]")].find((part) =>
    /mso-list:\s*ignore/i.test(part.getAttribute("style")),
  );
  const marker = sign ? plain(sign.textContent).trim() : "";
  const number = /^\(?(\d+)[.)]/.exec(marker);
  const isOrdered = number || /^\(?[a-zđ]{1,4}[.)]/i.test(marker);
  return { level: Number(level[1]), number: number ? Number(number[1]) : isOrdered ? 1 : 0 };
};

/**
 * Return the lines of an element, in order.
 * @param {Node} root
 * @param {Partial<Line>} context What a line without a name of its own is.
 * @returns {(Line | HTMLTableElement)[]}
 */
const linesOf = (root, context = {}) => {
  const lines = [];
  let current = new DocumentFragment();
  let rest = context;
  const flush = () => {
    if (current.textContent.trim()) {
      trim(current);
      lines.push({ tag: "p", ...rest, content: current });
      rest = rest.level ? { ...rest, isRest: true } : rest;
    }
    current = new DocumentFragment();
  };
  for (const child of root.childNodes) {
    const isElement = child.nodeType === Node.ELEMENT_NODE;
    if (isElement && child.localName === "br") {
      flush();
    } else if (isElement && (child.matches(BLOCKS) || child.querySelector(`${BLOCKS},br`))) {
      flush();
      lines.push(...blockLines(child, rest));
      if (rest.level && lines.length) rest = { ...rest, isRest: true };
    } else {
      current.append(inline(child));
    }
  }
  flush();
  return lines;
};

/**
 * Return the lines of one block.
 * @param {Element} block
 * @param {Partial<Line>} context
 * @returns {(Line | HTMLTableElement)[]}
 */
const blockLines = (block, context) => {
  const name = block.localName;
  if (name === "table") return tableLines(block);
  if (name === "ul" || name === "ol") return listLines(block, (context.level || 0) + 1);
  if (HEADINGS[block.tagName]) {
    const content = document.createTextNode(inline(block).textContent.trim());
    return content.data ? [{ tag: HEADINGS[block.tagName], content }] : [];
  }
  if (name === "blockquote") return linesOf(block, { ...context, tag: "blockquote" });
  return linesOf(block, { ...context, ...wordEntry(block) });
};

/**
 * Return the entries of a list; Google Docs puts lists into lists, not into their entries.
 * @param {Element} list
 * @param {number} level
 * @returns {(Line | HTMLTableElement)[]}
 */
const listLines = (list, level) => {
  let number = list.localName === "ol" ? Number(list.getAttribute("start") || 1) : 0;
  return [...list.children].flatMap((child) => {
    if (child.matches("ul,ol")) return listLines(child, level + 1);
    return linesOf(child, { level, number: number && number++ });
  });
};

/**
 * Return a table whose first row has header cells and whose cells are one line each; a table of
 * one column is its lines.
 * @param {HTMLTableElement} source
 * @returns {(Line | HTMLTableElement)[]}
 */
const tableLines = (source) => {
  const rows = [...source.rows].filter((row) => row.textContent.trim());
  const width = Math.max(0, ...rows.map((row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)));
  if (width < 2) return rows.flatMap((row) => [...row.cells].flatMap((cell) => linesOf(cell)));
  const table = document.createElement("table");
  const below = new Map(); // of a column, how many rows a cell still reaches down
  rows.forEach((row, index) => {
    const line = table.insertRow();
    const add = (content) => {
      const cell = document.createElement(index ? "td" : "th");
      const paragraph = document.createElement("p");
      paragraph.append(content);
      cell.append(paragraph);
      line.append(cell);
    };
    const skip = () => {
      while (below.get(line.cells.length) > 0) {
        below.set(line.cells.length, below.get(line.cells.length) - 1);
        add("");
      }
    };
    for (const cell of row.cells) {
      skip();
      const start = line.cells.length;
      for (let column = 0; column < cell.colSpan; column += 1) {
        below.set(start + column, cell.rowSpan - 1);
        add(column ? "" : cellContent(cell, index === 0));
      }
    }
    skip();
    while (line.cells.length < width) add("");
  });
  return [table];
};

/**
 * Return what stands in a cell as one line; a header is plain words, and "|" would part cells.
 * @param {Element} cell
 * @param {boolean} isHeader
 * @returns {Node}
 */
const cellContent = (cell, isHeader) => {
  const whole = new DocumentFragment();
  for (const line of linesOf(cell)) {
    const before = whole.textContent;
    if (before) whole.append(/[.,;:!?…]$/.test(before) ? " " : "; ");
    whole.append(line.content || plain(line.textContent));
  }
  const walker = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/\|/g, "/");
  return isHeader ? document.createTextNode(whole.textContent) : whole;
};

/**
 * Remove so many signs from the start of a node.
 * @param {Node} node
 * @param {number} length
 */
const cut = (node, length) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (length > 0 && walker.nextNode()) {
    const text = walker.currentNode;
    const part = Math.min(length, text.data.length);
    text.data = text.data.slice(part);
    length -= part;
  }
  trim(node);
};

/**
 * Make entries of the lines that begin with a sign of a list. Steps ("Bước 1:") and pictures that
 * stand for bullets are such signs where two lines in a row have them.
 * @param {(Line | HTMLTableElement)[]} lines
 */
const readSigns = (lines) => {
  const sign = (line) => {
    if (!line || line.tag !== "p" || line.level) return undefined;
    const text = line.content.textContent;
    const step = STEP.exec(text);
    if (step) return { kind: "step", length: step[0].length, number: Number(step[1]) };
    const number = NUMBER.exec(text);
    if (number) return { kind: "number", length: number[0].length, number: Number(number[1]) };
    const bullet = BULLET.exec(text);
    if (bullet) return { kind: "bullet", length: bullet[0].length, number: 0 };
    const emoji = EMOJI.exec(text);
    return emoji && { kind: emoji[1], length: emoji[0].length, number: 0 };
  };
  const signs = lines.map(sign);
  signs.forEach((found, index) => {
    if (!found) return;
    const isSure = found.kind === "number" || found.kind === "bullet";
    const isRow = [signs[index - 1], signs[index + 1]].some((near) => near && near.kind === found.kind);
    if (!isSure && !isRow) return;
    cut(lines[index].content, found.length);
    Object.assign(lines[index], { level: 1, number: found.number });
  });
};

/**
 * Return lines as HTML: entries in lists, the rest as it is.
 * @param {(Line | HTMLTableElement)[]} lines
 * @returns {string}
 */
const asHTML = (lines) => {
  const root = document.createElement("div");
  /** @type {HTMLElement[]} */
  let open = [];
  lines.forEach((line) => {
    if (line instanceof HTMLTableElement) {
      open = [];
      root.append(line);
    } else if (!line.level) {
      open = [];
      const block = document.createElement(line.tag);
      block.append(line.content);
      root.append(block);
    } else if (line.isRest && open.length) {
      open[open.length - 1].lastElementChild.append(" ", line.content);
    } else {
      addEntry(root, open, line);
    }
  });
  return root.innerHTML;
};

/**
 * Add an entry to the list it belongs to, which is made where there is none.
 * @param {HTMLElement} root
 * @param {HTMLElement[]} open The lists that are open, outermost first.
 * @param {Line} line
 */
const addEntry = (root, open, line) => {
  const name = line.number ? "ol" : "ul";
  const level = Math.min(line.level, open.length + 1);
  open.length = Math.min(open.length, level);
  if (open.length === level && open[level - 1].localName !== name) open.pop();
  if (open.length < level) {
    const list = document.createElement(name);
    if (line.number > 1) list.setAttribute("start", String(line.number));
    (level > 1 ? open[level - 2].lastElementChild : root).append(list);
    open.push(list);
  }
  const entry = document.createElement("li");
  entry.append(line.content);
  open[level - 1].append(entry);
};

/**
 * Return what was copied as HTML the editor understands, "" for what is left to it.
 * @param {string} html
 * @param {string} text
 * @returns {string}
 */
export const readPaste = (html, text) => {
  let lines;
  if (html) {
    const source = new DOMParser().parseFromString(html, "text/html").body;
    for (const unread of source.querySelectorAll(UNREAD)) unread.remove();
    lines = linesOf(source);
  } else {
    const rows = text.split(/\r?\n/).map((row) => plain(row).trim());
    lines = rows.filter(Boolean).map((row) => ({ tag: "p", content: fragment(row) }));
    if (lines.length < 2) return "";
  }
  readSigns(lines);
  return lines.length ? asHTML(lines) : "";
};

/**
 * Return text as a node that can be emptied.
 * @param {string} text
 * @returns {DocumentFragment}
 */
const fragment = (text) => {
  const whole = new DocumentFragment();
  whole.append(text);
  return whole;
};

/**
 * Hand every paste into rich text to the editor as lists and tables.
 * @param {Document} page
 */
export const readPastes = (page) => {
  page.addEventListener(
    "paste",
    (event) => {
      const data = event.clipboardData;
      const target = /** @type {Element} */ (event.target);
      if (!data || event.isRead || data.types.includes(OWN_FORMAT)) return;
      if (!target.closest(".lexical-root") || target.matches("input, textarea")) return;
      const html = readPaste(data.getData("text/html"), data.getData("text/plain"));
      if (!html) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const clean = new DataTransfer();
      clean.setData("text/html", html);
      clean.setData("text/plain", data.getData("text/plain"));
      const paste = new ClipboardEvent("paste", {
        bubbles: true,
        cancelable: true,
        clipboardData: clean,
      });
      paste.isRead = true;
      target.dispatchEvent(paste);
    },
    true,
  );
};
