import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', { description: 'A record with a global id (Relay): `node(id)` reads it again.' })
export abstract class NodeType {
  @Field(() => ID, {
    simple: true,
    description:
      'Global id: the kind and the key of the record, e.g. `partner_01890a5d-ac96-774b-bcce-b302099a8057`.',
  })
  id!: string;
}
