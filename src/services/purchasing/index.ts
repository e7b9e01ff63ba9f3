import { ServiceKind } from '../service.entity.ts';
import type { ServiceRoom } from '../service-room.ts';
import { purchasingMetrics } from './purchasing.metrics.ts';
import { PurchasingServiceType } from './purchasing.type.ts';

export { importOcdsFile, type OcdsReport } from './ocds/import-file.service.ts';
export { OcdsPublication } from './ocds/publication.ts';

export const purchasingRoom: ServiceRoom = {
  kind: ServiceKind.PURCHASING,
  type: PurchasingServiceType,
  metrics: purchasingMetrics,
};
