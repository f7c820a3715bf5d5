/** Keeps three clicks to one paragraph: a browser selects up to the start of the next one. */

const BLOCK = "p,li,h1,h2,h3,h4,h5,h6,blockquote";

/**
 * Cut the selection at the end of its paragraph, or what is typed over it takes in the next heading.
 * @param {Document} page
 */
export const keepParagraphsApart = (page) => {
  page.addEventListener(
    "mouseup",
    (event) => {
      const selection = page.getSelection();
      const isThird = event.detail === 3 && selection.rangeCount;
      if (!isThird || !(/** @type {Element} */ (event.target).closest(".lexical-root"))) return;
      const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
      const block = startContainer.parentElement && startContainer.parentElement.closest(BLOCK);
      if (!block || endOffset || block.contains(endContainer)) return;
      selection.setBaseAndExtent(startContainer, startOffset, block, block.childNodes.length);
    },
    true,
  );
};
