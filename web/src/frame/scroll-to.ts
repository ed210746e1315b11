/**
 * Brings an element into sight within what scrolls around it. `scrollIntoView` would scroll the frame of the page as
 * well, which has no scroll bar to bring it back.
 */
export function scrollTo(element: Element): void {
  const around = findScroller(element);
  if (!around) return;
  const inner = element.getBoundingClientRect();
  const outer = around.getBoundingClientRect();
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    // What is higher than its place begins at the top.
    around.scrollTop += inner.top - outer.top - Math.max(0, (outer.height - inner.height) / 2);
  }
  if (inner.left < outer.left || inner.right > outer.right) {
    around.scrollLeft += inner.left - outer.left - Math.max(0, (outer.width - inner.width) / 2);
  }
}

function findScroller(element: Element): Element | undefined {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around);
    const isScroller = [overflowX, overflowY].some((overflow) => overflow === 'auto' || overflow === 'scroll');
    if (isScroller) return around;
  }
  return undefined;
}
