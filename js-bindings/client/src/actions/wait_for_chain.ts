// Until a chain is as it is waited for.
import { wakeIn } from '@mica/bindings/wake';
import type { ClientCore } from '../core.ts';
import { WaitTimeoutError } from '../errors.ts';
import { chainIdOf, toHex } from '../texts.ts';
import type { Chain } from '../views.ts';
import { getChain } from './get_chain.ts';

export interface WaitForChainArgs {
  chainId: string;
  until: (chain: Chain) => boolean;
  /** Milliseconds. Default: 30,000. */
  timeoutMs?: number;
}

/**
 * The chain as soon as `until` holds, now or after news of it; else a `WaitTimeoutError`.
 *
 * @example
 * await client.waitForChain({ chainId, until: ({ incomingAmount }) => incomingAmount > 0n });
 * await client.receive({ chainId });
 */
export async function waitForChain(
  core: ClientCore,
  { chainId, until, timeoutMs = 30_000 }: WaitForChainArgs,
): Promise<Chain> {
  const wanted = toHex(chainIdOf(chainId));
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      stopClock();
      stop();
      settle();
    };
    const look = (chain: Chain) => {
      try {
        if (until(chain)) end(() => resolve(chain));
      } catch (error) {
        end(() => reject(error as Error));
      }
    };
    const late = new WaitTimeoutError(`not within ${timeoutMs} ms`);
    const stopClock = wakeIn(timeoutMs, () => end(() => reject(late)));
    const stop = core.listen((news) => {
      if (news.type === 'chain' && news.chain.chainId === wanted) look(news.chain);
    });
    getChain(core, { chainId }).then(look, (error: Error) => end(() => reject(error)));
  });
}
