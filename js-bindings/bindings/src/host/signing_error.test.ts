import { describe, expect, it } from 'vitest';
import { signingError } from './client_host.ts';

describe('why a vault did not sign', () => {
  it('is told to the core as what it acts on, else as a refusal; no money has moved', () => {
    const told = (code: string) => signingError(code, 'why');
    expect(told('FastRoundTaken')).toMatchObject({ code: 'FastRoundTaken', money: 'Untouched' });
    expect(told('Locked')).toMatchObject({ code: 'SignerLocked', message: 'why' });
    expect(told('NotApproved')).toMatchObject({ code: 'SignerRefused' });
    expect(told('')).toMatchObject({ code: 'SignerRefused' });
  });
});
