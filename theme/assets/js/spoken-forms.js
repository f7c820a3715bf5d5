/** Short forms and how they are said, numbers to call: the build writes those of data/ here (portal/site/spoken_forms.py). */
export const FORMS = /** @type {Record<string, string>} */ ({});
export const NUMBERS = ["113"];
