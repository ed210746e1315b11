import { expect, test } from 'vitest';
import { findNearestName } from '../../../src/rules/config/nearest-name.ts';

const KNOWN = ['catch_smtp_port', 'catch_http_port', 'message_size_limit', 'data', 'open'];

test.for([
  { name: 'mesage_size_limit', nearest: 'message_size_limit', why: 'a letter is missing' },
  { name: 'messagee_size_limit', nearest: 'message_size_limit', why: 'a letter is too much' },
  { name: 'message_size_linit', nearest: 'message_size_limit', why: 'a letter is wrong' },
  { name: 'dtaa', nearest: 'data', why: 'neighbours that are swapped are one mistake' },
  { name: 'MESSAGE_SIZE_LIMIT', nearest: 'message_size_limit', why: 'case doesn’t count' },
  { name: 'catch_hmtp_port', nearest: 'catch_smtp_port', why: 'of equals the first' },
  { name: 'http_port', nearest: 'catch_http_port', why: 'its words are in it' },
  { name: 'size-limit', nearest: 'message_size_limit', why: 'however they are joined' },
  { name: 'catch_open', nearest: 'open', why: 'it has all the words' },
  { name: 'x', nearest: undefined, why: 'nothing is near' },
  { name: 'relay_domains', nearest: undefined, why: 'a word of another parameter is far' },
])('$name means $nearest: $why', ({ name, nearest }) => {
  expect(findNearestName(name, KNOWN)).toBe(nearest);
});
