import type { PaletteStrings } from '../en/palette.ts';

/** The words of the palette of commands, in Japanese. */
export const palette = {
  hint: 'コマンド、パラメーター、アドレス …',
  results: '候補',
  searchFor: (text) => `「${text}」でメールを検索`,
  parameter: 'パラメーター',
  address: 'アドレス',
  deleteMarked: (count) => `選択したメールを削除 (${count})`,
  senderFirst: (on) => (on ? '一覧に受信者を表示' : '一覧に差出人を表示'),
  notify: (on) => (on ? 'デスクトップ通知を止める' : 'デスクトップ通知を使う'),
} satisfies PaletteStrings;
