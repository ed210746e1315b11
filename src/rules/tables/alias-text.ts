import type { Octets } from '../octets.ts';
import { externalize, internalize, scanAliasTokens, type AliasToken } from './alias-tokens.ts';
import { isUtf8 } from './fold-key.ts';
import { warnOfLine, warnOfNonUtf8Line, warnOfStrayLine } from './line-warning.ts';
import type { MapTextOptions } from './map-text.ts';
import { visitLogicalLines } from './table-text.ts';

/**
 * Reads the text of an alias table as postalias does: `name: value, value`. The name loses its quotes, the value is
 * written as RFC 822 would.
 * @param add is given each name with its value
 * @see aliases(5), postalias(1)
 */
export function readAliasText(
  text: Octets,
  { file, smtputf8, report }: Omit<MapTextOptions, 'files'>,
  add: (name: Octets, value: Octets, line: number) => void,
): void {
  visitLogicalLines(
    text,
    ({ text: source, start, end, line }) => {
      const at = { file, line };
      const whole = source.slice(start, end);
      if (smtputf8 && !isUtf8(whole)) {
        warnOfNonUtf8Line(report, at, whole);
        return;
      }
      const tokens = scanAliasTokens(whole);
      const colon = tokens.findIndex((token) => isOperator(token, ':'));
      const name = tokens.slice(0, Math.max(colon, 0));
      const value = tokens.slice(colon + 1);
      if (colon <= 0 || value.length === 0 || name.some((token) => isOperator(token, ','))) {
        warnOfLine(report, {
          code: 'alias-no-pair',
          at,
          problem: 'need name:value pair',
          hint: 'write name: value; to lose mail, write name: /dev/null',
        });
      } else if (name.some((token) => isOperator(token, '@') || isOperator(token, '%'))) {
        warnOfLine(report, {
          code: 'alias-not-local',
          at,
          problem: 'name must be local',
          hint: 'write the name without its domain; for other domains use virtual_alias_maps',
        });
      } else {
        add(internalize(name), externalize(value), line);
      }
    },
    (stray) => warnOfStrayLine(report, file, stray),
  );
}

function isOperator({ kind, text }: AliasToken, operator: string): boolean {
  return kind === 'operator' && text === operator;
}
