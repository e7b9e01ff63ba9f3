import { SYSTEM } from '../../access/viewer.ts';
import type { Clock } from '../../clock.ts';
import type { UnitOfWork } from '../../database/unit-of-work.ts';
import { PurchaseOrder } from './order.entity.ts';
import { lockEnrolment, type OrderPassing } from './order-passing.service.ts';

/** What the trail calls it. */
const PASSING_ON = 'passOnOverdueOrder';

/**
 * Passes on the orders whose answer is overdue. What is due stands on the order itself, so that nothing is lost when a
 * hub ends; each order is a transaction of its own under the lock of its row, which another process steps over.
 */
export class OverdueOrders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly passing: OrderPassing,
  ) {}

  /**
   * Takes one order after the other until none is overdue.
   * @param failed told of an order that could not be passed on; the others are, and it is tried again the next time
   * @returns how many were passed on
   */
  async run(failed: (error: unknown) => void): Promise<number> {
    const left: string[] = [];
    for (let done = 0; ; ) {
      const outcome = await this.one(left);
      if (!outcome) return done;
      if (outcome.error === undefined) {
        done += 1;
      } else {
        failed(outcome.error);
        left.push(outcome.id);
      }
    }
  }

  private async one(except: readonly string[]): Promise<{ id: string; error?: unknown } | undefined> {
    let id: string | undefined;
    try {
      await this.unitOfWork.run(
        SYSTEM,
        async (em) => {
          const at = this.clock();
          const [row] = await em.execute<{ partner_id: string; id: string; enrolment_id: string }[]>(
            `select partner_id, id, enrolment_id from purchase_order where answer_due_at <= ? and id <> all (?::uuid[])
              order by answer_due_at limit 1 for update skip locked`,
            [at, `{${except.join(',')}}`],
          );
          if (!row) return;
          id = row.id;
          await lockEnrolment(em, row);
          const order = await em.findOneOrFail(PurchaseOrder, { partner: row.partner_id, id });
          await this.passing.timeOut(em, order, at);
          await em.flush();
        },
        PASSING_ON,
      );
    } catch (error) {
      // Without an order it is the database that failed: the next run tries again.
      if (id === undefined) throw error;
      return { id, error };
    }
    return id === undefined ? undefined : { id };
  }
}
