// One question to one host outside. It knows nothing else, and can do nothing else: fetch is all
// that it is left.
import './background/host_abilities.ts';
import { fetchAsker, type HostQuestion } from '@mica/bindings/ask_host';
import { textOf } from '@mica/bindings/error_text';
import type { HostSaid } from './background/host_asker.ts';

// A redirect is not followed: the person has allowed this host, and no other.
const ask = fetchAsker(undefined, 'manual');

self.onmessage = async ({ data }: MessageEvent<HostQuestion>) => {
  const said: HostSaid = await ask(data).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error: textOf(error) }),
  );
  self.postMessage(said);
};
