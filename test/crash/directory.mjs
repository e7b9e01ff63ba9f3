import { enterpriseNumber } from './ledger.mjs';

const PARTNERS = 24;
/** Months that usage falls in: this one and those before it. */
const MONTHS = 6;
const DAY_MS = 86_400_000;

/** What partners are: few values, so that many partners, and with them many writers, meet in a cell. */
export const SECTORS = ['CULTURE', 'CULTURE', 'CULTURE', 'HOSPITALS'];
export const HEADCOUNTS = [3, 4, 5, 120];
const POSTAL_CODES = ['1000', '1000', '1000', '5000'];

/** Services, with what is reported of them: amounts and levels. */
const SERVICES = [
  { kind: 'OTHER', flow: 'OTHER_SERVICE_UNITS', stock: 'OTHER_SERVICE_BENEFICIARIES' },
  { kind: 'OTHER', flow: 'OTHER_SERVICE_UNITS', stock: 'OTHER_SERVICE_BENEFICIARIES' },
  { kind: 'PREVENTION', flow: 'PREVENTION_CONSULTATIONS', stock: 'PREVENTION_TOOL_SHEETS' },
];

/** The amounts, which add up. */
export const FLOWS = [...new Set(SERVICES.map(({ flow }) => flow))];

/** One of these, at random. */
export const oneOf = (values) => values[Math.floor(Math.random() * values.length)];

/** A small directory whose partners use the same services in the same months. */
export class Directory {
  /** Records it through a hub. */
  static async record(hub) {
    const name = { fr: 'Essai de panne' };
    const provider = await hub.make('createProvider', 'provider', { slug: 'crash-provider', name });
    const directory = new Directory();
    directory.firstDay = firstOfMonth(1 - MONTHS);
    directory.services = [];
    for (const [index, service] of SERVICES.entries()) {
      const input = {
        kind: service.kind,
        slug: `crash-${index}`,
        name,
        languages: ['FR'],
        carriers: [provider],
      };
      const id = await hub.make('createSharedService', 'sharedService', input);
      directory.services.push({ ...service, id });
    }
    directory.partners = await Promise.all(
      Array.from({ length: PARTNERS }, (_, index) => directory.#recordPartner(hub, index)),
    );
    return directory;
  }

  async #recordPartner(hub, index) {
    const id = await hub.make('createPartner', 'partner', {
      enterpriseNumber: enterpriseNumber(index),
      name: { fr: `Partenaire ${index}` },
      legalForm: 'ASBL_VZW',
      sector: SECTORS[index % SECTORS.length],
      headcount: HEADCOUNTS[index % HEADCOUNTS.length],
      languages: ['FR'],
      sites: [{ postalCode: POSTAL_CODES[index % POSTAL_CODES.length] }],
    });
    for (const service of this.services) {
      const requested = { partner: id, service: service.id, requestedOn: this.firstDay };
      const enrolment = await hub.make('enrolPartner', 'enrolment', requested);
      await hub.make('activateEnrolment', 'enrolment', { id: enrolment, activeFrom: this.firstDay });
    }
    return id;
  }

  /** A new entry for some partner: an amount, or a level that replaces the one before. */
  entry(externalReference) {
    const { id, flow, stock } = oneOf(this.services);
    const isLevel = Math.random() < 0.3;
    return {
      externalReference,
      partner: oneOf(this.partners),
      service: id,
      metric: isLevel ? stock : flow,
      occurredOn: this.#day(),
      // Nought is an entry too, and no use.
      quantity: String(Math.floor(Math.random() * 50)),
      category: oneOf(['A', 'B', null]),
    };
  }

  #day() {
    const since = Date.parse(this.firstDay);
    // Yesterday at the latest: in Brussels it may be another day than here.
    const days = Math.floor((Date.now() - since) / DAY_MS);
    return new Date(since + Math.floor(Math.random() * days) * DAY_MS).toISOString().slice(0, 10);
  }
}

function firstOfMonth(offset) {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 10);
}
