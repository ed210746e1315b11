// Puts one probe to the product, and compares.
import type { Answer, World } from './answer.ts';
import { compareAnswers, type Difference } from './compare.ts';
import { askCli } from './kinds/cli.ts';
import { askFindings } from './kinds/findings.ts';
import { askPostconf } from './kinds/postconf.ts';
import { askPostmap } from './kinds/postmap.ts';
import { askResolve } from './kinds/resolve.ts';
import { askRewrite } from './kinds/rewrite.ts';
import { askSession } from './kinds/session.ts';
import { askSmtp } from './kinds/smtp.ts';
import { renumber } from './mail/renumber.ts';
import { withoutNotices } from './mail/notices.ts';
import type { StillCompared } from './not-supported.ts';
import type { Probe } from './vector.ts';

/** What is wrong with an answer: nothing, mostly. */
export interface Judgement {
  readonly differences: readonly Difference[];
  readonly complaints: readonly string[];
}

/** @param still what is compared of a probe that isn't supported as a whole */
export async function judge(probe: Probe, world: World, still?: StillCompared): Promise<Judgement> {
  let judgement: Judgement;
  try {
    judgement = await compare(probe, world, still);
  } catch (error) {
    judgement = {
      differences: [],
      complaints: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    };
  }
  const offences = await world.place.shims.takeOffences();
  if (offences === '') return judgement;
  return { ...judgement, complaints: [...judgement.complaints, `the machine's own Postfix was run: ${offences}`] };
}

async function compare(probe: Probe, world: World, still: StillCompared | undefined): Promise<Judgement> {
  if (still === 'findings' && probe.kind === 'cli') {
    const { expected, got, complaints } = await askFindings(probe, world);
    return { differences: compareAnswers(expected, got), complaints };
  }
  const { got, complaints } = await askByKind(probe, world);
  const isOfMail = probe.kind === 'smtp' || probe.kind === 'session' || (probe.kind === 'cli' && Boolean(probe.wait));
  if (!isOfMail) return { differences: compareAnswers(probe.expected, got), complaints };
  const arrange = still === 'all but the content of notices' ? withoutNotices : renumber;
  return { differences: compareAnswers(arrange(probe.expected), arrange(got)), complaints };
}

async function askByKind(probe: Probe, world: World): Promise<Answer> {
  switch (probe.kind) {
    case 'cli':
      return await askCli(probe, world);
    case 'postmap':
      return await askPostmap(probe, world);
    case 'postconf':
      return await askPostconf(probe, world);
    case 'smtp':
      return await askSmtp(probe, await world.mailSystem(), world);
    case 'session':
      return await askSession(probe, await world.mailSystem(), world);
    case 'resolve':
      return askResolve(probe, world.rewriter());
    case 'rewrite':
      return askRewrite(probe, world.rewriter());
    default:
      throw new Error(`the runner has nothing for the kind "${probe.kind}"`);
  }
}
