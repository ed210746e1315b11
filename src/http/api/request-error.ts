/** A request that can't be served: the client's mistake, or more than the server takes on. Told in one line of text. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code = 'BAD_REQUEST';
  readonly statusCode: 400 | 404 | 409 | 413 | 416 | 503 | 507;

  /** @param text what the reply says */
  constructor(statusCode: RequestError['statusCode'], text: string) {
    super(text);
    this.statusCode = statusCode;
  }
}
