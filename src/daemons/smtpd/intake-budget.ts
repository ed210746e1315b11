/** A share of the memory that content on its way in may take. */
export interface IntakeShare extends Disposable {
  /** Notes that so many more octets are held. */
  hold(octets: number): void;
  /** Whether the holder may read on. If not, `resume` is called once it may. */
  mayRead(resume: () => void): boolean;
}

/** The memory that all sessions together may take for content that isn't kept yet. */
export interface IntakeBudget {
  /** Opens an empty share; its holder disposes of it once the content is kept or dropped. */
  open(): IntakeShare;
}

/**
 * Makes a budget of `limit` octets. Beyond it only one holder reads on, the one that has held for the longest: so the
 * sessions together can't take much more, and one of them always gets done.
 */
export function openIntakeBudget(limit: number): IntakeBudget {
  let held = 0;
  /** Octets of each share that isn't empty, oldest first. */
  const holders = new Map<IntakeShare, number>();
  const waiting = new Map<IntakeShare, () => void>();

  const mayRead = (share: IntakeShare) => held <= limit || holders.keys().next().value === share;
  const wake = () => {
    for (const [share, resume] of waiting) {
      if (!mayRead(share)) continue;
      waiting.delete(share);
      queueMicrotask(resume);
    }
  };
  return {
    open() {
      const share: IntakeShare = {
        hold(octets) {
          held += octets;
          holders.set(share, (holders.get(share) ?? 0) + octets);
        },
        mayRead(resume) {
          if (mayRead(share)) return true;
          waiting.set(share, resume);
          return false;
        },
        [Symbol.dispose]() {
          held -= holders.get(share) ?? 0;
          holders.delete(share);
          waiting.delete(share);
          if (waiting.size > 0) wake();
        },
      };
      return share;
    },
  };
}
