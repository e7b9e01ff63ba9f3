import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { NodeType } from '../graphql/node.type.ts';
import { connectionOf } from '../graphql/pages.ts';
import { DateTimeScalar } from '../graphql/scalars.ts';
import { PartnerType } from '../partners/index.ts';
import { AuditAction } from './audit-entry.entity.ts';

registerEnumType(AuditAction, {
  name: 'AuditAction',
  description: 'What a mutation did to a record.',
  valuesConfig: {
    CREATED: { description: 'Recorded it · créé · aangemaakt' },
    UPDATED: { description: 'Changed it · modifié · gewijzigd' },
    DELETED: { description: 'Took it away · supprimé · verwijderd' },
  },
});

@ObjectType('AuditChange', { simpleResolvers: true, description: 'A column that a mutation changed.' })
export class AuditChangeType {
  @Field(() => String, { description: 'Name of the column.' })
  column!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Its value before, as text; `[withheld]` where the trail keeps no secret and nothing personal.',
  })
  before?: string | null;

  @Field(() => String, { nullable: true, description: 'Its value after, as text; `[withheld]` likewise.' })
  after?: string | null;
}

@ObjectType('AuditEntry', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'One record that a mutation created, changed or deleted · journal · logboek.',
})
export class AuditEntryType extends NodeType {
  @Field(() => DateTimeScalar, { description: 'When.' })
  occurredAt!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who: the stable name of the principal; null once its retention is over (`personalData`).',
  })
  principal?: string | null;

  @Field(() => String, {
    description: 'Name of the mutation, or `retention` for what the hub does by itself.',
  })
  mutation!: string;

  @Field(() => String, { description: 'Kind of the record, e.g. `Enrolment`.' })
  entity!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Key of the record, the second part of its global id; null where an entry stands for many records.',
  })
  record?: string | null;

  @Field(() => PartnerType, {
    nullable: true,
    description: 'The partner that the record belongs to, if any.',
  })
  partner?: PartnerType | null;

  @Field(() => AuditAction, { description: 'What was done to it.' })
  action!: AuditAction;
}

export const AuditEntryConnection = connectionOf(
  () => AuditEntryType,
  'AuditEntry',
  'the entries of the trail',
);
