import { PUBLIC_RECORDS, type RowRule } from '../../../database/row-security.ts';
import { ofService } from '../../service.policy.ts';

/** What was imported is the purchasing body's; what follows from it is public in the agreement. */
export const releaseRule: RowRule = { see: [ofService] };

/** Which suppliers have a lot is public, as the notice of an award is; their ranks and prices are not. */
export const awardRule: RowRule = PUBLIC_RECORDS;

/** Written by triggers, and by the import. */
export const processRule: RowRule = PUBLIC_RECORDS;
