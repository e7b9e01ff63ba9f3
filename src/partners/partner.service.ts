import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { idempotently } from '../access/idempotency.ts';
import { allow, checkSandbox, mayAdminister, mayEdit, provenanceFor } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';
import { newId } from '../database/keys.ts';
import { foldText, LANGUAGES, type LocalisedText, localisedText } from '../database/localised-text.ts';
import { checkedSlug } from '../database/slug.ts';
import { SortKeys } from '../database/sort-keys.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../errors.ts';
import { keyOf } from '../ids.ts';
import { CompetentAuthority, Sector, Territory } from '../reference/reference.entity.ts';
import { mustBeOpen } from './closed-partner.ts';
import { parseEnterpriseNumber } from './enterprise-number.ts';
import { Partner, Recognition, Site } from './partner.entity.ts';
import type {
  CreatePartnerInput,
  MembershipInput,
  RecognitionInput,
  SiteInput,
  UpdatePartnerInput,
} from './partner.inputs.ts';

const MOST_SITES = 50;
const LARGEST_HEADCOUNT = 1_000_000;

/** Records memberships of a new partner; the federations' room does it, this room only asks. */
export type RecordMemberships = (
  em: EntityManager,
  partner: Partner,
  memberships: readonly MembershipInput[],
) => Promise<void>;

/** Columns that follow from a partner's name: what is searched, and how it sorts. */
export function nameColumns(name: LocalisedText): { searchText: string; sortName: SortKeys } {
  const words = LANGUAGES.map((language) => name[language]).filter(Boolean);
  return { searchText: foldText(words.join(' ')), sortName: SortKeys.of(name) };
}

/** Rules and transactions of partners. */
export class PartnerService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly recordMemberships: RecordMemberships,
  ) {}

  /**
   * Creates a partner and answers its key.
   * @throws UserError for what the user can mend
   */
  async create(viewer: Viewer, input: CreatePartnerInput): Promise<string> {
    const request = { viewer, mutation: 'createPartner', key: input.idempotencyKey, input };
    const federations = (input.memberships ?? []).map(({ federation }, index) =>
      keyOf('federation', federation, `memberships.${index}.federation`),
    );
    allow(
      viewer.isAdministrator ||
        (federations.length > 0 && federations.every((key) => mayAdminister(viewer, key))),
      'a federation enters new members of its own; give its membership, and no other',
    );
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const enterpriseNumber = parseEnterpriseNumber(input.enterpriseNumber);
      const name = localisedText(input.name, { field: 'name', required: true, longest: 200 });
      if (input.sites.length < 1 || input.sites.length > MOST_SITES) {
        throw new UserError(
          'INVALID_SITES',
          `Give 1 to ${MOST_SITES} sites; the first is the registered office.`,
          'sites',
        );
      }
      const byPostalCode = municipalityLoader(em);
      const municipalities = await Promise.all(
        input.sites.map((site, index) => municipalityOf(byPostalCode, site, index)),
      );
      if (await em.count(Partner, { enterpriseNumber })) {
        throw new UserError(
          'ENTERPRISE_NUMBER_TAKEN',
          'A partner with this enterprise number exists already: update that one.',
          'enterpriseNumber',
        );
      }
      const provenance = provenanceFor(viewer, input.provenance);
      const partner = em.create(Partner, {
        id: newId(),
        slug: await slugFor(em, name, input.slug),
        enterpriseNumber,
        name,
        description: localisedText(input.description, { field: 'description' }),
        legalForm: input.legalForm,
        sector: await sectorOf(em, input.sector, 'sector'),
        municipality: municipalities[0] as Territory,
        headcount: checkedHeadcount(input.headcount),
        languages: checkedLanguages(input.languages),
        website: checkedWebsite(input.website),
        provenance,
        ...nameColumns(name),
      } as never);
      const sites = input.sites.map((site, index) =>
        em.create(Site, {
          id: newId(),
          partner,
          name: localisedText(site.name, { field: `sites.${index}.name`, longest: 200 }),
          postalCode: site.postalCode,
          municipality: municipalities[index] as Territory,
          isRegisteredOffice: index === 0,
          provenance,
        }),
      );
      for (const [index, recognition] of (input.recognitions ?? []).entries()) {
        await this.addRecognition(em, partner, sites, recognition, index);
      }
      await em.flush();
      await this.recordMemberships(em, partner, input.memberships ?? []);
      return { id: partner.id };
    });
    return id;
  }

  /**
   * Changes a partner and answers its key.
   * @throws UserError for what the user can mend
   */
  async update(viewer: Viewer, input: UpdatePartnerInput): Promise<string> {
    const id = keyOf('partner', input.id, 'id');
    allow(mayEdit(viewer, id), 'a partner keeps its own entry');
    const request = { viewer, mutation: 'updatePartner', key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      // Locked, so that of two changes that arrive together the second builds on the first.
      const partner = await em.findOne(Partner, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!partner) throw new NotFoundError('The partner', 'id');
      checkSandbox(viewer, partner.provenance, 'id');
      mustBeOpen(partner, 'id');
      if (input.name) {
        partner.name = localisedText(input.name, {
          field: 'name',
          required: true,
          longest: 200,
          before: partner.name,
        });
        Object.assign(partner, nameColumns(partner.name));
      }
      if (input.description) {
        partner.description = localisedText(input.description, {
          field: 'description',
          before: partner.description,
        });
      }
      if (input.legalForm) partner.legalForm = input.legalForm;
      if (typeof input.sector === 'string') partner.sector = await sectorOf(em, input.sector, 'sector');
      if (typeof input.headcount === 'number') partner.headcount = checkedHeadcount(input.headcount);
      if (input.languages) partner.languages = checkedLanguages(input.languages);
      if (input.website !== undefined) partner.website = checkedWebsite(input.website);
      return { id };
    });
    return id;
  }

  private async addRecognition(
    em: EntityManager,
    partner: Partner,
    sites: readonly Site[],
    input: RecognitionInput,
    index: number,
  ): Promise<void> {
    const path = `recognitions.${index}`;
    if (input.validUntil && input.validUntil <= input.validFrom) {
      throw new UserError(
        'INVALID_PERIOD',
        '`validUntil` is the first day after it, so it comes after `validFrom`.',
        `${path}.validUntil`,
      );
    }
    const authority = await em.findOne(CompetentAuthority, { code: input.authority });
    if (!authority)
      throw unknownCode('authority', input.authority, 'competentAuthorities', `${path}.authority`);
    const site = typeof input.site === 'number' ? sites[input.site] : null;
    if (site === undefined) {
      throw new UserError(
        'INVALID_SITE',
        `There is no site ${input.site}: sites are counted from 0.`,
        `${path}.site`,
      );
    }
    em.create(Recognition, {
      id: newId(),
      partner,
      site,
      authority,
      sector: input.sector ? await sectorOf(em, input.sector, `${path}.sector`) : partner.sector,
      validFrom: input.validFrom,
      validUntil: input.validUntil ?? null,
      provenance: partner.provenance,
    });
  }
}

