// Failures that arise in the host, in the core's own form.
import type { Failure, FailureCode } from '../../generated/types.ts';

/** No money has moved by it. */
export const untouched = (code: FailureCode, message: string): Failure => ({
  code,
  message,
  money: 'Untouched',
  detail: { $: 'None' },
});
