import { describe, expect, test } from '@jest/globals';
import { mergedKeys } from './grouping.ts';
import { arrayPieces, concat, objectPieces } from './json.ts';
import { and, identifier, join, literal, Parameters, raw, type Sql, sql } from './sql.ts';

function render(fragment: Sql): { text: string; values: unknown[] } {
  const parameters = new Parameters();
  return { text: parameters.text(fragment), values: parameters.values };
}

describe('sql', () => {
  test('binds every value and splices every part, in the sequence in which they stand', () => {
    const inner = sql`b = ${2} or c = ${'three'}`;
    const outer = sql`a = ${1} and (${inner}) and ${raw('d')} = ${[4]}`;
    expect(render(outer)).toEqual({
      text: 'a = $1 and (b = $2 or c = $3) and d = $4',
      values: [1, 2, 'three', [4]],
    });
  });

  test('never makes text of a value', () => {
    const attack = `'; drop table partner; --`;
    const { text, values } = render(sql`select ${attack}`);
    expect(text).toBe('select $1');
    expect(values).toEqual([attack]);
  });

  test('a part may be used again: its values are bound again', () => {
    const part = sql`x = ${1}`;
    expect(render(join([part, part], ' and '))).toEqual({ text: 'x = $1 and x = $2', values: [1, 1] });
  });

  test('join of nothing is empty; and of nothing is true', () => {
    expect(render(join([], ', ')).text).toBe('');
    expect(render(and([])).text).toBe('true');
    expect(render(and([undefined, sql`a`, undefined, sql`b`])).text).toBe('(a and b)');
  });

  test('quotes identifiers and literals', () => {
    expect(render(identifier('a"b')).text).toBe('"a""b"');
    expect(render(literal(`it's`)).text).toBe(`'it''s'`);
    expect(render(literal(String.raw`a\'b`)).text).toBe(String.raw`E'a\\''b'`);
  });
});

describe('parameters of a statement', () => {
  test('fragments are numbered on, and a text may stand at several places', () => {
    const parameters = new Parameters();
    const first = parameters.text(sql`a = ${'x'} or b = ${'y'}`);
    const second = parameters.text(sql`c = ${'z'}`);
    expect(`${first}; ${second}; ${first}`).toBe('a = $1 or b = $2; c = $3; a = $1 or b = $2');
    expect(parameters.values).toEqual(['x', 'y', 'z']);
  });

  test('the shape says all on which the text depends, and nothing of the values', () => {
    const shapeOf = (...fragments: Sql[]): string => {
      const parameters = new Parameters();
      for (const fragment of fragments) parameters.text(fragment);
      return parameters.shape;
    };
    expect(shapeOf(sql`a = ${1}`, sql`b = ${2}`)).toBe(shapeOf(sql`a = ${3}`, sql`b = ${4}`));
    expect(shapeOf(sql`a = ${1}`, sql`b = ${2}`)).not.toBe(shapeOf(sql`a = ${1}`));
    expect(shapeOf(sql`a`, sql`b`)).not.toBe(shapeOf(sql`ab`));
  });
});

describe('JSON text in SQL', () => {
  test('neighbouring pieces become one literal', () => {
    expect(concat([{ json: '[' }, { json: '1' }, { json: ',' }, { sql: 'x' }, { json: ']' }])).toBe(
      `('[1,' || (x) || ']')`,
    );
    expect(concat([{ json: '[]' }])).toBe(`'[]'::text`);
    expect(concat([{ sql: 'x' }])).toBe('x');
  });

  test('an object has its members in their sequence, its keys escaped', () => {
    const object = concat(
      objectPieces([
        { key: 'a"b', value: [{ json: '1' }] },
        { key: 'c', value: [{ sql: 'x' }] },
      ]),
    );
    expect(object).toBe(String.raw`(E'{"a\\"b":1,"c":' || (x) || '}')`);
    expect(concat(objectPieces([]))).toBe(`'{}'::text`);
  });

  test('an array of no rows is empty, not null', () => {
    expect(concat(arrayPieces('x'))).toBe(`('[' || (coalesce(x, '')) || ']')`);
  });
});

describe('keys of several types of an interface', () => {
  test('are merged so that each keeps its sequence', () => {
    expect(
      mergedKeys([
        ['a', 'b'],
        ['c', 'b'],
        ['a', 'c'],
      ]),
    ).toEqual({ merged: ['a', 'c', 'b'], agree: true });
  });

  test('are found to contradict each other', () => {
    expect(
      mergedKeys([
        ['a', 'b'],
        ['b', 'a'],
      ]).agree,
    ).toBe(false);
  });
});
