import { z } from 'zod';
import { DayText } from '../../domain/kernel/event/event.ts';
import { isProtectedAddress } from '../../domain/kernel/text/index.ts';
import { openFileDrop } from './file-drop.ts';
import { openWebhook } from './webhook.ts';

/** One message, as it leaves: what a gateway needs to deliver it, and nothing else. `id` is the same whenever it is tried again. */
export type Message = { id: string; to: string; text: string; at: string };

/** A way by which messages leave. */
export type Gateway = {
  /** Names it in what is kept of each message. */
  channel: string;
  /** Hands a message over. @throws whatever went wrong; it may then be tried again under the same id */
  send(message: Message): Promise<void>;
  /** What became of one that this centre was at when it ended: `unknown` where nobody can tell. */
  outcomeOf(id: string): Promise<'sent' | 'not-sent' | 'unknown'>;
};

/** HTTPS, or the machine itself: nobody else may read what is sent. Names and passwords do not belong into an address. */
const WebhookUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { username, password } = new URL(text);
    return isProtectedAddress(text) && username === '' && password === '';
  },
  { error: 'an https address, or one of this machine' },
);

/** How merchants are reminded, as its file says it. */
const GatewayFile = z.strictObject({
  /** The first day on which messages leave. */
  from: DayText,
  gateway: z.discriminatedUnion('channel', [
    z.strictObject({ channel: z.literal('file'), folder: z.string().min(1) }),
    z.strictObject({
      channel: z.literal('webhook'),
      url: WebhookUrl,
      /** A file with the secret by which the receiver knows this centre. */
      secretFile: z.string().min(1),
      timeoutSeconds: z.int().min(1).max(120).default(15),
    }),
  ]),
  /** The telephone number that merchants may call. */
  windowPhone: z.string().trim().min(3).max(40),
  /** Whether all merchants are told of the annual report, as nothing here says who has filed it. */
  annualReport: z.boolean().default(false),
});
type GatewayFile = z.infer<typeof GatewayFile>;

/** What merchants are reminded with. */
export type Messaging = Pick<GatewayFile, 'from' | 'windowPhone' | 'annualReport'> & { gateway: Gateway };

/** Reads how merchants are reminded, and opens that way. @throws in words, naming the field; or what its secret or folder says */
export async function readMessaging(text: string): Promise<Messaging> {
  const read = GatewayFile.safeParse(JSON.parse(text));
  if (!read.success)
    throw new Error(
      read.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`).join('; '),
    );
  const { gateway, ...rest } = read.data;
  const open = gateway.channel === 'file' ? openFileDrop(gateway) : openWebhook(gateway);
  return { ...rest, gateway: await open };
}
