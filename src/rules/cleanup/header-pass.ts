import { KNOWN_HEADERS, toHeaderName, type HeaderKind } from '../mime/known-headers.ts';
import type { HeaderClass, MimeHeader } from '../mime/mime-machine.ts';
import type { Octets } from '../octets.ts';
import type { ContentRequest } from './clean-content.ts';
import type { ContentChecks } from './content-checks.ts';
import { deferForTable, isOver, type ContentDecision } from './content-decision.ts';
import type { ContentSettings } from './content-settings.ts';
import { rewriteHeaderAddresses } from './header-addresses.ts';
import type { HeadersSeen } from './missing-headers.ts';
import { TOO_MANY_HOPS } from './rejection.ts';

/** Looks at headers, one after another. */
export interface HeaderPass {
  /** @returns the lines that stand for the header in the queue, with CRLF; empty if it is dropped */
  pass(header: MimeHeader): Octets;
  /** Of the message's own headers. */
  seen(): HeadersSeen;
  /** Whether addresses are rewritten, and headers that are missing are added. */
  readonly isRewriting: boolean;
}

/** Where a header pass gets what it needs. */
export interface HeaderPassParts {
  readonly request: ContentRequest;
  readonly settings: ContentSettings;
  readonly decision: ContentDecision;
  readonly checks: ContentChecks;
}

/**
 * What becomes of each header: checked, counted, rewritten, dropped.
 * @see cleanup(8), header_checks(5)
 */
export function openHeaderPass({ request, settings, decision, checks }: HeaderPassParts): HeaderPass {
  const isRewriting = request.message.context === 'local' || settings.rewritesRemote;
  const names = new Set<Octets>();
  let isResent = false;
  let hops = 0;

  const rewrite = (text: Octets, role: HeaderKind['role']): Octets => {
    if (role === undefined || !isRewriting) return text;
    const map = (address: Octets): Octets => {
      const mapped = request.mapAddress(address, `header_${role}`, decision);
      if (mapped === undefined) deferForTable(decision);
      return mapped ?? address;
    };
    const rewritten = rewriteHeaderAddresses(text, { tokenLimit: settings.tokenLimit, map });
    if (rewritten === undefined) return text;
    decision.steps.push({ stage: 'cleanup', key: text, result: rewritten, note: 'addresses of a header rewritten' });
    return rewritten;
  };
  /** @returns undefined if the header is dropped */
  const passPrimary = (text: Octets, name: Octets, role: HeaderKind['role']): Octets | undefined => {
    names.add(name);
    const { log } = decision;
    if (name === 'message-id' || name === 'resent-message-id') {
      log.info(`${name}=${text.slice(name.length + 1).trim()}`);
    }
    if (name === 'received' && hops >= settings.hopLimit) {
      log.warnOfMessage('message rejected: hopcount exceeded');
      const note = `${hops} Received headers`;
      decision.steps.push({ stage: 'cleanup', parameter: 'hopcount_limit', result: String(settings.hopLimit), note });
      if (request.message.origin === 'forward') decision.bounce = TOO_MANY_HOPS;
      else decision.rejection ??= TOO_MANY_HOPS;
    }
    if (isOver(decision)) return text;
    isResent ||= KNOWN_HEADERS.get(name)?.isResent === true;
    const rewritten = rewrite(text, role);
    if (!settings.dropped.has(name)) return rewritten;
    decision.steps.push({ stage: 'cleanup', parameter: 'message_drop_headers', key: text, note: 'header dropped' });
    return undefined;
  };

  return {
    isRewriting,
    seen: () => ({ names, isResent }),
    pass(header) {
      let { text, name } = header;
      let before = '';
      const headerClass: HeaderClass = KNOWN_HEADERS.get(name)?.isMime === true ? 'multipart' : header.class;
      if (name === 'received') hops += 1;
      const maps = settings.headerChecks[headerClass];
      if (maps !== undefined && decision.isChecking) {
        const outcome = checks.look(maps, { context: 'header', text });
        if (outcome.kind === 'drop') return '';
        if (outcome.kind === 'prepend') before = toLines(outcome.text, settings.headerLimit);
        if (outcome.kind === 'replace') {
          text = outcome.text;
          name = toHeaderName(text);
        }
      }
      if (settings.detects8bit && name === 'content-transfer-encoding' && is8bit(text)) decision.encoding = '8bit';
      const kind = KNOWN_HEADERS.get(name);
      if (headerClass === 'primary' && (kind !== undefined || settings.dropped.has(name))) {
        const passed = passPrimary(text, name, kind?.role);
        return passed === undefined ? before : before + toLines(passed, settings.headerLimit);
      }
      return before + toLines(text, settings.headerLimit);
    },
  };
}

function is8bit(text: Octets): boolean {
  return /^[^:]*:\s*(?:8bit|binary)\s*$/i.test(text);
}

/**
 * A header as its lines, with CRLF. One that is too long ends at the line before the limit, or, where too much would be
 * lost, within a line.
 * @param limit header_size_limit
 */
export function toLines(header: Octets, limit: number): Octets {
  let lines = '';
  let at = 0;
  for (const line of header.split('\n')) {
    const isTooLong = at + line.length > limit;
    if (isTooLong && at > 0.9 * limit) break;
    const kept = isTooLong ? line.slice(0, limit - at) : line;
    lines += `${at === 0 || /^[ \t]/.test(line) ? '' : '\t'}${kept}\r\n`;
    if (isTooLong) break;
    at += line.length + 1;
  }
  return lines;
}
