import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from './button.tsx';
import { Failure } from './notice.tsx';

/** A no for good: the site is disconnected and asks nothing more until it is unblocked (Sites). */
export function BlockSite({ origin, onDone }: { origin: string | null; onDone(): void }) {
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  if (origin === null) return null;
  const block = async () => {
    if (await run(() => wallet.blockSite({ origin }))) onDone();
  };
  return (
    <>
      <Button kind="plain" busy={busy} onClick={() => void block()} data-testid="block-site">
        Block this site
      </Button>
      <Failure failure={failure} />
    </>
  );
}
