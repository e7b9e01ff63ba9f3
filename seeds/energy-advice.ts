import type { RequiredEntityData } from '@mikro-orm/core';
import { stableId } from '../src/database/keys.ts';
import { Provenance } from '../src/database/properties.ts';
import { territoryId } from '../src/reference/install-reference.ts';
import {
  EnergyMeasure,
  EnergyVisit,
  MeasureKind,
  MeasureState,
  VisitState,
} from '../src/services/energy/advice.entity.ts';
import { Building, BuildingActivity } from '../src/services/energy/building.entity.ts';
import { EnergyCarrier } from '../src/services/energy/meter.entity.ts';
import { at, LAST_DAY, plusDays } from './calendar.ts';
import type { DemoEnrolment, Demonstration, DemoPartner, DemoService } from './demonstration.ts';
import { Random } from './random.ts';

/** A building of the demonstration. */
export interface DemoBuilding {
  id: string;
  enrolment: DemoEnrolment;
  floorArea: number;
}

const ACTIVITIES: Record<string, BuildingActivity> = {
  HOMELESS_SHELTERS: BuildingActivity.HOUSING,
  HOSPITALS: BuildingActivity.HOSPITAL,
  CARE_HOMES: BuildingActivity.CARE_HOME,
  CULTURE: BuildingActivity.CULTURE,
  EDUCATION: BuildingActivity.SCHOOL,
  WORK_INTEGRATION: BuildingActivity.WORKSHOP,
  DISABILITY: BuildingActivity.DAY_CENTRE,
  YOUTH: BuildingActivity.DAY_CENTRE,
  MENTAL_HEALTH_ADDICTIONS: BuildingActivity.DAY_CENTRE,
  CHILDCARE: BuildingActivity.CHILDCARE,
  HEALTH_CENTRES: BuildingActivity.DAY_CENTRE,
  SPORTS: BuildingActivity.SPORT,
};

/** What is proposed: its title, what it saves, and what it costs and saves a year for each m². */
const PROPOSALS: readonly [MeasureKind, title: string, EnergyCarrier, eurM2: number, kwhM2: number][] = [
  [MeasureKind.INSULATION, 'Isolation de la toiture', EnergyCarrier.GAS, 38, 22],
  [MeasureKind.GLAZING, 'Remplacement des vitrages simples', EnergyCarrier.GAS, 55, 14],
  [MeasureKind.HEATING_SYSTEM, 'Chaudière à condensation', EnergyCarrier.GAS, 24, 18],
  [MeasureKind.HEATING_CONTROL, 'Régulation et vannes thermostatiques', EnergyCarrier.GAS, 4, 12],
  [MeasureKind.LIGHTING, 'Éclairage LED', EnergyCarrier.ELECTRICITY, 9, 7],
  [MeasureKind.VENTILATION, 'Horloges sur la ventilation', EnergyCarrier.ELECTRICITY, 2, 4],
  [MeasureKind.BEHAVIOUR, 'Campagne auprès des équipes', EnergyCarrier.ELECTRICITY, 0, 2],
];

/** Writes buildings, visits and measures. It has random numbers of its own, so that the other records stay as they were. */
export class AdviceWriter {
  private readonly random = new Random('energy advice');
  private readonly buildings = new Map<DemoEnrolment, DemoBuilding>();
  #visits = 0;

  constructor(
    private readonly demonstration: Demonstration,
    private readonly service: DemoService,
  ) {}

  /** The building that the service visits for a partner; one in six has a smaller one beside it. */
  buildingOf(enrolment: DemoEnrolment): DemoBuilding {
    const known = this.buildings.get(enrolment);
    if (known) return known;
    const { random } = this;
    const { partner } = enrolment;
    const floorArea = Math.round(120 + 32 * Math.max(2, partner.headcount) ** 0.85 * random.skewed(0.5));
    const building = this.build(enrolment, 'Bâtiment principal', floorArea);
    if (random.chance(1 / 6))
      this.build(enrolment, 'Annexe', Math.max(80, Math.round(floorArea * 0.3 * random.skewed(0.3))));
    this.buildings.set(enrolment, building);
    return building;
  }

  private build(enrolment: DemoEnrolment, name: string, floorArea: number): DemoBuilding {
    const { partner, activeFrom, endedOn } = enrolment;
    const id = stableId(`building:${this.service.slug}:${partner.slug}:${name}`);
    this.demonstration.add(Building, {
      partner: partner.id,
      id,
      service: this.service.id,
      name,
      activity: activityOf(partner),
      floorAreaM2: floorArea.toFixed(2),
      constructionYear: this.random.chance(0.8) ? this.random.int(1890, 2008) : null,
      municipality: territoryId(partner.nisCode),
      followedFrom: activeFrom,
      followedUntil: endedOn,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(activeFrom, 40),
    } as RequiredEntityData<Building>);
    return { id, enrolment, floorArea };
  }

