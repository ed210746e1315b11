import type { ChangeFrame } from '../../../src/http/api/schemas/event.ts';
import type { MessagesSummary, MessageSummary } from '../../../src/http/api/schemas/message.ts';

/** A row of the list; undefined where it isn't loaded yet. */
export type Row = MessageSummary | undefined;

/** The list as far as it is known: its length is true, its rows are fetched as they come into sight. */
export interface SparseList {
  /** Newest first. */
  readonly rows: readonly Row[];
  /** The last change that is in it; one change can be several frames, so more of it may come. */
  readonly seq: number;
  /** The last change that is in its first page, and so in it as a whole. */
  readonly wholeAt: number;
  /** The last change that moved rows: a page from before it has other positions. */
  readonly movedAt: number;
  /** Late changes of single rows, for pages from before them. */
  readonly recent: readonly RowChange[];
  /** More changed than can be followed: load it afresh. */
  readonly isStale: boolean;
}

type RowChange = Extract<ChangeFrame, { Type: 'parsed' | 'update' | 'verdict' }>;

/** As many late changes are kept: those of some tenths of a second, which is as long as a page is on its way. */
const RECENT_MAX = 512;

/** A list of which nothing is known. */
export const EMPTY_LIST: SparseList = { rows: [], seq: 0, wholeAt: 0, movedAt: 0, recent: [], isStale: false };

/** Begins the list with its first page. */
export function beginList(page: MessagesSummary): SparseList {
  const rows: Row[] = [...page.messages];
  while (rows.length < page.messages_count) rows.push(undefined);
  return { rows, seq: page.Seq, wholeAt: page.Seq, movedAt: page.Seq, recent: [], isStale: false };
}

/**
 * Puts a page in its place.
 * @returns undefined when the page doesn't fit, because rows have moved since or are about to: ask for it again
 */
export function placePage(list: SparseList, page: MessagesSummary): SparseList | undefined {
  if (page.Seq < list.movedAt || page.messages_count !== list.rows.length) return undefined;
  const rows = [...list.rows];
  page.messages.forEach((message, i) => {
    if (page.start + i < rows.length) rows[page.start + i] = message;
  });
  for (const change of list.recent) if (change.Seq > page.Seq) changeRow(rows, change);
  return { ...list, rows };
}

/**
 * Applies changes, in their order. Those already in the list are left out.
 * @param options.isFiltered the list is what a search found: whether new mail belongs to it only the server knows
 */
export function applyFrames(
  list: SparseList,
  frames: readonly ChangeFrame[],
  { isFiltered }: { readonly isFiltered: boolean },
): SparseList {
  let { seq, movedAt, isStale } = list;
  const rows = [...list.rows];
  const recent = [...list.recent];
  for (const frame of frames) {
    if (frame.Type === 'stats' || frame.Seq <= list.wholeAt || frame.Seq < seq) continue;
    seq = frame.Seq;
    switch (frame.Type) {
      case 'new':
        if (isFiltered) {
          isStale = true;
          break;
        }
        if (hasRow(rows, frame.Data)) break;
        rows.unshift(frame.Data);
        movedAt = seq;
        break;
      case 'parsed':
      case 'update':
      case 'verdict':
        if (isFiltered && frame.Type === 'parsed') isStale = true;
        changeRow(rows, frame);
        recent.push(frame);
        break;
      case 'delete': {
        const at = findDeleted(rows, frame.Data.ID);
        if (at === undefined || (isFiltered && rows[at] === undefined)) {
          isStale = true;
          break;
        }
        rows.splice(at, 1);
        movedAt = seq;
        break;
      }
      case 'truncate':
        rows.length = 0;
        movedAt = seq;
        break;
      case 'prune':
        isStale = true;
        movedAt = seq;
        break;
    }
  }
  return { rows, seq, wholeAt: list.wholeAt, movedAt, recent: recent.slice(-RECENT_MAX), isStale };
}

/** Whether it is among the newest rows: one that is as new as they are can't be further down. */
function hasRow(rows: readonly Row[], message: MessageSummary): boolean {
  for (const row of rows) {
    if (row === undefined || row.Seq < message.Seq) return false;
    if (row.ID === message.ID) return true;
  }
  return false;
}

function changeRow(rows: Row[], change: RowChange): void {
  const at = rows.findIndex((row) => row?.ID === change.Data.ID);
  const row = rows[at];
  if (!row) return;
  rows[at] = toChanged(row, change);
}

function toChanged(row: MessageSummary, change: RowChange): MessageSummary {
  switch (change.Type) {
    case 'parsed':
      return change.Data;
    case 'update':
      return { ...row, Read: change.Data.Read ?? row.Read, Tags: [...(change.Data.Tags ?? row.Tags)] };
    case 'verdict':
      return { ...row, Verdict: change.Data.Verdict };
  }
}

/**
 * Where the deleted message was: its row; or, if that isn't loaded, a place among those not loaded. IDs are ordered by
 * time, and so nearly as the list is.
 */
function findDeleted(rows: readonly Row[], id: string): number | undefined {
  let hole: number | undefined;
  let isPast = false;
  for (const [at, row] of rows.entries()) {
    if (row?.ID === id) return at;
    if (row === undefined && (!isPast || hole === undefined)) hole = at;
    if (row !== undefined && row.ID < id) isPast = true;
  }
  return hole;
}
