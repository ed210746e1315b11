// Writes src/rules/config/postfix-parameter-rows.ts, what Postfix knows of its own parameters, from a table of facts:
//
//   node scripts/postfix-parameters.js parameters.tsv
//
// The table has a row a parameter: name, default, type, unit, min, max, since. It was read from Postfix 3.7.11 as Debian
// builds it: names, types and ranges from the tables in the postconf program, the rest from postconf(5).
import { readFileSync, writeFileSync } from 'node:fs';

const OF_TRANSPORTS =
  /_((?:(?:extra_)?recipient|destination_concurrency(?:_failed_cohort)?|destination_recipient|recipient_refill|time)_limit|(?:recipient_refill|destination_rate|transport_rate)_delay|delivery_slot_(?:cost|loan|discount)|minimum_delivery_slots|initial_destination_concurrency|destination_concurrency_(?:positive|negative)_feedback)\t\$(?:default_\1|(?:initial_destination_concurrency|command_time_limit))\t/;

// Made from facts of the machine when they are asked for.
const OF_THE_MACHINE = new Set(['myhostname', 'mydomain', 'mynetworks', 'process_id', 'process_name']);

const [, ...lines] = readFileSync(process.argv[2] ?? 'parameters.tsv', 'utf8')
  .trimEnd()
  .split('\n');
const rows = lines
  .filter((line) => !OF_TRANSPORTS.test(line))
  .map((line) => {
    const [name = '', value = '', type, unit, min, ...facts] = line.split('\t');
    // Those that postconf makes with a function have no bounds in its table; postfix/src/global/mail_params.c has them.
    const isName = name === 'myhostname' || name === 'mydomain';
    return [name, OF_THE_MACHINE.has(name) ? '' : value, type, unit, isName ? '1' : min, ...facts].join('\t');
  });

const escaped = rows.join('\n').replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
writeFileSync(
  'src/rules/config/postfix-parameter-rows.ts',
  `/* eslint-disable max-lines -- a row a parameter, written by scripts/postfix-parameters.js */

/**
 * The parameters of Postfix 3.7.11, built by Debian; facts, a row each: name, default, type, unit, min, max, since which
 * version of Postfix. One text, so that who needs none of them pays nothing; \`findPostfixParameter\` reads it.
 */
export const POSTFIX_PARAMETER_ROWS = \`
${escaped}
\`;
`,
);
console.log(`${rows.length} parameters`);
