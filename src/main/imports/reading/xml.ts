import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { ArchiveRefused } from './archive.ts';

/** What a part of a workbook is told of; names come without their prefix, attributes' too. */
export type XmlHandlers = {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(data: string): void;
  close?(name: string): void;
};

/** A sheet has six elements inside one another; what goes far beyond was made to fill a memory. */
const MAXIMUM_DEPTH = 200;

const NONE: Record<string, string> = {};

const withoutPrefix = (name: string): string => {
  // Most names of a sheet are too short to have one.
  if (name.length < 3) return name;
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
};

/**
 * Reads XML as it arrives, so that a part is never in memory as a whole. An end that no element has is passed over; one that comes too
 * early ends what stands open inside. @throws ArchiveRefused when it ends before its first element does, or is too deep
 */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const reader = new ElementReader(handlers);
  const tokenizer = new Tokenizer({ xmlMode: true }, reader);
  const write = (text: string): void => {
    if (text === '') return;
    reader.arrived(text);
    tokenizer.write(text);
  };
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    write(decoder.decode(chunk, { stream: true }));
  }
  if (decoder === undefined) return;
  write(decoder.decode());
  const { whole } = reader;
  tokenizer.end();
  if (!whole) throw new ArchiveRefused('damaged-xlsx', { detail: 'a part of it ends too soon' });
}

/**
 * Makes elements of the library's tokens. Its own parser does too, and more that only HTML needs: a fifth of the time that a register of
 * 100,000 rows takes.
 */
class ElementReader implements TokenizerCallbacks {
  /** True once the first element has ended, and nothing stands open. */
  whole = false;
  private readonly handlers: XmlHandlers;
  /** What arrived and may still be asked for: tokens are told by their places, counted from the beginning of the part. */
  private readonly texts: string[] = [];
  private before = 0;
  /** Elements that stand open, from the outermost. */
  private readonly within: string[] = [];
  private attributes = NONE;
  private attribute = '';
  private value = '';

  constructor(handlers: XmlHandlers) {
    this.handlers = handlers;
  }

  arrived(text: string): void {
    this.texts.push(text);
  }

  private between(start: number, end: number): string {
    let [first = ''] = this.texts;
    while (start - this.before >= first.length && this.texts.length > 1) {
      this.before += first.length;
      this.texts.shift();
      first = this.texts[0] ?? '';
    }
    const piece = first.slice(start - this.before, end - this.before);
    return end - this.before <= first.length
      ? piece
      : this.texts.join('').slice(start - this.before, end - this.before);
  }

  onopentagname(start: number, end: number): void {
    if (this.within.length === MAXIMUM_DEPTH) {
      throw new ArchiveRefused('damaged-xlsx', {
        detail: `more than ${MAXIMUM_DEPTH} elements inside one another`,
      });
    }
    this.within.push(withoutPrefix(this.between(start, end)));
  }
  onattribname(start: number, end: number): void {
    this.attribute = withoutPrefix(this.between(start, end));
  }
  onattribdata(start: number, end: number): void {
    this.value += this.between(start, end);
  }
  onattribentity(codepoint: number): void {
    this.value += String.fromCodePoint(codepoint);
  }
  onattribend(): void {
    if (this.attributes === NONE) this.attributes = {};
    this.attributes[this.attribute] = this.value;
    this.value = '';
  }
  onopentagend(): void {
    const { attributes } = this;
    this.attributes = NONE;
    this.handlers.open(this.within.at(-1) ?? '', attributes);
  }
  onselfclosingtag(): void {
    this.onopentagend();
    this.closeLast();
  }
  onclosetag(start: number, end: number): void {
    const name = withoutPrefix(this.between(start, end));
    const place = this.within.lastIndexOf(name);
    while (place >= 0 && this.within.length > place) this.closeLast();
  }
  private closeLast(): void {
    const name = this.within.pop() ?? '';
    this.whole = this.within.length === 0;
    this.handlers.close?.(name);
  }
  ontext(start: number, end: number): void {
    this.handlers.text?.(this.between(start, end));
  }
  ontextentity(codepoint: number): void {
    this.handlers.text?.(String.fromCodePoint(codepoint));
  }
  oncdata(start: number, end: number, offset: number): void {
    this.handlers.text?.(this.between(start, end - offset));
  }
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

function encodingOf(chunk: Uint8Array): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
