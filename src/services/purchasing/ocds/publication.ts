import { NotFoundError, UserError } from '../../../errors.ts';
import type { Sql } from '../../../read/index.ts';
import { publishedAgreement, publishedAgreements } from './publication.read.ts';
import { type PublishedAgreement, writeRecord, writeRelease } from './write-release.ts';

type Json = Record<string, unknown>;

/** Agreements of a page. */
const PAGE = 50;

const LONGEST_OCID = 200;

const EXTENSION = 'https://raw.githubusercontent.com/open-contracting-extensions';

/** Extensions of the standard that the hub's releases use; related processes are in the standard itself. */
const EXTENSIONS = [
  `${EXTENSION}/ocds_lots_extension/v1.1.5/extension.json`,
  `${EXTENSION}/ocds_techniques_extension/master/extension.json`,
];
const OF_PAGES = `${EXTENSION}/ocds_pagination_extension/master/extension.json`;

const SYNTHETIC = 'SYNTHETIC: made up for demonstration. Nothing here says anything about the world.';

/**
 * The hub's agreements in the terms of the Open Contracting Data Standard 1.1. What is given is public and the same for
 * everybody: agreements, lots, products without prices, and who was awarded what; never an order.
 */
export class OcdsPublication {
  /** @param ask answers a question in SQL as the public would be answered */
  constructor(private readonly ask: (question: Sql) => Promise<unknown>) {}

  /**
   * A release package of a page of agreements.
   * @param base address of the hub, e.g. `https://hub.example.org`
   * @param after ocid of the last agreement of the page before
   * @throws UserError INVALID_PAGE; NotFoundError where no agreement comes after: a package has one release at least
   */
  async releases(base: string, after: string | undefined): Promise<Json> {
    if (after !== undefined && (after.length > LONGEST_OCID || after.includes('\0'))) {
      throw new UserError(
        'INVALID_PAGE',
        '`after` is the ocid of the last agreement of the page before.',
        'after',
      );
    }
    const found = (await this.ask(publishedAgreements({ after, most: PAGE + 1 }))) as PublishedAgreement[];
    const agreements = found.slice(0, PAGE);
    if (agreements.length === 0)
      throw new NotFoundError('A framework agreement', after === undefined ? undefined : 'after');
    const address = `${base}/ocds/releases.json`;
    const next =
      found.length > PAGE
        ? `${address}?after=${encodeURIComponent((agreements.at(-1) as PublishedAgreement).ocid)}`
        : undefined;
    return {
      ...packageOf(
        after === undefined ? address : `${address}?after=${encodeURIComponent(after)}`,
        agreements,
        [...EXTENSIONS, ...(next ? [OF_PAGES] : [])],
      ),
      ...(next ? { links: { next } } : {}),
      releases: agreements.map(writeRelease),
    };
  }

  /**
   * A record package of one agreement.
   * @throws NotFoundError
   */
  async record(base: string, ocid: string): Promise<Json> {
    const agreement =
      ocid.length > LONGEST_OCID || ocid.includes('\0')
        ? null
        : ((await this.ask(publishedAgreement(ocid))) as PublishedAgreement | null);
    if (!agreement) throw new NotFoundError('The framework agreement', 'ocid');
    return {
      ...packageOf(`${base}/ocds/records/${encodeURIComponent(ocid)}.json`, [agreement], EXTENSIONS),
      records: [writeRecord(agreement)],
    };
  }
}

/** What stands above releases and records alike. */
function packageOf(
  uri: string,
  agreements: readonly PublishedAgreement[],
  extensions: readonly string[],
): Json {
  const bodies = agreements.map(
    ({ body }) => body && (body.name.fr ?? body.name.nl ?? body.name.en ?? body.name.de),
  );
  const names = [...new Set(bodies.filter((name) => name !== null && name !== undefined))];
  return {
    uri,
    version: '1.1',
    extensions,
    // Of what is made on demand, this is when its content last changed.
    publishedDate: agreements
      .map(({ changedAt }) => changedAt)
      .sort()
      .at(-1),
    publisher: { name: names.sort().join(' · ') || 'mutualhub' },
    ...(agreements.some(({ provenance }) => provenance === 'SYNTHETIC') ? { notice: SYNTHETIC } : {}),
  };
}
