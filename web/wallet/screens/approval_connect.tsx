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
import { ReadsOthers } from '../parts/reads_others.tsx';
import { useWords } from '../words/use_words.tsx';

export function ConnectRequest({
  approval,
  onDone,
}: {
  approval: Extract<Approval, { kind: 'connect' }>;
  onDone(): void;
}) {
  const { say } = useWords();
  const { state, wallet, chain, host } = useWallet();
  const { id, origin, readsOthers } = approval;
  const known = approval.suggested.filter((one) =>
    state.chains.some(({ chainId }) => chainId === one),
  );
  const first = known.length > 0 ? known : chain ? [chain.chainId] : [];
  const [chosen, setChosen] = useState<string[]>(first);
  const [reads, setReads] = useState(true);
  // Another request of the site may ask for more while this is in sight.
  const armed = useArmed(`${id}/${readsOthers}`);
  const { run, busy, failure } = useAction();
  const given = { id, chainIds: chosen, readsOthers: readsOthers && reads };
  const answer = async (act: () => Promise<unknown>) => {
    if (await run(act)) onDone();
  };
  return (
    <Page
      id="connect"
      title={say('connect.title')}
      foot={
        <Answers
          origin={origin}
          onDone={onDone}
          reject={{ disabled: busy, onClick: () => void answer(() => wallet.reject({ id })) }}
          yes={{
            label: say('connect.yes'),
            busy,
            disabled: !armed || chosen.length === 0,
            onClick: () => void answer(() => wallet.approveConnect(given)),
          }}
        />
      }
    >
      <Asker origin={origin} asks="connect" />
      <Failure failure={failure} />
      {origin.startsWith('http:') && <Notice tone="wait">{say('connect.insecure')}</Notice>}
      {state.chains.length === 0 ? (
        <Empty icon="chain" title={say('home.noChain')}>
          <p>{say('connect.nothing', { site: hostOf(origin) })}</p>
          <Button kind="quiet" onClick={() => host.openTab('/claim')}>
            {say('home.getChain')}
          </Button>
        </Empty>
      ) : (
        <ChainChecks
          title={say('connect.chains')}
          chosen={chosen}
          onChange={setChosen}
          testid="connect-chain"
        />
      )}
      {readsOthers && <ReadsOthers checked={reads} onChange={setReads} hint="connect.readsText" />}
      <ul className="may">
        <li data-may="yes">{say('connect.sees')}</li>
        <li data-may="yes">{say('connect.asks')}</li>
        <li data-may="no">{say(given.readsOthers ? 'connect.cannotOthers' : 'connect.cannot')}</li>
      </ul>
    </Page>
  );
}
