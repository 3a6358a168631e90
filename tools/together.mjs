// Loaded first, makes this program end together with what it starts and with who started it: the
// process that ?parent= names, or npm. Started by hand from a shell, it may outlive that.
import { isMainThread } from 'node:worker_threads';
import { endTogether } from './lifetime.mjs';

const named = new URL(import.meta.url).searchParams.get('parent');
const byNpm = process.env['npm_lifecycle_event'] !== undefined;
if (isMainThread) endTogether(named ? Number(named) : byNpm ? process.ppid : null);
