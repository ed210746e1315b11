import type { Submitted } from './submit.ts';
import { SubmitError } from './submit-error.ts';

const PATH = '/api/v1/postfix/sendmail';

/** A server that is to take a message. */
export interface ServerAddress {
  /** Of its inbox and API. */
  readonly url: string;
  /** Which run of it; any, if absent. */
  readonly instance?: string;
  readonly signal: AbortSignal;
}

/**
 * Hands a message to a server.
 * @returns its queue ID, once it is kept
 * @throws {SubmitError} `NO_SERVER`: nobody is there, or somebody else; whatever the code, nothing was kept
 */
export async function postToServer(message: Submitted, { url, instance, signal }: ServerAddress): Promise<string> {
  let reply: Response;
  let text: string;
  try {
    const body = JSON.stringify({ ...toWire(message), ...(instance !== undefined && { Instance: instance }) });
    reply = await fetch(new URL(PATH, url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      redirect: 'error',
      signal,
    });
    text = await reply.text();
  } catch (cause) {
    // Whoever was there may have kept it, and couldn't say so: that isn't nobody.
    const code = wasRefused(cause) ? 'NO_SERVER' : 'NOT_KEPT';
    throw new SubmitError(code, `${url} does not answer`, { cause });
  }
  const id = reply.ok ? findId(text) : undefined;
  if (id !== undefined) return id;
  switch (reply.status) {
    case 400:
      throw new SubmitError('REFUSED', text);
    case 413:
      throw new SubmitError('TOO_BIG', text);
    case 500:
    case 507:
      throw new SubmitError('NOT_KEPT', text);
    default:
      throw new SubmitError('NO_SERVER', `what answers at ${url} is not the server`);
  }
}

function wasRefused(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly code?: unknown; readonly errors?: readonly unknown[] } };
  const codes = [cause, ...(cause?.errors ?? [])].map((one) => (one as { readonly code?: unknown } | undefined)?.code);
  return codes.includes('ECONNREFUSED');
}

function findId(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as { readonly ID?: unknown } | null;
    return typeof value?.ID === 'string' ? value.ID : undefined;
  } catch {
    return undefined;
  }
}

/** The body of `POST /postfix/sendmail`, as the API's document has it. */
function toWire({ envelope, raw }: Submitted): object {
  const { reversePath, recipients, body, ret, envid, verp, submission } = envelope;
  const { uid = 0, user = '', fullName = '', context, trace } = submission ?? {};
  return {
    Sender: reversePath,
    Recipients: recipients.map(({ address, notify }) => ({
      Address: address,
      ...(notify !== undefined && { Notify: [...notify] }),
    })),
    Content: Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('base64'),
    ...(body !== undefined && { Body: body }),
    ...(ret !== undefined && { Return: ret }),
    ...(envid !== undefined && { EnvelopeID: envid }),
    ...(verp !== undefined && { VERP: verp }),
    Submitter: { UID: uid, User: user, FullName: fullName },
    ...(context !== undefined && { Context: context }),
    ...(trace !== undefined && { Trace: trace }),
  };
}
