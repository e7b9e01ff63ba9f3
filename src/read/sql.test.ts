import { describe, expect, test } from '@jest/globals';
import { arrayJson, concat, objectJson } from './json.ts';
import { and, identifier, join, literal, raw, render, sql } from './sql.ts';

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

describe('JSON text in SQL', () => {
  test('neighbouring pieces become one literal', () => {
    expect(render(concat(['[', '1', ',', sql`x`, ']'])).text).toBe(`('[1,' || (x) || ']')`);
    expect(render(concat(['[]'])).text).toBe(`'[]'::text`);
    expect(render(concat([sql`x`])).text).toBe('x');
  });

  test('an object has its members in their sequence, its keys escaped', () => {
    const object = objectJson([
      { key: 'a"b', value: '1' },
      { key: 'c', value: sql`x` },
    ]);
    expect(render(object).text).toBe(String.raw`(E'{"a\\"b":1,"c":' || (x) || '}')`);
    expect(render(objectJson([])).text).toBe(`'{}'::text`);
  });

  test('an array of no rows is empty, not null', () => {
    expect(render(arrayJson(sql`x`, sql` order by n`)).text).toBe(
      `'[' || coalesce(string_agg(x, ',' order by n), '') || ']'`,
    );
  });
});
