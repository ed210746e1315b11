import type { FrameStrings } from '../en/frame.ts';

/** The words around every view, in Japanese. */
export const frame = {
  navigation: '画面',
  skipToList: '一覧へ移動',
  skipToMessage: 'メールへ移動',
  inbox: '受信トレイ',
  connect: '接続',
  config: '設定',
  titles: { connect: '接続方法', config: '設定' },
  viewFailed: 'この画面を読み込めませんでした。サーバーが更新された可能性があります。ページを再読み込みしてください。',
  skipToPage: '本文へ移動',
  unread: (count) => `未読 ${count} 件`,
  errors: (_count) => '件のエラー',
  theme: {
    system: 'テーマ: システムに合わせる',
    light: 'テーマ: ライト',
    dark: 'テーマ: ダーク',
  },
  keys: 'キーボードと設定',
  live: {
    live: '接続中: 新着メールは自動で表示される',
    reconnecting: '再接続中 …',
    offline: 'オフライン: サーバーが応答しない',
  },
  notAnswering: (since, seconds) =>
    `サーバーが応答しません。表示は ${since} 時点のものです。${seconds} 秒ごとに再試行しています。`,
  connecting: 'サーバーが応答しません。再試行しています。',
  listWidth: '一覧の幅',
  dismiss: '閉じる',
  undo: '元に戻す',
  retry: '再試行',
  copied: 'コピーしました',
  copyFailed: 'ブラウザーがコピーを許可しませんでした。テキストを選択してコピーしてください。',
} satisfies FrameStrings;
