/** A request that can't be served: the client's mistake, told in one line of text. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code = 'BAD_REQUEST';
  readonly statusCode: 400 | 404 | 416;

  /** @param text what the reply says */
  constructor(statusCode: 400 | 404 | 416, text: string) {
    super(text);
    this.statusCode = statusCode;
  }
}
