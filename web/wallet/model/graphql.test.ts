import { describe, expect, it } from 'vitest';
import { introspectionAnswer } from '../fake/fake_application.ts';
import { questionOf, remembered, schemaOf, shownAnswer } from './graphql.ts';

describe('a question', () => {
  it('is JSON of the query, and of variables where there are any', () => {
    expect(questionOf('{ value }', '  ')).toBe('{"query":"{ value }"}');
    expect(questionOf('q', '{"a": 1}')).toBe('{"query":"q","variables":{"a":1}}');
    for (const bad of ['{', '[1]', '5', 'null', '"x"']) expect(questionOf('q', bad)).toBeNull();
  });
  it('is remembered once, the newest first, and not without end', () => {
    const asked = (query: string) => ({ query, variables: '' });
    expect(remembered([asked('a'), asked('b')], asked('b'))).toEqual([asked('b'), asked('a')]);
    const many = Array.from({ length: 20 }, (_one, at) => asked(`${at}`));
    expect(remembered(many, asked('new'))).toHaveLength(20);
    expect(remembered([{ query: 'a', variables: '{}' }], asked('a'))).toHaveLength(2);
  });
});

describe('an answer', () => {
  it('is indented, or shown as it is', () => {
    expect(shownAnswer('{"data":{"value":5}}')).toBe('{\n  "data": {\n    "value": 5\n  }\n}');
    expect(shownAnswer('no JSON')).toBe('no JSON');
  });
  it('hides nothing, and has an end', () => {
    expect(shownAnswer('a\u202eb')).toBe('a⟨U+202E⟩b');
    expect(shownAnswer('x'.repeat(200_000))).toHaveLength(100_001);
  });
});

describe('a schema', () => {
  it('says what may be asked and changed, and by which types', () => {
    expect(schemaOf(introspectionAnswer)).toEqual({
      queries: [{ name: 'value', args: '', type: 'Int!', description: 'What was counted.' }],
      mutations: [
        { name: 'increment', args: '(value: Int!, by: [Step!])', type: 'Int', description: '' },
      ],
      types: [
        {
          name: 'Step',
          description: '',
          fields: [{ name: 'ONE', args: '', type: '', description: '' }],
        },
      ],
    });
  });
  it('is none for any other answer', () => {
    const bad = ['', '{', 'null', '{"data":null}', '{"data":{"__schema":{"types":[{}]}}}'];
    for (const one of bad) expect(schemaOf(one)).toBeNull();
  });
  it('spells out what its words hide', () => {
    const lying = introspectionAnswer.replace('What was counted.', 'a\u202eb');
    expect(schemaOf(lying)?.queries[0]?.description).toBe('a⟨U+202E⟩b');
  });
});
