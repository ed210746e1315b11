import type { MessageSession, SessionLine } from '../../../src/http/api/schemas/session.ts';

/** A line of a dialogue as it is shown. */
export interface DialogueRow {
  readonly line: SessionLine;
  /** In the dialogue, from 0. */
  readonly index: number;
  /** Of the first line of a reply: how long it took, since the command or the end of the content before. */
  readonly replyMs: number | undefined;
  /** Where in a group of commands that were sent at once; undefined: in none. */
  readonly pipelined: 'first' | 'inner' | 'last' | undefined;
  /** Of the first of such a group, how many commands it has. */
  readonly pipelinedCount: number | undefined;
  /** A reply that says no: 4xx or 5xx. */
  readonly isRefusal: boolean;
  /** It is about the message that is open. */
  readonly isOurs: boolean;
}

type Dialogue = Pick<MessageSession, 'lines' | 'startLine' | 'endLine'>;

/** Lays out a dialogue: times of replies, pipelined groups, refusals, the lines of the message. */
export function layOutDialogue({ lines, startLine, endLine }: Dialogue): readonly DialogueRow[] {
  const groups = findGroups(lines);
  let since = 0;
  let isWaiting = true;
  let next = 0;
  return lines.map((line, index) => {
    const isReply = line.from === 'server' && isWaiting;
    const replyMs = isReply ? Math.max(0, line.afterMs - since) : undefined;
    if (line.from === 'server') isWaiting = false;
    else {
      isWaiting = true;
      since = line.afterMs;
    }
    while ((groups[next]?.last ?? Infinity) < index) next += 1;
    const candidate = groups[next];
    const group = candidate && index >= candidate.first ? candidate : undefined;
    return {
      line,
      index,
      replyMs,
      pipelined: group && (index === group.first ? 'first' : index === group.last ? 'last' : 'inner'),
      pipelinedCount: group?.first === index ? group.count : undefined,
      isRefusal: line.from === 'server' && /^[45]\d\d/.test(line.text),
      isOurs: index >= startLine && index < endLine,
    };
  });
}

interface Group {
  readonly first: number;
  readonly last: number;
  /** Of commands. */
  readonly count: number;
}

/** From the command that others came with to the last line of the reply to the last of them. */
function findGroups(lines: readonly SessionLine[]): readonly Group[] {
  const groups: Group[] = [];
  let first = -1;
  let last = -1;
  let count = 0;
  const end = (): void => {
    if (count > 1) groups.push({ first, last, count });
    count = 0;
  };
  lines.forEach(({ from, isPipelined }, index) => {
    if (from === 'client') {
      if (!isPipelined) {
        end();
        first = index;
      }
      count += 1;
    } else if (from === 'note') {
      // Content isn't a command: what comes after its end is another exchange.
      end();
    }
    if (count > 0) last = index;
  });
  end();
  return groups;
}
