import { Parser } from 'htmlparser2';
import { ArchiveRefused } from './archive.ts';

/** What a part of a workbook is told of; names come without their prefix, attributes' too. */
export type XmlHandlers = {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(data: string): void;
  close?(name: string): void;
};

const NONE: Record<string, string> = {};

const withoutPrefix = (name: string): string => {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/**
 * Reads XML as it arrives, so that a part is never in memory as a whole. @throws ArchiveRefused when it ends before its first element does
 */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  let depth = 0;
  let closed = false;
  // An element is told of when what comes after its attributes is: the library would make an object for each otherwise.
  let opening: string | null = null;
  let attributes = NONE;
  const opened = (): void => {
    if (opening === null) return;
    const name = opening;
    opening = null;
    handlers.open(name, attributes);
    attributes = NONE;
  };
  const parser = new Parser(
    {
      onopentagname: (name) => {
        opened();
        depth += 1;
        opening = withoutPrefix(name);
      },
      onattribute: (name, value) => {
        if (attributes === NONE) attributes = {};
        attributes[withoutPrefix(name)] = value;
      },
      ontext: (data) => {
        opened();
        handlers.text?.(data);
      },
      onclosetag: (name) => {
        opened();
        depth -= 1;
        closed = depth === 0;
        handlers.close?.(withoutPrefix(name));
      },
    },
    { xmlMode: true },
  );
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    parser.write(decoder.decode(chunk, { stream: true }));
  }
  if (decoder === undefined) return;
  parser.write(decoder.decode());
  const whole = closed;
  parser.end();
  if (!whole) throw new ArchiveRefused('damaged-xlsx', { detail: 'a part of it ends too soon' });
}

function encodingOf(chunk: Uint8Array): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
