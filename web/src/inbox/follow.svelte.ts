/** For the second screen: the newest message is always the open one, until any key or click. */
export interface Follow {
  readonly isOn: boolean;
  start(): void;
}

/** Listens for what ends it as long as it is on. */
export function createFollow(): Follow {
  let isOn = $state(false);

  function stop(): void {
    isOn = false;
    removeEventListener('keydown', onkeydown, { capture: true });
    removeEventListener('pointerdown', stop, { capture: true });
  }

  function onkeydown(event: KeyboardEvent): void {
    stop();
    // It would begin again with the key that ended it.
    if (event.key === 'f') event.stopPropagation();
  }

  return {
    get isOn() {
      return isOn;
    },
    start() {
      if (isOn) return;
      isOn = true;
      addEventListener('keydown', onkeydown, { capture: true });
      addEventListener('pointerdown', stop, { capture: true });
    },
  };
}
