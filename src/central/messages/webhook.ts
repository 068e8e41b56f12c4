import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Gateway } from './gateway.ts';

/** Shorter ones can be found by trying. */
const LEAST_SECRET = 16;

/** What the receiver checks: the time and the body, by the secret that both know. */
export function signatureOf(secret: string, time: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/**
 * Posts each message as JSON, signed over its time and body. Any answer of the 200s is a message taken; others, an answer that leads
 * elsewhere, and none in time are failures. The id is the same at each try, so that the receiver can tell one that it has already.
 */
export async function openWebhook({
  url,
  secretFile,
  timeoutSeconds,
}: {
  url: string;
  secretFile: string;
  timeoutSeconds: number;
}): Promise<Gateway> {
  const secret = (await readFile(secretFile, 'utf8')).trim();
  if (secret.length < LEAST_SECRET)
    throw new Error(`${secretFile}: a secret of at least ${LEAST_SECRET} characters`);
  return {
    channel: 'webhook',
    send: async (message) => {
      const body = JSON.stringify(message);
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': message.id,
          'x-heshi-time': message.at,
          'x-heshi-signature': signatureOf(secret, message.at, body),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutSeconds * 1_000),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`answered ${response.status}`);
    },
    outcomeOf: () => Promise.resolve('unknown'),
  };
}
