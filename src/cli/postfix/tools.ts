import type { PostfixTool } from '../postfix-tool.ts';

/** A tool of Postfix's that is loaded when it is asked for, so that the others start no slower. */
interface ToolEntry extends Pick<PostfixTool, 'name' | 'summary'> {
  load(): Promise<PostfixTool>;
}

/** Postfix's own tools, by their own names. */
export const POSTFIX_TOOLS: readonly ToolEntry[] = [
  {
    name: 'postconf',
    summary: 'show or change the configuration',
    load: async () => (await import('./postconf.ts')).postconf,
  },
  {
    name: 'postmap',
    summary: 'build a lookup table, or look a key up in one',
    load: async () => (await import('./postmap.ts')).postmap,
  },
  {
    name: 'postalias',
    summary: 'build an alias database, or look a name up in one',
    load: async () => (await import('./postalias.ts')).postalias,
  },
  {
    name: 'newaliases',
    summary: 'build the alias databases that alias_database names',
    load: async () => (await import('./sendmail.ts')).newaliases,
  },
  {
    name: 'sendmail',
    summary: 'hand a message in, as programs do',
    load: async () => (await import('./sendmail.ts')).sendmail,
  },
];
