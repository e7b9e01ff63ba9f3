import { Arg, FieldResolver, Query, Resolver } from 'type-graphql';
import { localisedFields } from '../graphql/localised.ts';
import type { Rows } from '../read/index.ts';
import { TerritoryLevel } from './reference.entity.ts';
import * as read from './reference.read.ts';
import { CompetentAuthorityType, SectorType, TerritoryType } from './reference.type.ts';

export const SectorTexts = localisedFields(() => SectorType, {
  name: { description: 'Name of the sector.' },
});
export const TerritoryTexts = localisedFields(() => TerritoryType, {
  name: { description: 'Name of the territory.' },
});
export const CompetentAuthorityTexts = localisedFields(() => CompetentAuthorityType, {
  name: { description: 'Name of the authority.' },
});

@Resolver(() => TerritoryType)
export class TerritoryResolver {
  @FieldResolver(() => TerritoryType, { description: 'The region that it lies in; itself for a region.' })
  region(): Rows {
    return read.ancestor('regionCode');
  }

  @FieldResolver(() => TerritoryType, {
    nullable: true,
    description: 'The province that it lies in; null in the Brussels Region.',
  })
  province(): Rows {
    return read.ancestor('provinceCode');
  }

  @FieldResolver(() => TerritoryType, { nullable: true, description: 'The arrondissement that it lies in.' })
  arrondissement(): Rows {
    return read.ancestor('arrondissementCode');
  }
}

@Resolver(() => CompetentAuthorityType)
export class CompetentAuthorityResolver {
  @FieldResolver(() => [CompetentAuthorityType], {
    description: 'Administrations through which the authority acts: Iriscare and DVC for COCOM.',
  })
  administrations(): Rows {
    return read.administrations();
  }
}

@Resolver()
export class ReferenceResolver {
  @Query(() => [SectorType], { description: 'Every sector, by code.' })
  sectors(): Rows {
    return read.sectors();
  }

  @Query(() => [CompetentAuthorityType], { description: 'Every competent authority, by code.' })
  competentAuthorities(): Rows {
    return read.authorities();
  }

  @Query(() => [TerritoryType], { description: 'The territories that the hub knows, by NIS code.' })
  territories(
    @Arg('level', () => TerritoryLevel, { nullable: true, description: 'Only this level.' })
    level?: TerritoryLevel | null,
  ): Rows {
    return read.territories(level);
  }
}
