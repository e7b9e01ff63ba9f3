import { stableId } from '../src/database/keys.ts';
import { type LanguageCode, LocalisedText } from '../src/database/localised-text.ts';
import { Provenance } from '../src/database/properties.ts';
import { authorityId } from '../src/reference/install-reference.ts';
import {
  Funding,
  Population,
  PopulationMember,
  Provider,
  ServiceCarrier,
  type ServiceKind,
  SharedService,
} from '../src/services/service.entity.ts';
import { at } from './calendar.ts';
import type { Demonstration, DemoPartner, DemoService } from './demonstration.ts';

export type Texts = Partial<Record<LanguageCode, string>>;

export const federationId = (slug: string): string => stableId(`federation:${slug}`);
export const providerId = (slug: string): string => stableId(`provider:${slug}`);
export const populationId = (slug: string): string => stableId(`population:${slug}`);
export const serviceId = (slug: string): string => stableId(`service:${slug}`);

export interface ServiceInit {
  slug: string;
  kind: ServiceKind;
  name: Texts;
  description: Texts;
  eligibility: Texts;
  price: Texts;
  howToJoin: Texts;
  languages: LanguageCode[];
  startedOn: string;
  /** Slugs of the providers that carry it; the first leads. */
  carriers: string[];
  federation?: string;
  population?: string;
  enrolmentsPublic?: boolean;
  usageUnit?: string;
}

/** A provider; its name says after whom it is modelled. */
export function addProvider(
  demonstration: Demonstration,
  slug: string,
  fr: string,
  nl: string,
  real: string,
): void {
  demonstration.add(Provider, {
    id: providerId(slug),
    slug,
    name: LocalisedText.of({
      fr: `${fr} (d'après ${real})`,
      nl: `${nl} (naar het voorbeeld van ${real})`,
      de: `${fr} (nach dem Vorbild von ${real})`,
      en: `${fr} (modelled on ${real})`,
    }),
    website: `https://${slug}.example`,
    modelledOn: real,
    provenance: Provenance.SYNTHETIC,
    createdAt: at('2018-01-02'),
  });
}

/** A shared service with its carriers. */
export function addService(demonstration: Demonstration, init: ServiceInit): DemoService {
  const id = serviceId(init.slug);
  demonstration.add(SharedService, {
    id,
    slug: init.slug,
    kind: init.kind,
    name: LocalisedText.of(init.name),
    description: LocalisedText.of(init.description),
    eligibility: LocalisedText.of(init.eligibility),
    price: LocalisedText.of(init.price),
    howToJoin: LocalisedText.of(init.howToJoin),
    languages: init.languages.map((language) => language.toUpperCase()),
    website: `https://${init.slug}.example`,
    startedOn: init.startedOn,
    federation: init.federation ? federationId(init.federation) : null,
    population: init.population ? populationId(init.population) : null,
    enrolmentsPublic: init.enrolmentsPublic ?? false,
    usageUnit: init.usageUnit ?? null,
    provenance: Provenance.SYNTHETIC,
    createdAt: at(init.startedOn),
  });
  init.carriers.forEach((carrier, position) => {
    demonstration.add(ServiceCarrier, {
      service: id,
      provider: providerId(carrier),
      isLead: position === 0,
    });
  });
  return { id, slug: init.slug };
}

/** Yearly funding of a service by an authority; the amounts are made up. */
export function addFunding(
  demonstration: Demonstration,
  service: DemoService,
  authority: string | null,
  funder: string,
  years: [from: number, to: number],
  amount: number,
): void {
  for (let year = years[0]; year <= years[1]; year++) {
    demonstration.add(Funding, {
      id: stableId(`funding:${service.slug}:${funder}:${year}`),
      service: service.id,
      authority: authority ? authorityId(authority) : null,
      funder,
      // Two per cent more each year, in whole hundreds.
      amount: `${Math.round((amount * 1.02 ** (year - years[0])) / 100) * 100}.00`,
      periodFrom: `${year}-01-01`,
      periodUntil: `${year + 1}-01-01`,
      provenance: Provenance.SYNTHETIC,
    });
  }
}

/** A population: by its list of members, or by a count that somebody declares. */
export function addPopulation(
  demonstration: Demonstration,
  init: { slug: string; name: Texts; definition: Texts; asOf: string; source: string },
  members: readonly DemoPartner[] | number,
): void {
  const id = populationId(init.slug);
  demonstration.add(Population, {
    id,
    slug: init.slug,
    name: LocalisedText.of(init.name),
    definition: LocalisedText.of(init.definition),
    declaredCount: typeof members === 'number' ? members : null,
    asOf: init.asOf,
    source: init.source,
    provenance: Provenance.SYNTHETIC,
  });
  if (typeof members === 'number') return;
  for (const partner of members) {
    demonstration.add(PopulationMember, { population: id, partner: partner.id });
  }
}
