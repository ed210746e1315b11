import type { KeysStrings } from '../en/keys.ts';

/** The words of the sheet of keys, and of what is chosen there, in Japanese. */
export const keys = {
  close: '閉じる',
  single: '1 文字のショートカットを使う',
  language: '言語 · Language',
  languages: { system: 'ブラウザーに合わせる', en: 'English', ja: '日本語' },
  groups: {
    move: '移動',
    message: 'メール',
    view: '画面',
  },
  next: '次へ',
  previous: '前へ',
  open: '開く',
  back: '1 つ前に戻る',
  read: '開いたまま次・前へ',
  ends: '最新・最古へ',
  search: '検索',
  delete: '削除',
  undo: '削除を元に戻す',
  unread: '既読・未読',
  copyLink: 'リンクをコピー',
  save: '.eml で保存',
  tabs: 'タブ',
  width: 'HTML の幅',
  remote: '外部コンテンツ読み込み',
  theme: 'テーマ',
  goInbox: '受信トレイへ',
  goConfig: '設定へ',
  goConnect: '接続方法へ',
  sheet: 'この一覧',
} satisfies KeysStrings;
