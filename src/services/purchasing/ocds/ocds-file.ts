import { type FileHandle, open } from 'node:fs/promises';
import { type Found, releasesOf } from './document.ts';
import { type Read, refuse } from './refusal.ts';

/** Largest JSON document, a line or a whole file, in bytes: it is in memory as a whole. */
export const LARGEST_DOCUMENT = 64 * 1024 * 1024;

const CHUNK = 64 * 1024;
const NEWLINE = 0x0a;

/** A document's place in a file, in bytes. */
interface Place {
  offset: number;
  length: number;
  /** Line in which it begins, from 1. */
  line: number;
}

/** A release of a file, or why something in it is none; `where` is how people find it. */
export type FoundInFile = Found & { readonly where: string };

/**
 * The releases of a file in the order of their dates, whatever their order in it: of one JSON document, or of one
 * document a line. A long file is read twice, so that what is in memory at a time is one document and five numbers a
 * release.
 */
export class OcdsFile {
  private documents: Place[] = [];
  private readonly order: { document: number; index: number; at: number }[] = [];
  private cached: { document: number; found: Found[] } | undefined;

  private constructor(private readonly handle: FileHandle) {}

  /** How many releases it has, and things that are none. */
  get size(): number {
    return this.order.length;
  }

  /**
   * Opens a file and looks through it.
   * @throws the error of the file system where it cannot be read
   */
  static async open(path: string, onLine: (line: number) => void = () => undefined): Promise<OcdsFile> {
    const handle = await open(path, 'r');
    try {
      const file = new OcdsFile(handle);
      await file.index(onLine);
      return file;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  /** Its releases, the oldest first; what has no date comes before all. */
  async *releases(): AsyncGenerator<FoundInFile> {
    for (const { document, index } of this.order) {
      const found = (await this.found(document))[index] as Found;
      yield { ...found, where: this.placeOf(document, found.at) };
    }
  }

  private async index(onLine: (line: number) => void): Promise<void> {
    const isByLine = await this.isByLine();
    const whole = { offset: 0, length: (await this.handle.stat()).size, line: 1 };
    for await (const place of isByLine ? this.lines() : [whole]) {
      const document = this.documents.push(place) - 1;
      const found = await this.found(document);
      found.forEach(({ value }, index) => {
        this.order.push({ document, index, at: dateOf(value) });
      });
      onLine(place.line);
    }
    // The sort is stable: what has the same date stays in the file's order.
    this.order.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at));
  }

  /** Whether one of the first two lines is by itself what only a whole document would be. */
  private async isByLine(): Promise<boolean> {
    let seen = 0;
    for await (const place of this.lines()) {
      seen += 1;
      if (await this.isWhole(place)) return true;
      if (seen === 2) break;
    }
    return false;
  }

  private async isWhole({ offset, length }: Place): Promise<boolean> {
    const edge = Math.min(length, 64);
    const first = (await this.bytes(offset, edge))
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .trimStart();
    const last = (await this.bytes(offset + length - edge, edge)).toString('latin1').trimEnd();
    return first.startsWith('{') && last.endsWith('}');
  }

  /** Lines that are not blank. */
  private async *lines(): AsyncGenerator<Place> {
    let offset = 0;
    let line = 1;
    let at = 0;
    let isBlank = true;
    for (;;) {
      const chunk = await this.bytes(at, CHUNK);
      if (chunk.length === 0) break;
      for (let from = 0; from < chunk.length; ) {
        const end = chunk.indexOf(NEWLINE, from);
        const until = end === -1 ? chunk.length : end;
        isBlank &&= chunk
          .subarray(from, until)
          .every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
        if (end === -1) break;
        if (!isBlank) yield { offset, length: at + end - offset, line };
        offset = at + end + 1;
        from = end + 1;
        line += 1;
        isBlank = true;
      }
      at += chunk.length;
    }
    if (!isBlank) yield { offset, length: at - offset, line };
  }

  private async found(document: number): Promise<Found[]> {
    if (this.cached?.document === document) return this.cached.found;
    const read = await this.parsed(this.documents[document] as Place);
    const found = read.refusal ? [{ refusal: read.refusal, at: '' }] : releasesOf(read.value);
    this.cached = { document, found };
    return found;
  }

  private async parsed({ offset, length }: Place): Promise<Read<unknown>> {
    if (length > LARGEST_DOCUMENT) {
      return refuse(
        'TOO_LARGE',
        `A JSON document has at most ${LARGEST_DOCUMENT / 1024 / 1024} MiB: write one release a line instead, of which there may be any number.`,
      );
    }
    const bytes = await this.bytes(offset, length);
    try {
      return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
    } catch (error) {
      return refuse('INVALID_JSON', `This is no JSON in UTF-8: ${(error as Error).message}.`);
    }
  }

  private async bytes(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.handle.read(buffer, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  private placeOf(document: number, at: string): string {
    const line = this.documents.length > 1 ? `line ${(this.documents[document] as Place).line}` : '';
    return [line, at].filter(Boolean).join(' ');
  }
}

/** When a release says that it was made; before everything else where it does not. */
function dateOf(release: unknown): number {
  const { date } = (release ?? {}) as { date?: unknown };
  const at = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
}
