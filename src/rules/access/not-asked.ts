import type { Restriction } from './evaluation.ts';

/** A restriction that asks whether an address can be delivered to: nobody is asked, so that nothing follows from it. */
export const askVerification: Restriction = (evaluation, { name }) => {
  evaluation.remark = `not asked: no address is probed for ${name}, so that nothing follows from it`;
  return 'dunno';
};
