import { defineCommand } from './command.ts';
import { EXIT } from './exit-status.ts';
import { CONFIGURATION_OPTIONS, openConfiguration } from './open-configuration.ts';
import { UsageError } from './usage-error.ts';

/** `postfixture ca`: which certificate clients of TLS are to trust. */
export const caCommand = defineCommand({
  name: 'ca',
  usage: 'ca [FLAG…]',
  summary: 'Show the file with the certificate that clients of TLS are to trust; it is made at need',
  options: {
    pem: { summary: 'the certificate itself' },
    data: { short: 'd', value: 'DIR', summary: 'where messages are kept' },
    ...CONFIGURATION_OPTIONS,
  },
  operands: {},
  notes: [
    'Node: NODE_EXTRA_CA_CERTS=$(postfixture ca) node app.js',
    'curl: curl --cacert $(postfixture ca) smtps://localhost:1465 …',
    '',
  ],
  async run({ pem, data, ...choice }, context) {
    const override = [...choice.override, ...(data === undefined ? [] : [`catch_data_directory=${data}`])];
    await using opened = openConfiguration({ ...choice, override }, context);
    // Loads the server's half: it isn't needed for `--help`.
    const { provideAuthority } = await import('../server.ts');
    const authority = await provideAuthority(opened.settings);
    if (authority.file === undefined) {
      throw new UsageError(
        'catch_ephemeral is on: each server has an authority of its own, which goes with it',
        'leave it out, or ask the library: ca()',
      );
    }
    context.stdout.write(pem === true ? authority.pem : `${authority.file}\n`);
    return EXIT.ok;
  },
});
