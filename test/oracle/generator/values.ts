import fc from 'fast-check';
import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredInputField,
} from 'graphql';
import { CursorPick } from './plan.ts';
import type { Samples } from './samples.ts';

type Values = fc.Arbitrary<unknown>;

/** Mostly what is there; now and then what is not. */
function mostly(known: Values, other: Values): Values {
  return fc.oneof({ weight: 30, arbitrary: known }, { weight: 1, arbitrary: other });
}

function oneOf(values: readonly string[]): Values {
  return fc.constantFrom(...values);
}

const NO_RECORD = '00000000-0000-7000-8000-000000000000';

/** Values of arguments and of members of input objects, by their type and name. */
export class ArgumentValues {
  private readonly special: Readonly<Record<string, Values>>;

  constructor(samples: Samples) {
    const { ids, slugs } = samples;
    const id = (prefix: string): Values =>
      mostly(oneOf(ids[prefix] ?? []), oneOf([`${prefix}_${NO_RECORD}`, 'nonsense', `sector_${NO_RECORD}`]));
    const code = (known: readonly string[]): Values => this.codes(known);
    const day = oneOf(samples.days);
    const anyId = oneOf(Object.values(ids).flatMap((ofKind) => ofKind.slice(0, 6)));
    const node = mostly(anyId, oneOf([`partner_${NO_RECORD}`, 'nonsense', `ghost_${NO_RECORD}`]));
    const reference = (prefix: string, slug: readonly string[], more: Record<string, Values> = {}): Values =>
      mostly(
        fc.oneof(
          ...Object.entries({
            id: id(prefix),
            slug: mostly(oneOf(slug), fc.constant('no-such-slug')),
            ...more,
          }).map(([name, value]) => fc.record({ [name]: value })),
        ),
        fc.oneof(fc.constant({}), fc.record({ id: id(prefix), slug: oneOf(slug) })),
      );
    const numbers = samples.enterpriseNumbers;
    this.special = {
      'Query.node.id': node,
      'Query.nodes.ids': fc.array(node, { maxLength: 5 }),
      Date: day,
      Decimal: oneOf(['0', '1', '0.5', '-3', '25', '1000.25']),
      top: mostly(fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, 101)),
      DateRangeInput: fc
        .tuple(day, day, fc.constantFrom('both', 'from', 'to', 'neither', 'as they come'))
        .map(([a, b, form]) => period(a as string, b as string, form)),
      PartnerReference: reference('partner', slugs.partner, {
        enterpriseNumber: mostly(
          oneOf([
            ...numbers,
            ...numbers.map((one) => `BE ${one.slice(0, 4)}.${one.slice(4, 7)}.${one.slice(7)}`),
          ]),
          oneOf(['0123', '0123456788', '2999000111']),
        ),
      }),
      FederationReference: reference('federation', slugs.federation),
      PopulationReference: reference('population', slugs.population),
      SharedServiceReference: reference('service', slugs.shared_service),
      search: oneOf(samples.searches),
      principal: mostly(fc.constant('administrator'), fc.constant('nobody')),
      mutation: oneOf(['updatePartner', 'closePartner', 'nothing']),
      entity: oneOf(['Partner', 'Membership', 'Ghost']),
      sectors: code(samples.sectors),
      territories: code(samples.territories),
      authorities: code(samples.authorities),
      categories: fc.array(oneOf(samples.categories), { maxLength: 3 }),
      source: mostly(oneOf(samples.sources), fc.constant('nobody')),
      federation: id('federation'),
      population: id('population'),
      partner: id('partner'),
      orderableBy: id('partner'),
      forPartner: id('partner'),
      lot: id('lot'),
      supplier: id('supplier'),
      'Query.product.id': id('product'),
      building: id('building'),
      'Query.building.id': id('building'),
      'Query.meter.id': id('meter'),
      worker: id('shared_worker'),
      session: id('advice_session'),
      mandate: id('adviser_mandate'),
      DateTime: oneOf([
        '2018-06-01T00:00:00.000Z',
        '2021-11-14T09:00:00.000Z',
        '2025-01-01T00:00:00.000Z',
        '2027-01-01T00:00:00.000Z',
      ]),
      year: fc.constantFrom(2024, 2025, 2026),
      cpv: mostly(oneOf(['33', '3314', '33157000', '18']), oneOf(['3', 'gants'])),
      service: id('service'),
      services: fc.array(id('service'), { maxLength: 3 }),
      usesServices: fc.array(id('service'), { maxLength: 2 }),
      doesNotUseServices: fc.array(id('service'), { maxLength: 2 }),
    };
  }

  /** Some codes of a list, at most one of them unknown, so that the refusal is the same in any sequence. */
  private codes(known: readonly string[]): Values {
    const some = fc.array(oneOf(known), { maxLength: 3 });
    return mostly(
      some,
      some.map((codes) => [...codes, 'NO_SUCH']),
    );
  }

  /**
   * Values of a type that an argument or a member has.
   * @param path `Type.field.argument`, or the name of a member.
   */
  of(type: GraphQLInputType, path: string): Values {
    const bare = getNullableType(type);
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (path.endsWith('.usageMetrics.metrics')) return this.list(bare, path, 1, 3, 7);
    if (path.endsWith('.usageMetrics.groupBy')) return this.list(bare, path, 0, 3, 4);
    const special = this.special[path] ?? this.special[String(bare)];
    if (special) return special;
    if (isEnumType(bare)) return fc.constantFrom(...bare.getValues().map((value) => value.name));
    if (isInputObjectType(bare)) {
      const members = Object.values(bare.getFields()).map((field): readonly [string, Values] => {
        const value = this.of(field.type, field.name);
        return [field.name, isRequiredInputField(field) ? value : this.maybe(value, 4)];
      });
      return fc.record(Object.fromEntries(members)).map(withoutUndefined);
    }
    const named = this.special[name];
    if (named) return named;
    if (isListType(bare)) return this.list(bare, path, 0, 3);
    if (String(bare) === 'Boolean') return fc.boolean();
    throw new Error(`The generator has no values for ${path}: ${String(type)}`);
  }

  private list(type: GraphQLInputType, path: string, least: number, most: number, tooMany?: number): Values {
    if (!isListType(type)) throw new Error(`${path} is no list`);
    const element = this.of(type.ofType, `${path}.element`);
    const usual = fc.array(element, { minLength: least, maxLength: most });
    if (tooMany === undefined) return usual;
    return mostly(
      usual,
      fc.oneof(fc.constant([]), fc.uniqueArray(element, { minLength: tooMany, maxLength: tooMany })),
    );
  }

  /** A value one time in so many; nothing otherwise, or null for once. */
  maybe(value: Values, oneIn: number): Values {
    return fc.oneof(
      { weight: 20 * (oneIn - 1), arbitrary: fc.constant(undefined) },
      { weight: 20, arbitrary: value },
      { weight: 1, arbitrary: fc.constant(null) },
    );
  }
}