/** Municipalities by postal code, those of all sites in one statement: a partner may have fifty. */
function municipalityLoader(em: EntityManager): DataLoader<string, Territory | undefined> {
  return new DataLoader(async (postalCodes) => {
    const territories = await em.find(
      Territory,
      { postalCodes: { $overlap: [...postalCodes] } },
      { orderBy: { nisCode: 'asc' } },
    );
    return postalCodes.map((code) => territories.find((territory) => territory.postalCodes.includes(code)));
  });
}

async function municipalityOf(
  byPostalCode: DataLoader<string, Territory | undefined>,
  site: SiteInput,
  index: number,
): Promise<Territory> {
  const municipality = /^[1-9]\d{3}$/.test(site.postalCode) && (await byPostalCode.load(site.postalCode));
  if (!municipality) {
    throw new UserError(
      'UNKNOWN_POSTAL_CODE',
      `The hub knows no municipality with postal code ${JSON.stringify(site.postalCode.slice(0, 20))}: see \`territories\`.`,
      `sites.${index}.postalCode`,
    );
  }
  return municipality;
}

async function sectorOf(em: EntityManager, code: string, field: string): Promise<Sector> {
  const sector = await em.findOne(Sector, { code });
  if (!sector) throw unknownCode('sector', code, 'sectors', field);
  return sector;
}

function unknownCode(what: string, code: string, query: string, field: string): UserError {
  return new UserError(
    'UNKNOWN_CODE',
    `There is no ${what} with code ${JSON.stringify(code.slice(0, 40))}: see \`${query}\`.`,
    field,
  );
}

function checkedHeadcount(headcount: number): number {
  if (headcount < 0 || headcount > LARGEST_HEADCOUNT) {
    throw new UserError(
      'INVALID_HEADCOUNT',
      `A headcount is 0 to ${LARGEST_HEADCOUNT}; got ${headcount}.`,
      'headcount',
    );
  }
  return headcount;
}

function checkedLanguages(languages: readonly string[]): string[] {
  if (languages.length === 0)
    throw new UserError('LANGUAGE_MISSING', 'Give one language at least.', 'languages');
  return [...new Set(languages)];
}

function checkedWebsite(website: string | null | undefined): string | null {
  if (!website) return null;
  const url = URL.parse(website);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || website.length > 300) {
    throw new UserError(
      'INVALID_WEBSITE',
      'A website begins with http:// or https:// and has at most 300 characters.',
      'website',
    );
  }
  return url.href;
}

/** The slug asked for, or one made from the name that nobody has. */
async function slugFor(
  em: EntityManager,
  name: LocalisedText,
  wanted: string | null | undefined,
): Promise<string> {
  if (wanted) {
    if (await em.count(Partner, { slug: checkedSlug(wanted) })) {
      throw new UserError('SLUG_TAKEN', 'Another partner has this slug: choose another one.', 'slug');
    }
    return wanted;
  }
  const first = LANGUAGES.map((language) => name[language]).find(Boolean) ?? '';
  const base =
    foldText(first)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 70) || 'partner';
  // Two partners of one name that arrive together take their slugs one after the other.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 2))', [base]);
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!(await em.count(Partner, { slug }))) return slug;
  }
}
