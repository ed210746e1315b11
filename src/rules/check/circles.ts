/**
 * Finds circles: of each its members in their order, from the one that comes first. What leads to itself at once is
 * none.
 * @param starts where to begin
 * @param follow where each leads
 */
export function* findCircles<T>(starts: Iterable<T>, follow: (from: T) => Iterable<T>): Generator<readonly T[]> {
  const done = new Set<T>();
  for (const start of starts) {
    if (done.has(start)) continue;
    // A stack of our own: a chain may be as long as the table.
    const path: T[] = [];
    const depths = new Map<T, number>();
    const open = [enter(start)];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.next();
      if (next.done === true) {
        open.pop();
        const left = path.pop();
        if (left !== undefined) {
          depths.delete(left);
          done.add(left);
        }
        continue;
      }
      const depth = depths.get(next.value);
      if (depth !== undefined) {
        if (depth < path.length - 1) yield path.slice(depth);
      } else if (!done.has(next.value)) {
        open.push(enter(next.value));
      }
    }

    function enter(node: T): Iterator<T, undefined> {
      depths.set(node, path.length);
      path.push(node);
      return [...follow(node)].values();
    }
  }
}
