export { startPostfixture, type Failure, type Postfixture, type WaitOptions } from './fixture/start.ts';
export type { CaughtAttachment, CaughtMessage } from './fixture/caught-message.ts';
export type { FaultKey, FaultPatterns, FaultRule, FaultStage } from './rules/chaos/fault-rule.ts';
export type { Match, TextMatch } from './fixture/match.ts';
export { WaitTimeoutError, type NearMiss } from './fixture/wait-for.ts';
