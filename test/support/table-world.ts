import type { Finding } from '../../src/rules/config/finding.ts';
import type { Answer, Question } from '../../src/rules/question.ts';
import type { TableWorld } from '../../src/rules/tables/table-world.ts';

/** What a test wants of the world; the rest is as in an empty configuration. */
export interface WorldOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** The answer to every question. */
  readonly answer?: Answer;
  readonly ask?: TableWorld['ask'];
  readonly report?: TableWorld['report'];
  readonly foldsCase?: boolean;
}

/** A world for tables, with what was asked and found in it. */
export interface ObservedWorld {
  readonly world: TableWorld;
  readonly questions: readonly Question[];
  readonly findings: readonly Finding[];
}

/** Makes a world of plain data. */
export function makeTableWorld(options: WorldOptions = {}): ObservedWorld {
  const { files = {}, parameters = {}, answer = { rows: [], faults: [] }, foldsCase = true } = options;
  const questions: Question[] = [];
  const findings: Finding[] = [];
  const ask = (question: Question): Answer => {
    questions.push(question);
    return answer;
  };
  const world: TableWorld = {
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) return { fault: 'No such file or directory' };
      return { text, modifiedAt: 0, mode: 0o644, uid: 0 };
    },
    ask: options.ask ?? ask,
    parameter: (name) => parameters[name],
    environment: new Map(),
    passwd: '',
    group: '',
    source: 'text',
    aliasTables: new Set(),
    smtputf8: false,
    foldsCase,
    duplicates: 'refuse',
    trailingNull: 'both',
    random: () => 0,
    now: 0,
    report: options.report ?? ((finding) => findings.push(finding)),
  };
  return { world, questions, findings };
}
