// The catalogue: every text of the wallet's windows, in English. ICU messages.
import { applications } from './applications.ts';
import { approvals } from './approvals.ts';
import { chains } from './chains.ts';
import { common } from './common.ts';
import { failures } from './failures.ts';
import { operations } from './operations.ts';
import { outside } from './outside.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';

export const en = {
  ...common,
  ...setup,
  ...chains,
  ...applications,
  ...approvals,
  ...operations,
  ...outside,
  ...settings,
  ...failures,
} as const;
