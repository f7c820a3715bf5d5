// The editor's own page: what Sveltia CMS does not do by itself, then Sveltia CMS.
import { askBeforeLeaving } from "./leaving.js";
import { readPastes } from "./paste.js";
import { askForDescriptions } from "./pictures.js";
import { keepParagraphsApart } from "./selection.js";

const PREFERENCES = "sveltia-cms.prefs";

// It takes its language from the browser; here it begins in Vietnamese. Esc would close an article.
const preferences = JSON.parse(localStorage.getItem(PREFERENCES) || '{"locale":"vi"}');
localStorage.setItem(PREFERENCES, JSON.stringify({ ...preferences, closeWithEscape: false }));

readPastes(document);
keepParagraphsApart(document);
askBeforeLeaving(document);
import("./cms/npm/index.js").then((cms) => {
  askForDescriptions(cms);
  cms.init();
});
