import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { UserError } from '../../../errors.ts';
import { type Imported, OcdsImport } from './import.service.ts';
import { OcdsFile } from './ocds-file.ts';

/** Where the lines of an import go: one for each release, and now and then how far it has come. */
export interface OcdsReport {
  each(line: string): void;
  progress(line: string): void;
}

/** Milliseconds between two lines of progress. */
const EVERY = 5000;

/**
 * Imports the releases of a file, the oldest first, and says of each what became of it.
 * @throws UserError SERVICE_UNKNOWN, FILE_UNREADABLE
 */
export async function importOcdsFile(
  unitOfWork: UnitOfWork,
  of: { file: string; service?: string | undefined; frameworks?: readonly string[] | undefined },
  report: OcdsReport,
): Promise<{ imported: number; unchanged: number; refused: number }> {
  const into = await OcdsImport.into(unitOfWork, of);
  const now = timer(report);
  const file = await opened(of.file, (line) => now(() => `Looking through the file: line ${line} …`));
  try {
    const counts = { IMPORTED: 0, UNCHANGED: 0, REFUSED: 0 };
    let done = 0;
    for await (const found of file.releases()) {
      const imported = await into.take(found);
      counts[imported.outcome] += 1;
      done += 1;
      report.each(lineOf(found.where, imported));
      now(() => `${done} of ${file.size} releases …`);
    }
    return { imported: counts.IMPORTED, unchanged: counts.UNCHANGED, refused: counts.REFUSED };
  } finally {
    await file.close();
  }
}

async function opened(path: string, onLine: (line: number) => void): Promise<OcdsFile> {
  try {
    return await OcdsFile.open(path, onLine);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    throw new UserError(
      'FILE_UNREADABLE',
      `${path} cannot be read (${code}): name a file of OCDS releases.`,
      'file',
    );
  }
}

/** Says something at most every few seconds. */
function timer({ progress }: OcdsReport): (line: () => string) => void {
  let last = Date.now();
  return (line) => {
    if (Date.now() - last < EVERY) return;
    last = Date.now();
    progress(line());
  };
}

function lineOf(where: string, { outcome, ocid, release, says, code, path }: Imported): string {
  const why = code ? `${code}${path ? ` at ${path}` : ''}: ${says}` : says;
  return printable(
    `${outcome.toLowerCase().padEnd(9)} ${ocid} ${release}${where ? ` (${where})` : ''}: ${why}`,
  );
}

/** A file may hold anything; a terminal obeys some of it. */
function printable(line: string): string {
  return line.replace(/\p{C}+/gu, '�');
}
