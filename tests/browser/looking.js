// What a page must keep to on a phone. Each function answers with a list of sentences.
(() => {
  const shown = (element) => {
    const style = getComputedStyle(element);
    return element.getClientRects().length > 0 && style.visibility !== "hidden";
  };
  const name = (element) => {
    const text = (element.innerText || element.value || element.id || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.tagName.toLowerCase()}> “${text}”`;
  };
  const union = (a, b) => ({
    left: Math.min(a.left, b.left), right: Math.max(a.right, b.right),
    top: Math.min(a.top, b.top), bottom: Math.max(a.bottom, b.bottom),
  });

  // A link among words is as high as its line, as WCAG allows.
  const isAmongWords = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    let block = element;
    do {
      block = block.parentElement;
      const words = [...block.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      if (words.some((node) => /\p{L}{2}/u.test(node.data))) return true;
    } while (getComputedStyle(block).display === "inline");
    return false;
  };

  // What a finger may press: the element, its labels, and what it spreads over its card.
  const area = (element) => {
    let box = element.getBoundingClientRect();
    for (const label of element.labels || []) {
      if (shown(label)) box = union(box, label.getBoundingClientRect());
    }
    const over = getComputedStyle(element, "::after");
    if (over.content !== "none" && over.position === "absolute") {
      let holder = element;
      while (holder && getComputedStyle(holder).position === "static") holder = holder.parentElement;
      if (holder) box = union(box, holder.getBoundingClientRect());
    }
    return box;
  };

  const smallTargets = (least) => {
    const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary");
    return [...all]
      .filter((element) => shown(element) && !element.closest(".skip, .hidden") && !isAmongWords(element))
      .map((element) => ({ element, box: area(element) }))
      .filter(({ box }) => box.bottom - box.top < least - 0.5 || box.right - box.left < least - 0.5)
      .map(({ element, box }) =>
        `${name(element)} is ${Math.round(box.right - box.left)} × ${Math.round(box.bottom - box.top)} px`);
  };

  const overflow = () => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")]
      .filter((element) => shown(element) && !element.closest(".scroll *, pre *"))
      .filter((element) => element.getBoundingClientRect().right > width + 0.5)
      .slice(0, 3).map((element) => `${name(element)} class “${element.className.baseVal ?? element.className}”`);
    return [`the page is ${document.documentElement.scrollWidth} px wide: ${wide.join("; ")}`];
  };

  const noFocusSeen = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return ["nothing has the focus"];
    const seen = (each) => {
      const style = getComputedStyle(each);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    };
    const said = [];
    if (![element, ...(element.labels || [])].some(seen)) said.push(`no focus is seen on ${name(element)}`);
    const box = area(element);
    if (box.bottom <= 0 || box.top >= innerHeight) said.push(`${name(element)} is outside the window`);
    return said;
  };

  window.looking = { smallTargets, overflow, noFocusSeen };
})();
