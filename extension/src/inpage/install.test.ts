import { afterEach, describe, expect, it, vi } from 'vitest';

function page(origin: string) {
  const announced: string[] = [];
  const window = {
    addEventListener: () => undefined,
    dispatchEvent: ({ type }: Event) => announced.push(type),
  };
  vi.stubGlobal('window', window);
  vi.stubGlobal('self', { origin });
  return { window, announced };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('the script in the page', () => {
  it('announces a provider', async () => {
    const { window, announced } = page('https://shop.example');
    await import('../inpage.ts');
    expect(announced).toContain('linera:announceProvider');
    expect(window).toHaveProperty('linera');
  });

  it('announces none in a sandboxed document, which could get no answer', async () => {
    const { window, announced } = page('null');
    await import('../inpage.ts');
    expect(announced).toEqual([]);
    expect(window).not.toHaveProperty('linera');
  });
});
