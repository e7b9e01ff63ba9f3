import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type ClassType, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import { mustHold, type Needed } from '../access/rights.ts';
import type { HubContext } from './context.ts';

/** Instances of the resolvers that need a service; the others are made without arguments. */
export type ResolverInstances = ReadonlyMap<ClassType, object>;

/** The executable schema of all rooms. Reading is not wired yet: see `readThroughSql`. */
export function buildHubSchema(options: {
  resolvers: readonly ClassType[];
  /** Object types that no field names, such as the types behind an interface. */
  types: readonly ClassType[];
  instances: ResolverInstances;
}): GraphQLSchema {
  const plain = new Map<ClassType, object>();
  return buildSchemaSync({
    resolvers: [...options.resolvers] as unknown as NonEmptyArray<ClassType>,
    orphanedTypes: [...options.types],
    validate: false,
    authMode: 'error',
    // What a mutation asks of its viewer before anything else: see `mustHold`.
    authChecker: ({ context }: { context: HubContext }, needed: Needed[]) => {
      mustHold(context.viewer, needed);
      return true;
    },
    // Asked for by the library, and not used: events come from the database, through the context.
    pubSub: { publish: noPubSub, subscribe: noPubSub },
    container: {
      get(type: ClassType) {
        const instance = options.instances.get(type) ?? plain.get(type);
        if (instance) return instance;
        const made = new type();
        plain.set(type, made);
        return made;
      },
    },
  });
}

function noPubSub(): never {
  throw new Error('A subscription names its topic with `subscribe`');
}

/**
 * Whether a field has a resolver of ours, and whether that takes the row itself (`@Root`). Type-graphql also
 * gives plain fields a resolver, where an interface or a parent class declares them; those do not count.
 */
export function resolverOf(typeName: string, fieldName: string): 'none' | 'describing' | 'takes root' {
  const storage = getMetadataStorage();
  const target = storage.objectTypes.find((type) => type.name === typeName)?.target as ClassType | undefined;
  const resolver = storage.fieldResolvers.find((candidate) => {
    const of = candidate.methodName === fieldName ? candidate.getObjectType?.() : undefined;
    return of && target && (of === target || Object.prototype.isPrototypeOf.call(of, target));
  });
  if (!resolver) return 'none';
  return resolver.params?.some((param) => param.kind === 'root') ? 'takes root' : 'describing';
}

/** The schema as it is committed: sorted, with every description. */
export function printedSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
