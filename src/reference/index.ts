import { bind } from '../read/index.ts';
import { CompetentAuthority, Sector, Territory } from './reference.entity.ts';
import { codeListPolicy } from './reference.policy.ts';
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
    bind({ entity: Sector, idPrefix: 'sector', policy: codeListPolicy }),
    bind({ entity: Territory, idPrefix: 'territory', policy: codeListPolicy }),
    bind({ entity: CompetentAuthority, idPrefix: 'authority', policy: codeListPolicy }),
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
