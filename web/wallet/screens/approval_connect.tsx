import { useState } from 'react';
import type { Approval } from '@mica/wallet-contract/api';
import { useArmed } from '../model/use_approval.ts';
import { hostOf } from '../model/texts.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Asker } from '../parts/asker.tsx';
import { Answers } from '../parts/answers.tsx';
import { Button } from '../parts/button.tsx';
import { ChainChecks } from '../parts/chain_checks.tsx';
import { Empty, Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';

export function ConnectApproval({
  approval,
  onDone,
}: {
  approval: Extract<Approval, { kind: 'connect' }>;
  onDone(): void;
}) {
  const { state, wallet, chain, host } = useWallet();
  const { id, origin } = approval;
  const known = approval.suggested.filter((one) =>
    state.chains.some(({ chainId }) => chainId === one),
  );
  const first = known.length > 0 ? known : chain ? [chain.chainId] : [];
  const [chosen, setChosen] = useState<string[]>(first);
  const armed = useArmed(id);
  const { run, busy, failure } = useAction();
  const answer = async (act: () => Promise<unknown>) => {
    if (await run(act)) onDone();
  };
  return (
    <Page
      id="connect"
      title="Connect a site"
      foot={
        <Answers
          origin={origin}
          onDone={onDone}
          reject={{ disabled: busy, onClick: () => void answer(() => wallet.reject({ id })) }}
          yes={{
            label: 'Connect',
            busy,
            disabled: !armed || chosen.length === 0,
            onClick: () => void answer(() => wallet.approveConnect({ id, chainIds: chosen })),
          }}
        />
      }
    >
      <Asker origin={origin} asks="wants to connect." />
      <Failure failure={failure} />
      {origin.startsWith('http:') && (
        <Notice tone="wait">
          This page came without encryption: somebody between may have changed it.
        </Notice>
      )}
      {state.chains.length === 0 ? (
        <Empty icon="chain" title="No chain yet">
          <p>There is nothing that {hostOf(origin)} could see.</p>
          <Button kind="quiet" onClick={() => host.openTab('/claim')}>
            Get a chain
          </Button>
        </Empty>
      ) : (
        <ChainChecks
          title="Chains that the site may see"
          chosen={chosen}
          onChange={setChosen}
          testid="connect-chain"
        />
      )}
      <ul className="may">
        <li data-may="yes">It sees their balances and what happens on them.</li>
        <li data-may="yes">It can ask for transfers: each one needs your yes.</li>
        <li data-may="no">It cannot move money by itself, and sees no other chain.</li>
      </ul>
    </Page>
  );
}
