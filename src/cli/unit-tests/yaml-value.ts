import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser, type CST, type YAMLMap } from 'yaml';
import type { Mistakes, Place } from './mistakes.ts';

/** What YAML says, each part with its place. Scalars are text as written: `5.10` is no number, `no` is no boolean. */
export type YamlValue = YamlText | YamlList | YamlMap;

/** A scalar. */
export interface YamlText {
  readonly kind: 'text';
  readonly at: Place;
  readonly text: string;
}

/** A sequence. */
export interface YamlList {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly YamlValue[];
}

/** A mapping, in the order of the file; no key stands twice. */
export interface YamlMap {
  readonly kind: 'map';
  readonly at: Place;
  readonly entries: readonly YamlEntry[];
}

/** A key and what it stands for. */
export interface YamlEntry {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: YamlValue;
}

/** More levels than any test file has, and far from what the stack holds. */
const DEPTH = 50;

/**
 * Reads a YAML document. An alias is what its anchor stands for.
 * @param file how mistakes call it
 * @returns undefined if it is no YAML; an empty mapping if it is empty
 */
export function readYaml(text: string, file: string, mistakes: Mistakes): YamlValue | undefined {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const reading: Reading = {
    placeAt(offset) {
      const { line, col } = lines.linePos(offset);
      return { file, line, column: col };
    },
    mistakes,
    anchors: new Map(),
  };
  const deep = findDeepest(tokens);
  if (deep !== undefined) {
    mistakes.add(reading.placeAt(deep.offset), `more than ${DEPTH} levels are within each other`, 'write it flat');
    return undefined;
  }
  const options = { schema: 'failsafe', uniqueKeys: false } as const;
  const [document, second] = new Composer(options).compose(tokens, true, text.length);
  const empty: YamlMap = { kind: 'map', at: reading.placeAt(0), entries: [] };
  if (document === undefined) return empty;
  for (const { message, pos } of [...document.errors, ...document.warnings]) {
    mistakes.add(reading.placeAt(pos[0]), `no YAML: ${message}`);
  }
  if (second !== undefined) mistakes.add(reading.placeAt(second.range[0]), 'a second document', 'write a file each');
  if (document.errors.length > 0) return undefined;
  if (document.contents === null) return empty;
  return convert(document.contents, 0, reading);
}

interface Reading {
  readonly placeAt: (offset: number) => Place;
  readonly mistakes: Mistakes;
  /** What was converted so far: each once, however often it is referred to. */
  readonly anchors: Map<string, YamlValue>;
}

/** @param fallback the offset of what has none of its own: a value that is left out */
function convert(node: unknown, fallback: number, reading: Reading): YamlValue {
  const offset = offsetOf(node) ?? fallback;
  const at = reading.placeAt(offset);
  if (isAlias(node)) {
    const target = reading.anchors.get(node.source);
    if (target !== undefined) return target;
    reading.mistakes.add(at, `*${node.source} stands for nothing`, 'put its anchor before it, and not around it');
    return { kind: 'text', at, text: '' };
  }
  const value = convertContent(node, offset, reading);
  if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
    reading.anchors.set(node.anchor, value);
  }
  return value;
}

function convertContent(node: unknown, offset: number, reading: Reading): YamlValue {
  const at = reading.placeAt(offset);
  if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => convert(item, offset, reading)) };
  if (isMap(node)) return { kind: 'map', at, entries: convertEntries(node, offset, reading) };
  return { kind: 'text', at, text: isScalar(node) && typeof node.value === 'string' ? node.value : '' };
}

function convertEntries({ items }: YAMLMap, fallback: number, reading: Reading): readonly YamlEntry[] {
  const known = new Map<string, Place>();
  return items.flatMap(({ key, value }) => {
    const offset = offsetOf(key) ?? fallback;
    const keyAt = reading.placeAt(offset);
    const name = convert(key, offset, reading);
    if (name.kind !== 'text') {
      reading.mistakes.add(keyAt, 'a key is a list or a mapping', 'write a name');
      return [];
    }
    const before = known.get(name.text);
    if (before !== undefined) {
      reading.mistakes.add(keyAt, `"${name.text}" is there already, in line ${before.line}`, 'leave one of them out');
      return [];
    }
    known.set(name.text, keyAt);
    return [{ key: name.text, keyAt, value: convert(value, offset, reading) }];
  });
}

/** A token that lies too deep; whoever composes tokens calls himself for each level. */
function findDeepest(tokens: readonly CST.Token[]): CST.Token | undefined {
  const left = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { token, depth } = next;
    if (depth > DEPTH) return token;
    const items = 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
    const below = token.type === 'document' ? [token.value] : items;
    for (const one of below) if (one) left.push({ token: one, depth: depth + 1 });
  }
  return undefined;
}

function offsetOf(node: unknown): number | undefined {
  return isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}
