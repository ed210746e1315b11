import type { Change } from './upgrade-scope.ts';

/** Something else that Postfix does in another way. */
export interface BehaviourChange extends Change {
  /** What, in one sentence without a full stop. */
  readonly problem: string;
}

/** What is otherwise done in another way. */
export const BEHAVIOUR_CHANGES: readonly BehaviourChange[] = [
  {
    version: '3.4',
    source: 'RELEASE_NOTES-3.4, 20180826',
    problem: 'smtpd offers CHUNKING, and takes BDAT',
    why: 'Clients may send messages by BDAT in the place of DATA.',
    hint: 'set smtpd_discard_ehlo_keywords = chunking, silent-discard if a client can’t',
  },
  {
    version: '3.4',
    source: 'RELEASE_NOTES-3.4, 20180701',
    problem: 'tlsproxy must not have a process limit',
    program: 'tlsproxy',
    why: 'With one it is slow under load.',
    hint: 'write 0 in the seventh column of tlsproxy in master.cf',
  },
  {
    version: '3.6',
    source: 'RELEASE_NOTES-3.6, 20200920',
    problem: 'the programs of Postfix talk to each other in another way',
    why: 'Old and new ones don’t understand each other: mail waits.',
    hint: 'run postfix stop before the upgrade, and postfix start after it',
  },
  {
    version: '3.8',
    source: 'RELEASE_NOTES-3.8, 20220509',
    problem: 'the client of pgsql: tables speaks UTF8 in the place of LATIN1',
    tableTypes: ['pgsql'],
    why: 'Keys and answers that aren’t ASCII come out in another encoding.',
    hint: 'write encoding = LATIN1 into the files of the tables to keep it',
  },
  {
    version: '3.9',
    source: 'RELEASE_NOTES-3.9, 20230419',
    problem: 'the client of mysql: tables speaks utf8mb4',
    tableTypes: ['mysql'],
    why: 'With MySQL before 8.0 it was latin1: what isn’t ASCII comes out in another encoding.',
    hint: 'write charset = latin1 into the files of the tables to keep it',
  },
  {
    version: '3.9',
    source: 'RELEASE_NOTES-3.9, 20240206',
    problem: 'the days of dates that Postfix writes have two digits',
    why: 'In Received: and Date: a 1 becomes 01: programs that read them by columns may stumble.',
    hint: 'let such programs take both',
  },
  {
    version: '3.10',
    source: 'RELEASE_NOTES-3.10, 20250116',
    problem: 'the queue manager talks to those who deliver in another way',
    why: 'Until postfix reload they log: unexpected attribute smtputf8.',
    hint: 'run postfix reload after the upgrade',
  },
  {
    version: '3.10',
    source: 'RELEASE_NOTES-3.10, 20241130',
    problem: 'spawn(8) keeps the time limit of its commands',
    program: 'spawn',
    why: 'A policy server of yours that runs longer than its transport’s time limit is killed: it wasn’t before.',
    hint: 'set command_time_limit, or NAME_time_limit = 3600 for the service in master.cf',
  },
  {
    version: '3.10',
    source: 'RELEASE_NOTES-3.10, 20241023 to 20250106',
    problem: 'the log has more in it',
    why: 'Rejections name the SASL login, cleanup logs "canceled", and connections that end early have a queue ID or NOQUEUE.',
    hint: 'let programs that read the log take both',
  },
  {
    version: '3.11',
    source: 'NON_BERKELEYDB_README; RELEASE_NOTES-3.11, 20260219',
    problem: 'distributions begin to leave Berkeley DB out, and with it the tables hash: and btree:',
    tableTypes: ['hash', 'btree'],
    why: 'Where it is left out, each of these tables fails: unsupported dictionary type.',
    hint: 'look at postconf -m there; write lmdb: in the place of hash: and btree:, and run postmap anew',
  },
];
