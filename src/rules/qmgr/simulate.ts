import type { Agent } from './agent.ts';

/**
 * Does nothing: answers what Postfix logs when all goes well. Nothing leaves the machine, no command runs, and no file is
 * written.
 */
export const simulate: Agent = {
  perform: (_act, { success }) => ({ isAssumed: true, ...success }),
};
