import type { WebSocket } from 'ws';
import type { CommitNumber } from '../store/store.ts';

/** A client further behind than this is dropped: it comes back and asks for what it missed. */
const MAX_FRAMES_BEHIND = 256;
const MAX_BYTES_BEHIND = 8 * 1024 * 1024;

/** One listener of the feed, never further behind than so much. */
export class FeedClient {
  /** The last change that it was told of. */
  seq: CommitNumber;
  /** Hears what happens now; before, what it missed is being sent. */
  live = false;
  readonly #socket: WebSocket;
  #sent = 0;
  #flushed = 0;
  #answered = true;

  constructor(socket: WebSocket, seq: CommitNumber) {
    this.#socket = socket;
    this.seq = seq;
    socket.on('pong', () => {
      this.#answered = true;
    });
  }

  /** Sends, or drops a client that doesn't read: nothing is kept for it for ever. */
  send(frame: Buffer): void {
    if (this.#isBehind()) this.#socket.terminate();
    else this.#write(frame, () => {});
  }

  /** Sends, and waits until the frame has left: for what a client missed, as fast as it reads. */
  async sendPaced(frame: Buffer): Promise<void> {
    await new Promise<void>((resolve) => this.#write(frame, resolve));
  }

  /** Pings, or drops a client that hasn't answered the ping before. */
  ping(): void {
    if (!this.#answered) {
      this.#socket.terminate();
      return;
    }
    this.#answered = false;
    this.#socket.ping();
  }

  #write(frame: Buffer, done: () => void): void {
    this.#sent += 1;
    const number = this.#sent;
    this.#socket.send(frame, { binary: false }, () => {
      this.#flushed = Math.max(this.#flushed, number);
      done();
    });
  }

  #isBehind(): boolean {
    // Callbacks come a tick later than the system takes the octets: a burst in one tick isn't a client that doesn't read.
    if (this.#socket.bufferedAmount === 0) this.#flushed = this.#sent;
    return this.#sent - this.#flushed >= MAX_FRAMES_BEHIND || this.#socket.bufferedAmount > MAX_BYTES_BEHIND;
  }
}
