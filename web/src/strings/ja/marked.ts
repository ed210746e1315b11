import type { MarkedStrings } from '../en/marked.ts';

/** The words of the bar that stands for what is selected, in Japanese. */
export const marked = {
  count: (count) => `${count} 件を選択`,
  read: '既読',
  unread: '未読',
  remove: (count) => `削除 (${count})`,
  tag: 'タグ …',
  tagName: 'タグの名前',
  tagRule: '英数字、空白、. _ @ - が使えます',
  addTag: '付ける',
  removeTag: '外す',
  notTagged: 'タグを変更できませんでした。',
  clear: '選択を解除',
} satisfies MarkedStrings;
