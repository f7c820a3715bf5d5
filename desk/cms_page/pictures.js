/** Asks for the words of each picture: the built-in form of a picture lets them be left out. */

const WITHOUT_WORDS = "![]("; // how the editor itself writes such a picture
const DECORATIVE = "{.trang-tri}"; // what the site's checks take instead of words

/**
 * Tell whether a picture in a text has neither words nor the sign that it only adorns.
 * @param {string} text Markdown, as the editor writes it.
 * @returns {boolean}
 */
const lacksWords = (text) =>
  text
    .split(WITHOUT_WORDS)
    .slice(1)
    .some((rest) => !rest.slice(rest.indexOf(")") + 1).startsWith(DECORATIVE));

/**
 * Refuse to save an article while one of its pictures has no description.
 * @param {{registerEventListener: (listener: {name: string, handler: Function}) => void}} cms
 */
export const askForDescriptions = (cms) => {
  const handler = ({ entry }) => {
    if (!lacksWords(String(entry.getIn(["data", "body"]) || ""))) return;
    const message = "Có hình chưa có lời tả. Viết vào ô “Lời tả hình” dưới hình, rồi lưu lại.";
    throw new Error("saving_failed", { cause: new Error(message) });
  };
  cms.registerEventListener({ name: "preSave", handler });
};