/** A member that is not given. */
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}

function period(a: string, b: string, form: string): object {
  const [from, to] = [a, b].sort();
  if (form === 'from') return { from };
  if (form === 'to') return { to, from: null };
  if (form === 'neither') return {};
  // One time in a few the period ends before it begins.
  return form === 'both' ? { from, to: from === to ? '2051-01-01' : to } : { from: a, to: b };
}

/** The arguments of a page, now and then such that make none. */
export function pageArguments(): fc.Arbitrary<Record<string, unknown>> {
  const size = fc.integer({ min: 1, max: 4 });
  const cursor = fc
    .tuple(
      fc.nat(8),
      fc.oneof(
        { weight: 30, arbitrary: fc.constant('this question' as const) },
        { weight: 1, arbitrary: fc.constantFrom('another question' as const, 'nowhere' as const) },
      ),
    )
    .map(([place, from]) => new CursorPick(place, from));
  const wrong = fc.oneof(
    fc.record({ first: fc.constantFrom(0, -1, 101) }),
    fc.record({ last: fc.constantFrom(0, 101) }),
    fc.record({ first: size, last: size }),
    fc.record({ last: size, after: cursor }),
    fc.record({ first: size, before: cursor }),
  );
  return fc.oneof(
    { weight: 30, arbitrary: fc.record({ first: size }) },
    { weight: 10, arbitrary: fc.constant({}) },
    { weight: 15, arbitrary: fc.record({ last: size }) },
    { weight: 15, arbitrary: fc.record({ first: size, after: cursor }) },
    { weight: 10, arbitrary: fc.record({ last: size, before: cursor }) },
    { weight: 3, arbitrary: fc.record({ after: cursor }) },
    { weight: 2, arbitrary: fc.record({ first: size, after: fc.constant(null), last: fc.constant(null) }) },
    { weight: 1, arbitrary: wrong },
  ) as fc.Arbitrary<Record<string, unknown>>;
}
