// The first module of the worker that asks a host.
import { drop, notForHosts } from '../shared/abilities.ts';

drop(notForHosts);
