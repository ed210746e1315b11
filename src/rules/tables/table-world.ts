import type { SourceLocation } from '../config/config-error.ts';
import type { Finding, ReportFinding } from '../config/finding.ts';
import type { Octets } from '../octets.ts';
import type { Ask } from '../question.ts';
import type { ReadFileFact } from './file-text.ts';
import type { LookupTable } from './lookup-table.ts';

/** All that lookup tables may know. It is frozen with the settings that the tables belong to. */
export interface TableWorld {
  readonly readFile: ReadFileFact;
  /** Answers from outside, for sqlite, pgsql and socketmap. */
  readonly ask: Ask;
  /** A parameter of main.cf, `$name` expanded; undefined if it isn't set. For `NAME_dbpath` and the like. */
  readonly parameter: (name: Octets) => Octets | undefined;
  /** For `environ:`. */
  readonly environment: ReadonlyMap<Octets, Octets>;
  /** The accounts as passwd(5) text, for `unix:passwd.byname`. */
  readonly passwd: Octets;
  /** The groups as group(5) text, for `unix:group.byname`. */
  readonly group: Octets;
  /**
   * What answers for an indexed type. `text`: the source file; that its map is missing or older is a finding.
   * `compiled`: the map that postmap built, as in Postfix.
   */
  readonly source: 'text' | 'compiled';
  /** The names (`hash:/etc/aliases`) of the indexed tables whose source is in aliases(5) format. */
  readonly aliasTables: ReadonlySet<Octets>;
  /** smtputf8_enable: keys and values must be UTF-8, and case is folded as Unicode does. */
  readonly smtputf8: boolean;
  /** Whether types with fixed keys ignore their case; false for `postmap -f`. */
  readonly foldsCase: boolean;
  /**
   * What a `texthash:` does about a second entry for a key, an indexed type where its text is read. Postfix's daemons
   * ask for nothing and `refuse`: the table isn't opened. postmap warns, unless `-w` or `-r`.
   */
  readonly duplicates: 'refuse' | 'warn' | 'ignore' | 'replace';
  /**
   * Whether a pattern's answer may have `$1` in it. Where mail is delivered by the answer, Postfix skips such a rule.
   * @default true
   */
  readonly substitutes?: boolean;
  /**
   * Whether right-hand sides name files, what is in them being the value: `postmap -F`. Values are BASE64 then.
   * @default false
   */
  readonly valuesNameFiles?: boolean;
  /** Which keys of a compiled map are asked for: those stored without a trailing null, with one, or both (the default). */
  readonly trailingNull: 'no' | 'yes' | 'both';
  /** A number of [0, 1), for `randmap:`. */
  readonly random: () => number;
  /** In ms since 1970: a map is called older than its source only if the source is older than 100 s. */
  readonly now: number;
  /** Is told what is wrong with a table, when it is opened and when it is asked. */
  readonly report: ReportFinding;
  /** Without it a table that can't be opened never answers. */
  readonly versions?: TableVersions;
}

/**
 * What tables were when they could be opened last: a running server goes on answering from it while a table is broken.
 * A table is told by its whole name: `hash:/etc/postfix/virtual`.
 */
export interface TableVersions {
  /** Notes that a table could be opened as it is now. */
  keep(spec: Octets): void;
  /** The files as they were when the table could be opened last; undefined if it never could. */
  recall(spec: Octets): ReadFileFact | undefined;
  /** Notes that these answer now. @param fault what is wrong with the table as it is */
  resort(spec: Octets, fault: Finding): void;
}

/** How a table is opened, where one of a configuration isn't as the others. @see TableWorld */
export type TableOptions = Partial<Pick<TableWorld, 'substitutes' | 'foldsCase'>>;

/** What a type's open function knows beside the name. */
export interface TableOpening {
  readonly world: TableWorld;
  /** Where the table is named. */
  readonly at: SourceLocation;
  /** Opens a table that this one is made of. A broken one has been reported, and throws at each lookup. */
  readonly open: (spec: Octets) => LookupTable;
}

/**
 * Opens a table of one type.
 * @param name what follows `type:`; never empty
 * @throws {TableOpenError} if there can be no such table
 */
export type OpenTable = (name: Octets, opening: TableOpening) => LookupTable;

/** What an open function throws; `openTable` makes a finding of it, and a table that can't answer. */
export class TableOpenError extends Error {
  override readonly name = 'TableOpenError';
  readonly code = 'TABLE_NOT_OPENED';
  /** The finding's code: `table-missing`. */
  readonly finding: string;
  /** How to mend it, as one imperative sentence. */
  readonly hint: string;
  /** The file with the mistake, if it isn't where the table is named. */
  readonly source: SourceLocation | undefined;
  /** Whether Postfix's daemons end too, instead of going on without this table. */
  readonly endsDaemons: boolean;
  /** What comes of it, if production may well be able to open the table. */
  readonly elsewhere: string | undefined;

  /** @param problem Postfix's words: `open database x.db: No such file or directory` */
  constructor(
    problem: string,
    options: {
      readonly finding: string;
      readonly hint: string;
      readonly source?: SourceLocation;
      readonly endsDaemons?: boolean;
      readonly elsewhere?: string;
    },
  ) {
    super(problem);
    this.finding = options.finding;
    this.hint = options.hint;
    this.source = options.source;
    this.endsDaemons = options.endsDaemons ?? false;
    this.elsewhere = options.elsewhere;
  }
}
