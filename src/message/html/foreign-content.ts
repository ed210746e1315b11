import { isBreakout, isIntegrationPoint } from './elements.ts';

/** Whether a place in HTML is in SVG or MathML, as far as a browser would say so: there, tags mean something else. */
export interface ForeignContent {
  readonly kind: 'svg' | 'math' | undefined;
  /** To be told of each start tag before it is looked at. @returns whether it ends the SVG or MathML that it stands in */
  breakOut(name: string): boolean;
  /** To be told of each start tag afterwards, unless it closes itself. */
  open(name: string): void;
  /** To be told of each end tag, after it was looked at. */
  close(name: string): void;
}

/** Follows the tags from the start of an HTML. Linear: every element is taken from the stack once. */
export function followForeignContent(): ForeignContent {
  /** The open `svg`, `math` and integration points, with what held around them. */
  const stack: { readonly name: string; readonly around: 'svg' | 'math' | undefined }[] = [];
  const openRoots = { svg: 0, math: 0 };
  let kind: 'svg' | 'math' | undefined;

  function push(name: string, inside: typeof kind): void {
    stack.push({ name, around: kind });
    if (name === 'svg' || name === 'math') openRoots[name] += 1;
    kind = inside;
  }

  function pop(): string | undefined {
    const last = stack.pop();
    if (last === undefined) return undefined;
    if (last.name === 'svg' || last.name === 'math') openRoots[last.name] -= 1;
    kind = last.around;
    return last.name;
  }

  const isForeign = (): boolean => kind !== undefined;

  return {
    get kind() {
      return kind;
    },
    breakOut(name) {
      if (kind === undefined || !isBreakout(name)) return false;
      do pop();
      while (isForeign());
      return true;
    },
    open(name) {
      if (name === 'svg' || name === 'math') push(name, name);
      else if (kind !== undefined && isIntegrationPoint(name)) push(name, undefined);
    },
    close(name) {
      if (name === 'svg' || name === 'math') {
        // In an integration point it means nothing.
        if (kind === undefined || openRoots[name] === 0) return;
        while (pop() !== name);
      } else if (stack.at(-1)?.name === name) pop();
    },
  };
}
