import type { EntityName, RequiredEntityData } from '@mikro-orm/core';
import { stableId } from '../src/database/keys.ts';
import type { LanguageCode } from '../src/database/localised-text.ts';
import { Provenance } from '../src/database/properties.ts';
import { UsageEntry } from '../src/metrics/metric.entity.ts';
import { Enrolment, EnrolmentEvent, EnrolmentStatus } from '../src/services/enrolment.entity.ts';
import { at } from './calendar.ts';

/** Where a partner of the demonstration comes from: the services draw their users from these groups. */
export type Group = 'RECOGNISED' | 'SCHOOL' | 'ASSOCIATION' | 'WORK_INTEGRATION' | 'FLANDERS' | 'OPERATOR';

export interface DemoPartner {
  id: string;
  slug: string;
  group: Group;
  sector: string;
  nisCode: string;
  inBrussels: boolean;
  headcount: number;
  languages: readonly LanguageCode[];
  /** The authority that recognises the organisation or its first site, and that recognition. */
  authority: string | null;
  recognition: string | null;
  /** The first day on which anything is known of the partner. */
  firstSeen: string | null;
}

export interface DemoService {
  id: string;
  slug: string;
}

export interface DemoEnrolment {
  id: string;
  partner: DemoPartner;
  activeFrom: string;
  endedOn: string | null;
}

export interface EnrolmentDates {
  requestedOn: string;
  activeFrom?: string | undefined;
  endedOn?: string | undefined;
}

export interface Usage {
  partner: DemoPartner;
  metric: string;
  on: string;
  quantity: number | string;
  category?: string;
  enrolment?: DemoEnrolment | undefined;
  /** Key of the entry that this one takes back. */
  reverses?: string;
}

/** The whole demonstration in memory, table by table: the seeders fill it, index.ts writes it. */
export class Demonstration {
  readonly partners: DemoPartner[] = [];
  /** Rows by entity class, in the sequence in which they were added. */
  readonly rows = new Map<unknown, object[]>();
  /** Statements that follow the rows. */
  readonly statements: string[] = [];
  readonly #entries = new Map<string, number>();

  add<T extends object>(entity: EntityName<T>, row: RequiredEntityData<T>): void {
    const rows = this.rows.get(entity);
    if (rows) rows.push(row);
    else this.rows.set(entity, [row]);
  }

  /** A statement for when all rows are there. */
  afterwards(statement: string): void {
    this.statements.push(statement);
  }

  /** Partners of some groups, in a fixed order. */
  of(...groups: Group[]): DemoPartner[] {
    return this.partners.filter((partner) => groups.includes(partner.group));
  }

  partner(slug: string): DemoPartner {
    const found = this.partners.find((partner) => partner.slug === slug);
    if (!found) throw new Error(`There is no partner ${slug}`);
    return found;
  }

  /** Notes a day on which a partner is known already. */
  seen(partner: DemoPartner, day: string): void {
    if (partner.firstSeen === null || day < partner.firstSeen) partner.firstSeen = day;
  }

  /** An enrolment with its history. Without `activeFrom` it stays a request. */
  enrol(
    service: DemoService,
    partner: DemoPartner,
    { requestedOn, activeFrom, endedOn }: EnrolmentDates,
    recognition: string | null = null,
  ): DemoEnrolment {
    const id = stableId(`enrolment:${service.slug}:${partner.slug}:${requestedOn}`);
    const status = endedOn
      ? EnrolmentStatus.ENDED
      : activeFrom
        ? EnrolmentStatus.ACTIVE
        : EnrolmentStatus.REQUESTED;
    this.seen(partner, requestedOn);
    // The partner stands first in every row: its column is part of the composite references too.
    this.add(Enrolment, {
      partner: partner.id,
      id,
      service: service.id,
      recognition: recognition ? [partner.id, recognition] : null,
      status,
      requestedOn,
      activeFrom: activeFrom ?? null,
      endedOn: endedOn ?? null,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(requestedOn, 30),
    });
    const steps: [EnrolmentStatus, string | undefined][] = [
      [EnrolmentStatus.REQUESTED, requestedOn],
      [EnrolmentStatus.ACTIVE, activeFrom],
      [EnrolmentStatus.ENDED, endedOn],
    ];
    for (const [number, [step, day]] of steps.entries()) {
      if (!day) continue;
      this.add(EnrolmentEvent, {
        partner: partner.id,
        id: stableId(`enrolment event:${id}:${step}`),
        enrolment: [partner.id, id],
        status: step,
        occurredOn: day,
        // Two steps of one day were recorded one after the other.
        recordedAt: at(day, 30 + number),
      });
    }
    return { id, partner, activeFrom: activeFrom ?? requestedOn, endedOn: endedOn ?? null };
  }

  /** One usage entry; answers its key. */
  use(service: DemoService, { partner, metric, on, quantity, category, enrolment, reverses }: Usage): string {
    const number = (this.#entries.get(service.slug) ?? 0) + 1;
    this.#entries.set(service.slug, number);
    const externalReference = `${service.slug}-${String(number).padStart(5, '0')}`;
    const id = stableId(`usage entry:${externalReference}`);
    this.seen(partner, on);
    this.add(UsageEntry, {
      partner: partner.id,
      id,
      service: service.id,
      metric,
      occurredOn: on,
      quantity: String(quantity),
      category: category ?? null,
      enrolment: enrolment ? [partner.id, enrolment.id] : null,
      source: 'demonstration',
      externalReference,
      reverses: reverses ? [partner.id, reverses] : null,
      provenance: Provenance.SYNTHETIC,
      recordedAt: at(on, 120),
    });
    return id;
  }
}
