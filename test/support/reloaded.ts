import type { LiveSettings } from '../../src/settings/live-settings.ts';

/** Does something, and waits until the settings have been read again. */
export async function reloaded(live: LiveSettings, act: () => Promise<void>): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    const listening = live.onReload(() => {
      listening[Symbol.dispose]();
      resolve();
    });
  });
  await act();
  await heard;
}
