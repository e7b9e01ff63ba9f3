import { idempotently } from '../../../access/idempotency.ts';
import type { Viewer } from '../../../access/viewer.ts';
import { brusselsDay, type Clock } from '../../../clock.ts';
import { newId } from '../../../database/keys.ts';
import type { UnitOfWork } from '../../../database/unit-of-work.ts';
import { NotFoundError, UserError } from '../../../errors.ts';
import { keyOf } from '../../../ids.ts';
import { exact, plainText } from '../../checks.ts';
import { EnergyMeasure, EnergyVisit, MeasureState } from '../advice.entity.ts';
import { keptBuilding, lockRecord } from '../followed.service.ts';
import type { MeasureStepInput, ProposeMeasureInput, UpdateMeasureInput } from './advice.inputs.ts';
import { dayOf, MEASURE_STEPS, mustBeIn } from './steps.ts';

/** Rules and transactions of measures: proposed, decided, done; or dropped. */
export class MeasureService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Proposes a measure and answers its key. */
  async propose(viewer: Viewer, input: ProposeMeasureInput): Promise<string> {
    const key = keyOf('building', input.building, 'building');
    const visitKey = input.visit ? keyOf('energy_visit', input.visit, 'visit') : undefined;
    const amounts = amountsOf(input);
    const title = titleOf(input.title);
    const request = { viewer, mutation: 'proposeMeasure', key: input.idempotencyKey, input };
    const { id } = await idempotently(this.unitOfWork, request, async (em) => {
      const building = await keptBuilding(em, viewer, { id: key, field: 'building' });
      const visit = visitKey ? await em.findOne(EnergyVisit, { id: visitKey }) : null;
      if (visitKey && visit?.building.id !== building.id)
        throw new NotFoundError('The visit of this building', 'visit');
      const proposedOn = dayOf(input.proposedOn, {
        today: this.today(),
        after: [visit?.requestedOn],
        field: 'proposedOn',
      });
      const measure = em.create(EnergyMeasure, {
        id: newId(),
        partner: building.partner,
        service: building.service,
        building,
        visit,
        kind: input.kind,
        title,
        carrier: input.carrier,
        state: MeasureState.PROPOSED,
        proposedOn,
        ...amounts,
        provenance: building.provenance,
      } as never);
      mustFit(measure);
      await em.flush();
      return { id: measure.id };
    });
    return id;
  }

  /** Changes the amounts of a measure; of one that is done, the grant alone. */
  update(viewer: Viewer, input: UpdateMeasureInput): Promise<string> {
    const { grantObtained, title } = input;
    const changes = {
      ...amountsOf(input),
      ...(typeof title === 'string' ? { title: titleOf(title) } : {}),
      ...(grantObtained === undefined ? {} : { grantObtained: money(grantObtained, 'grantObtained') }),
    };
    return this.change(viewer, 'updateMeasure', input, (measure) => {
      const isLate = measure.state === MeasureState.DONE;
      mustBeIn(measure.state, [MeasureState.PROPOSED, MeasureState.DECIDED, MeasureState.DONE], 'measure');
      if (isLate && Object.keys(changes).some((name) => name !== 'grantObtained')) {
        throw new UserError(
          'WRONG_STATE',
          'It is DONE: give `grantObtained` alone, nothing else changes.',
          'measure',
        );
      }
      Object.assign(measure, changes);
    });
  }

  /** Records that a measure will be done. */
  decide(viewer: Viewer, input: MeasureStepInput): Promise<string> {
    return this.step(viewer, 'decideMeasure', input, MeasureState.DECIDED, (measure, day) => {
      measure.decidedOn = day;
    });
  }

  /** Records that a measure is done. */
  complete(viewer: Viewer, input: MeasureStepInput): Promise<string> {
    return this.step(viewer, 'completeMeasure', input, MeasureState.DONE, (measure, day) => {
      measure.doneOn = day;
    });
  }

  /** Records that a measure will not be done. */
  drop(viewer: Viewer, input: MeasureStepInput): Promise<string> {
    return this.step(viewer, 'dropMeasure', input, MeasureState.DROPPED, (measure, day) => {
      measure.droppedOn = day;
    });
  }

  private step(
    viewer: Viewer,
    mutation: string,
    input: MeasureStepInput,
    to: MeasureState,
    take: (measure: EnergyMeasure, day: string) => void,
  ): Promise<string> {
    return this.change(viewer, mutation, input, (measure) => {
      mustBeIn(measure.state, MEASURE_STEPS[to], 'measure');
      const after = [measure.proposedOn, measure.decidedOn];
      take(measure, dayOf(input.on, { today: this.today(), after, field: 'on' }));
      measure.state = to;
    });
  }

  private async change(
    viewer: Viewer,
    mutation: string,
    input: { idempotencyKey: string; measure: string },
    change: (measure: EnergyMeasure) => void,
  ): Promise<string> {
    const key = keyOf('energy_measure', input.measure, 'measure');
    const request = { viewer, mutation, key: input.idempotencyKey, input };
    await idempotently(this.unitOfWork, request, async (em) => {
      await lockRecord(em, 'energy_measure', key);
      const measure = await em.findOne(EnergyMeasure, { id: key });
      if (!measure) throw new NotFoundError('The measure', 'measure');
      await keptBuilding(em, viewer, { id: measure.building.id, field: 'measure' });
      change(measure);
      mustFit(measure);
      await em.flush();
      return { id: key };
    });
    return key;
  }

  private today(): string {
    return brusselsDay(this.clock());
  }
}

const titleOf = (title: string): string =>
  plainText(title, { field: 'title', longest: 200, required: true }) as string;

const money = (amount: string | null, field: string): string | null =>
  amount === null ? null : exact(amount, { field, decimals: 2 });

/** The amounts that are given. */
function amountsOf(input: {
  investment?: string | null;
  grantAsked?: string | null;
  estimatedKwhYear?: string | null;
}): Partial<Record<'investment' | 'grantAsked' | 'estimatedKwhYear', string | null>> {
  const names = ['investment', 'grantAsked', 'estimatedKwhYear'] as const;
  const given = names.filter((name) => input[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, money(input[name] ?? null, name)]));
}

/** @throws UserError GRANT_ABOVE_INVESTMENT */
function mustFit({ investment, grantAsked, grantObtained }: EnergyMeasure): void {
  for (const [field, grant] of Object.entries({ grantAsked, grantObtained })) {
    if (grant && Number(grant) > Number(investment ?? 0)) {
      throw new UserError(
        'GRANT_ABOVE_INVESTMENT',
        'A grant is at most the investment: give that first.',
        field,
      );
    }
  }
}
