import { quoteAddress } from './quote.ts';
import {
  scanAddress,
  toInternalText,
  wantsSpaceBetween,
  type AddressToken,
  type AddressTokenKind,
} from './address-tokens.ts';

/** A piece of a list of addresses: an address, or a token that belongs to none. */
export type AddressListNode = AddressNode | AddressToken;

/** An address within a list. */
export interface AddressNode {
  readonly kind: 'address';
  readonly tokens: readonly AddressToken[];
}

/** Whether there is an address: it has a token at least. */
export function isAddressNode(node: AddressListNode): node is AddressNode {
  return node.kind === 'address';
}

/**
 * Reads a list of addresses as a header has it, or the right-hand side of an alias. Nothing is thrown away: phrases,
 * comments, the names of groups stay as tokens between the addresses, and commas that were forgotten are put in.
 * @param limit at most so many tokens count; the rest is left out
 * @see RFC 822 §6; Postfix's tok822_parse(3)
 */
export function parseAddressList(text: string, limit = Infinity): readonly AddressListNode[] {
  return new ListReader(scanAddress(text, limit)).read();
}

/** The addresses of a list, each as its tokens. @param limit as for {@link parseAddressList} */
export function listAddresses(text: string, limit = Infinity): readonly (readonly AddressToken[])[] {
  return parseAddressList(text, limit)
    .filter(isAddressNode)
    .map((node) => node.tokens);
}

/** An address of a list as text, quoted where it was. @see Postfix's tok822_externalize(3) */
export function toAddressText(tokens: readonly AddressToken[]): string {
  return tokens.map(toTokenText).join('');
}

/**
 * A list as text: addresses in external form, as a header has them.
 * @param afterComma what follows each comma; a line break if the list is to be folded
 * @see Postfix's tok822_externalize(3)
 */
export function formatAddressList(nodes: readonly AddressListNode[], afterComma: ' ' | '\n' = ' '): string {
  let text = '';
  for (const [index, node] of nodes.entries()) {
    text += isAddressNode(node) ? quoteAddress(toInternalText(node.tokens, false)) : toTokenText(node);
    const next = nodes[index + 1];
    if (node.kind === ',' && afterComma === '\n') text += '\n';
    else if (next !== undefined && (isGroupStart(node) || wantsSpaceBetween(node.kind, next.kind))) text += ' ';
  }
  return text;
}

function toTokenText(token: AddressToken): string {
  switch (token.kind) {
    case 'quoted':
      return `"${token.value.replace(/["\\\r\n]/g, '\\$&')}"`;
    case 'literal':
      return `[${token.value.slice(1, -1).replace(/[\\\r\n]/g, '\\$&')}]`;
    default:
      return token.value;
  }
}

/** The `:` behind a group's name, told apart from the one of a route by its place. */
interface GroupStart extends AddressToken {
  readonly startsGroup: true;
}

function isGroupStart(node: AddressListNode): node is GroupStart {
  return 'startsGroup' in node;
}

const COMMA: AddressToken = { kind: ',', value: ',', start: -1, end: -1 };

/**
 * Reads a list from right to left, so that what stands before `<…>` is known to be a phrase. Two words without an
 * operator between them belong to two addresses.
 */
class ListReader {
  readonly #tokens: readonly AddressToken[];
  /** Finished, last one first. */
  readonly #done: AddressListNode[] = [];
  /** The tokens of the address that is being read, last one first. */
  #address: AddressToken[] = [];
  #at: number;
  /** The token that ends the address which is being read: it is among those finished. */
  #boundary: number;

  constructor(tokens: readonly AddressToken[]) {
    this.#tokens = tokens;
    this.#at = tokens.length - 1;
    this.#boundary = tokens.length;
  }

  read(): readonly AddressListNode[] {
    let wordMayStand = true;
    let inGroup = false;
    for (let token = this.#current(); token !== undefined; token = this.#current()) {
      switch (token.kind) {
        case 'comment':
          this.#done.push(token);
          break;
        case 'atom':
        case 'quoted':
        case 'literal':
          if (!wordMayStand) this.#endAddress(true);
          this.#address.push(token);
          wordMayStand = false;
          break;
        case ';':
          this.#endAddress(true);
          this.#bound(token);
          inGroup = true;
          wordMayStand = true;
          break;
        case ',':
          this.#endAddress(false);
          this.#bound(token);
          wordMayStand = true;
          break;
        case '>':
          this.#readRoute(token);
          wordMayStand = true;
          continue;
        case ':':
          if (inGroup) {
            this.#readGroupName(token);
            continue;
          }
          wordMayStand = true;
          if (this.#at !== this.#boundary) this.#address.push(token);
          break;
        default:
          wordMayStand = true;
          this.#address.push(token);
      }
      this.#at -= 1;
    }
    this.#endAddress(false);
    return this.#done.reverse();
  }

  #current(): AddressToken | undefined {
    return this.#tokens[this.#at];
  }

  #endAddress(addsComma: boolean): void {
    if (this.#address.length === 0) return;
    this.#done.push({ kind: 'address', tokens: this.#address.reverse() });
    if (addsComma) this.#done.push(COMMA);
    this.#address = [];
  }

  /** The current token ends what stands before it. */
  #bound(token: AddressToken): void {
    if (this.#at !== this.#boundary) this.#done.push(token);
    this.#boundary = this.#at;
  }

  /** Reads `phrase <address>`, and stands then at the token that ends what is before the phrase. */
  #readRoute(close: AddressToken): void {
    this.#endAddress(true);
    this.#bound(close);
    this.#at -= 1;
    for (let token = this.#current(); token !== undefined && token.kind !== '<'; token = this.#current()) {
      if (token.kind === 'comment') this.#done.push(token);
      else this.#address.push(token);
      this.#at -= 1;
    }
    this.#endAddress(false);
    this.#skipTo(['>', ';', ',', ':']);
  }

  /** Reads `name:`, and stands then at the comma before it. */
  #readGroupName(colon: AddressToken): void {
    const start: GroupStart = { ...colon, startsGroup: true };
    this.#endAddress(false);
    if (this.#at === this.#boundary) this.#done.pop();
    this.#done.push(start);
    this.#boundary = this.#at;
    this.#at -= 1;
    this.#skipTo([',']);
  }

  /** What stands before one of `kinds` is no address. */
  #skipTo(kinds: readonly AddressTokenKind[]): void {
    for (let token = this.#current(); token !== undefined; token = this.#current()) {
      this.#done.push(token);
      if (kinds.includes(token.kind)) {
        this.#boundary = this.#at;
        return;
      }
      this.#at -= 1;
    }
  }
}
