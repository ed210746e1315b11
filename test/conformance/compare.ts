// Compares what was got with what was expected, member by member, literally.

/** A member that is not as it should be. */
export interface Difference {
  /** `stdout`, or `results["key"].stderr`. */
  readonly member: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** @returns nothing when they agree. Of the members of the whole, absent and empty are equal. */
export function compareAnswers(
  expected: Readonly<Record<string, unknown>>,
  got: Readonly<Record<string, unknown>>,
): readonly Difference[] {
  const members = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...members].flatMap((member) => {
    const [left, right] = [expected[member], got[member]];
    return isEmpty(left) && isEmpty(right) ? [] : compareValues(left, right, member);
  });
}

function compareValues(expected: unknown, got: unknown, member: string): readonly Difference[] {
  if (Object.is(expected, got)) return [];
  if (isList(expected) && isList(got) && expected.length === got.length) {
    return expected.flatMap((value, i) => compareValues(value, got[i], `${member}[${i}]`));
  }
  if (isRecord(expected) && isRecord(got)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...names].flatMap((name) => compareValues(own(expected, name), own(got, name), join(member, name)));
  }
  return [{ member, expected, got }];
}

function join(member: string, name: string): string {
  return /^\w+$/.test(name) ? `${member}.${name}` : `${member}[${JSON.stringify(name)}]`;
}

/** A key of a table may be `constructor`. */
function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  if (isList(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
