import { SMTPStream } from 'smtp-server/lib/smtp-stream.js';

/** Where the octets of a connection go. */
export interface Intake {
  /** @param done more may come */
  receive(chunk: Buffer, done: () => void): void;
  endOfInput(): void;
}

/** Takes the place of smtp-server's parser: octets go to the conversation as they are. */
export class IntakeStream extends SMTPStream {
  readonly #intake: Intake;

  constructor(intake: Intake) {
    // More than one read of a socket, so that the socket isn't paused while one is handled.
    super({ highWaterMark: 65_537 });
    this.#intake = intake;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, next: (error?: Error | null) => void): void {
    if (this.isClosed) next();
    else this.#intake.receive(chunk, next);
  }

  override _flushData(): void {
    if (!this.isClosed) this.#intake.endOfInput();
  }
}
