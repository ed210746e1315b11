import { defineCommand } from './command.ts';
import { CONFIGURATION_OPTIONS, LIVE_OPTION } from './open-configuration.ts';

/** `postfixture test`: runs unit tests of a configuration. */
export const testCommand = defineCommand({
  name: 'test',
  summary: 'Run unit tests of a configuration: mail, and where Postfix should take it',
  options: {
    config: { ...CONFIGURATION_OPTIONS.config, summary: 'where main.cf is, whatever the files say' },
    override: CONFIGURATION_OPTIONS.override,
    live: LIVE_OPTION,
    filter: { value: 'TEXT', summary: 'only tests whose name has it, in any case' },
    format: { value: 'FORMAT', summary: 'text, tap, or junit for CI systems (text)' },
    tap: { summary: 'the same as --format tap' },
    verbose: { short: 'v', summary: 'tests that passed, look-ups that found nothing, too' },
  },
  operands: { files: { value: 'FILE|DIR', isOptional: true, isRepeated: true } },
  notes: [
    'In a directory (by default this one) tests are files called NAME.postfix-test.yaml.',
    'The status is 0 if all passed, 1 if one failed, 2 if a file can’t be used.',
    'How tests are written: docs/unit-tests.md',
    '',
  ],
  async run({ config, override, live, files, filter, format = 'text', tap, verbose }, context) {
    // Most commands read no YAML: what reads it is loaded when it is needed.
    const { runTests } = await import('./unit-tests/command.ts');
    const request = { config, override, live, files, filter, format: tap === true ? 'tap' : format };
    return runTests({ ...request, isVerbose: verbose === true }, context);
  },
});
