import type { Restriction } from './evaluation.ts';

/** A restriction about TLS client certificates: none is asked for, so that nothing follows from it. */
export const askCertificate: Restriction = (evaluation, { name }) => {
  evaluation.remark = `not asked: no client certificate is asked for ${name}, so that nothing follows from it`;
  return 'dunno';
};
