import { bind } from '../read/index.ts';
import { CompetentAuthority, Sector, Territory } from './reference.entity.ts';
import { codeListRule } from './reference.policy.ts';
import {
  CompetentAuthorityResolver,
  CompetentAuthorityTexts,
  ReferenceResolver,
  SectorTexts,
  TerritoryResolver,
  TerritoryTexts,
} from './reference.resolver.ts';

export { AuthorityCount, CompetentAuthorityType, SectorType, TerritoryType } from './reference.type.ts';

/** Code lists that every hub has: sectors, territories, competent authorities. */
export const referenceRoom = {
  bindings: [
    bind({ entity: Sector, idPrefix: 'sector', rule: codeListRule }),
    bind({ entity: Territory, idPrefix: 'territory', rule: codeListRule }),
    bind({ entity: CompetentAuthority, idPrefix: 'authority', rule: codeListRule }),
  ],
  resolvers: [
    SectorTexts,
    TerritoryTexts,
    CompetentAuthorityTexts,
    TerritoryResolver,
    CompetentAuthorityResolver,
    ReferenceResolver,
  ],
};
