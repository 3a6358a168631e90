import { secondsText } from '../model/texts.ts';
import { useNow, useSnapshot } from '../model/use_wallet.tsx';
import { Notice } from './notice.tsx';

/** The engine has stopped: what is shown is as old as that. Above every screen. */
export function EngineNotice() {
  const retryAt = useSnapshot().vault?.engineRetryAt ?? null;
  const now = useNow(retryAt);
  if (retryAt === null) return null;
  const again = retryAt > now ? `again in ${secondsText(retryAt - now)}` : 'again now';
  return (
    <Notice tone="wait" title="The engine stopped" data-testid="engine-stopped">
      <p>
        The wallet starts it {again}, and goes on where it was. Until then what is shown may be old,
        and nothing can be sent. Your keys and your money are safe.
      </p>
    </Notice>
  );
}
