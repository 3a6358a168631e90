import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyOperation } from '../fake/lines.ts';
import { bringsUpToDate } from './up_to_date.ts';

describe('what a block takes over by itself', () => {
  it('is what the core signs without a person', () => {
    const header = new URL('../../../core/types/operation.h', import.meta.url);
    const [, body = ''] =
      /bool brings_up_to_date\([^)]*\) \{([^}]*)\}/.exec(readFileSync(header, 'utf8')) ?? [];
    const core = [...body.matchAll(/SystemOperation::(\w+)>/g)].map(([, name]) => name);
    expect(core.length).toBeGreaterThan(0);
    const all = Object.values(everyOperation).filter((one) => bringsUpToDate(one) !== null);
    expect(all.map(({ $: name }) => name).sort()).toEqual(core.sort());
  });
});
