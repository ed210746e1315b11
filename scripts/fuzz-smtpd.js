// Sends random commands to the SMTP listener: as many runs of each property as are asked for (1000).
import { spawnSync } from 'node:child_process';

const [runs = '1000'] = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/daemons/smtpd/fuzz.test.ts'],
  { env: { ...process.env, POSTFIXTURE_FUZZ_RUNS: runs }, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
