import { explainFailure, summariseFailure } from '../failure-text.ts';
import { isPassed, type FileResult, type TestResult } from '../run-tests.ts';

/** Results as JUnit's XML, which CI systems read: a suite for each file. */
export function toJunit(files: readonly FileResult[]): string {
  const all = files.flatMap(({ results }) => results);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="postfixture" ${toCounts(all)}>`,
    ...files.flatMap(({ file, results }) => [
      `  <testsuite name="${escape(file)}" ${toCounts(results)}>`,
      ...results.flatMap((result) => formatTest(file, result)),
      '  </testsuite>',
    ]),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function formatTest(file: string, result: TestResult): readonly string[] {
  const { name, at, durationMs } = result;
  const attributes = [
    `name="${escape(name)}"`,
    `classname="${escape(file)}"`,
    `file="${escape(file)}"`,
    `line="${at.line}"`,
    `time="${toSeconds(durationMs)}"`,
  ].join(' ');
  if (isPassed(result)) return [`    <testcase ${attributes}/>`];
  const text = explainFailure(result, { isVerbose: false }).join('\n');
  return [
    `    <testcase ${attributes}>`,
    `      <failure message="${escape(summariseFailure(result))}" type="expectation">${escape(text)}</failure>`,
    '    </testcase>',
  ];
}

function toCounts(results: readonly TestResult[]): string {
  const failures = results.filter((result) => !isPassed(result)).length;
  const time = toSeconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0));
  return `tests="${results.length}" failures="${failures}" errors="0" skipped="0" time="${time}"`;
}

function toSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML; characters that no XML document may have are written as `\x07`. @see XML 1.0, §2.2 */
function escape(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, (character) => {
      const code = character.charCodeAt(0).toString(16);
      return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
    });
}