  /** A visit on a day, reported two weeks later, with what is proposed then. */
  visit(enrolment: DemoEnrolment, visitedOn: string): void {
    const { random } = this;
    const { partner } = enrolment;
    const building = this.buildingOf(enrolment);
    const requestedOn = plusDays(visitedOn, -random.int(1, 5));
    const reportedOn = plusDays(visitedOn, 14);
    const isReported = reportedOn <= LAST_DAY;
    this.#visits += 1;
    const id = stableId(`visit:${building.id}:${this.#visits}`);
    this.demonstration.seen(partner, requestedOn);
    this.demonstration.add(EnergyVisit, {
      partner: partner.id,
      id,
      service: this.service.id,
      building: [partner.id, building.id],
      state: isReported ? VisitState.REPORTED : VisitState.VISITED,
      requestedOn,
      plannedFor: visitedOn,
      visitedOn,
      reportedOn: isReported ? reportedOn : null,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(requestedOn, 50),
    });
    if (isReported && random.chance(0.7)) this.propose(building, id, reportedOn);
  }

  /** A visit that is waited for. */
  request(enrolment: DemoEnrolment, requestedOn: string): void {
    const { partner } = enrolment;
    const building = this.buildingOf(enrolment);
    this.demonstration.add(EnergyVisit, {
      partner: partner.id,
      id: stableId(`visit:${building.id}:${requestedOn}`),
      service: this.service.id,
      building: [partner.id, building.id],
      state: VisitState.REQUESTED,
      requestedOn,
      provenance: Provenance.SYNTHETIC,
      createdAt: at(requestedOn, 50),
    });
  }

  private propose(building: DemoBuilding, visit: string, proposedOn: string): void {
    const { random } = this;
    for (const proposal of random.sample(PROPOSALS, random.int(1, 3))) {
      const decidedOn = random.chance(0.7) ? plusDays(proposedOn, random.int(20, 200)) : null;
      const doneOn = decidedOn && random.chance(0.75) ? plusDays(decidedOn, random.int(30, 300)) : null;
      this.measure(building, { visit, proposal, proposedOn, decidedOn, doneOn });
    }
  }

  /** A measure that a meter is to show: heating is controlled from a day on. */
  done(building: DemoBuilding, doneOn: string): void {
    this.measure(building, {
      visit: null,
      proposal: PROPOSALS[3] as (typeof PROPOSALS)[number],
      proposedOn: plusDays(doneOn, -200),
      decidedOn: plusDays(doneOn, -120),
      doneOn,
    });
  }

  private measure(
    { id, enrolment: { partner, endedOn }, floorArea }: DemoBuilding,
    of: {
      visit: string | null;
      proposal: (typeof PROPOSALS)[number];
      proposedOn: string;
      decidedOn: string | null;
      doneOn: string | null;
    },
  ): void {
    const { random } = this;
    const [kind, title, carrier, eurM2, kwhM2] = of.proposal;
    const known = (day: string | null): string | null =>
      day && day <= LAST_DAY && (!endedOn || day < endedOn) ? day : null;
    const decidedOn = known(of.decidedOn);
    const doneOn = decidedOn && known(of.doneOn);
    const isDropped = !decidedOn && random.chance(0.2);
    const investment = Math.round(eurM2 * floorArea * random.skewed(0.2));
    const grantAsked = decidedOn && investment > 2_000 ? Math.round(investment * 0.3) : null;
    this.demonstration.add(EnergyMeasure, {
      partner: partner.id,
      id: stableId(`measure:${id}:${kind}:${of.visit ?? of.proposedOn}`),
      service: this.service.id,
      building: [partner.id, id],
      visit: of.visit ? [partner.id, of.visit] : null,
      kind,
      title,
      carrier,
      state: doneOn
        ? MeasureState.DONE
        : decidedOn
          ? MeasureState.DECIDED
          : isDropped
            ? MeasureState.DROPPED
            : MeasureState.PROPOSED,
      proposedOn: of.proposedOn,
      decidedOn,
      doneOn,
      droppedOn: isDropped ? of.proposedOn : null,
      investment: investment.toFixed(2),
      grantAsked: grantAsked?.toFixed(2) ?? null,
      grantObtained: grantAsked && doneOn && random.chance(0.7) ? grantAsked.toFixed(2) : null,
      estimatedKwhYear: Math.round(kwhM2 * floorArea * random.skewed(0.25)).toFixed(2),
      provenance: Provenance.SYNTHETIC,
      createdAt: at(of.proposedOn, 60),
    });
  }
}

function activityOf({ sector }: DemoPartner): BuildingActivity {
  return ACTIVITIES[sector] ?? BuildingActivity.OFFICE;
}
