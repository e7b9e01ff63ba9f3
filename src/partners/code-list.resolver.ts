import { Args, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { HubContext } from '../graphql/context.ts';
import { languageCode } from '../graphql/language.ts';
import { PageArgs, pageOf } from '../graphql/pages.ts';
import type { Rows } from '../read/index.ts';
import { CompetentAuthorityType, SectorType, TerritoryType } from '../reference/index.ts';
import { PartnerOrder } from './partner.inputs.ts';
import * as read from './partner.read.ts';
import { PartnerConnection, RecognitionConnection } from './partner.type.ts';

const ERRORS = 'Errors: INVALID_PAGE, INVALID_CURSOR.';

/** From the code lists to the partners that carry the code. */
@Resolver(() => SectorType)
export class SectorPartnersResolver {
  @FieldResolver(() => PartnerConnection, { description: `Partners of the sector, by name. ${ERRORS}` })
  partners(@Args(() => PageArgs) page: PageArgs, @Ctx() context: HubContext): Rows {
    const keys = read.partnerOrder(PartnerOrder.NAME, languageCode(context.language));
    return read.partnersOfSector(keys, pageOf(page, keys, ['Sector.partners', context.language]));
  }
}

@Resolver(() => TerritoryType)
export class TerritoryPartnersResolver {
  @FieldResolver(() => PartnerConnection, {
    description: `Partners with a site in the territory, by name. ${ERRORS}`,
  })
  partners(@Args(() => PageArgs) page: PageArgs, @Ctx() context: HubContext): Rows {
    const keys = read.partnerOrder(PartnerOrder.NAME, languageCode(context.language));
    return read.partnersOfTerritory(keys, pageOf(page, keys, ['Territory.partners', context.language]));
  }
}

@Resolver(() => CompetentAuthorityType)
export class AuthorityRecognitionsResolver {
  @FieldResolver(() => RecognitionConnection, {
    description: `Recognitions that it gave, past ones included, by first day; its administrations' are theirs. ${ERRORS}`,
  })
  recognitions(@Args(() => PageArgs) page: PageArgs): Rows {
    const question = ['CompetentAuthority.recognitions'];
    return read.recognitionsOfAuthority(pageOf(page, read.RECOGNITION_ORDER, question));
  }
}
