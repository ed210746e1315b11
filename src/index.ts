export { startPostfixture, type Postfixture, type WaitOptions } from './fixture/start.ts';
export type { CaughtAttachment, CaughtMessage } from './fixture/caught-message.ts';
export type { Match, TextMatch } from './fixture/match.ts';
export { WaitTimeoutError, type NearMiss } from './fixture/wait-for.ts';
