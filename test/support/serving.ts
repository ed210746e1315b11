import { startProgram, type Program } from './program.ts';

/** The program, up. */
export interface ServingProgram extends Program {
  readonly smtpPort: number;
  /** `http://localhost:PORT` */
  readonly url: string;
}

/** Starts the program on free ports; resolves when its banner says where it is. */
export async function startServing(argv: readonly string[]): Promise<ServingProgram> {
  const program = startProgram(['--smtp-port=0', '--http-port=0', ...argv]);
  const [, smtpPort] = await program.waitFor('stdout', /SMTP\s+\S+:(\d+)\n/);
  const [, url = ''] = await program.waitFor('stdout', /Inbox\s+(http:\S+)\n/);
  return { ...program, smtpPort: Number(smtpPort), url };
}
