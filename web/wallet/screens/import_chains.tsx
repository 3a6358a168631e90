// After an opened backup: its chains, network by network.
import { useState } from 'react';
import type { BackedUpChain, WalletFailure } from '@mica/wallet-contract/api';
import { explain } from '../model/errors.ts';
import { groupByNetwork, type NetworkGroup } from '../model/restore.ts';
import { useGo } from '../model/router.ts';
import { useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Hash } from '../parts/hash.tsx';
import { NetworkNotice } from '../parts/network_notice.tsx';
import { Empty, Failure, FailureDetails, Notice } from '../parts/notice.tsx';
import { Card, Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

export function ImportScreen() {
  const { say } = useWords();
  const go = useGo();
  const { state } = useWallet();
  const store = useStore();
  const [left, setLeft] = useState<BackedUpChain[]>(store.importing);
  const groups = groupByNetwork(left, state.network?.genesisHash ?? null);
  const taken = (group: NetworkGroup, missing: BackedUpChain[]) => {
    const others = left.filter(({ genesisHash }) => genesisHash !== group.genesisHash);
    store.importing = [...others, ...missing];
    setLeft(store.importing);
    if (store.importing.length === 0) go('/');
  };
  return (
    <Page
      id="import"
      lead={say('import.lead')}
      foot={
        <Button
          kind={left.length ? 'plain' : 'main'}
          onClick={() => go('/')}
          data-testid="import-done"
        >
          {say('do.toWallet')}
        </Button>
      }
    >
      <NetworkNotice />
      {groups.length === 0 && <Empty icon="chain" title={say('import.none')} />}
      {groups.map((group) => (
        <Group key={group.genesisHash} group={group} onTaken={(missing) => taken(group, missing)} />
      ))}
    </Page>
  );
}

interface GroupProps {
  group: NetworkGroup;
  /** `missing` of it could not be. */
  onTaken(missing: BackedUpChain[]): void;
}

function Group({ group, onTaken }: GroupProps) {
  const { say } = useWords();
  const { state, wallet } = useWallet();
  const { run, busy, failure } = useAction();
  /** Of chains that could not be taken over. */
  const [whys, setWhys] = useState<ReadonlyMap<string, WalletFailure>>(new Map());
  const here = state.network?.genesisHash === group.genesisHash;
  const known = state.networks.find(({ genesisHash }) => genesisHash === group.genesisHash);
  const sameAddress = state.networks.find(({ faucetUrl }) => faucetUrl === group.faucetUrl);
  const change = async () => {
    const { networkName: name, faucetUrl } = group;
    const entry = known ?? sameAddress ?? (await wallet.addNetwork({ name, faucetUrl }));
    await wallet.switchNetwork({ id: entry.id });
  };
  const takeOver = () =>
    run(async () => {
      const { missing } = await wallet.importBackupChains({ chains: group.chains });
      setWhys(new Map(missing.map(({ chain, why }) => [chain.chainId, why])));
      onTaken(missing.map(({ chain }) => chain));
    });
  return (
    <Card title={group.networkName}>
      {whys.size > 0 && (
        <Notice tone="bad" title={say('import.missing')} data-testid="import-missing">
          <p>{say('import.missingText')}</p>
        </Notice>
      )}
      <ul className="lines">
        {group.chains.map(({ chainId, label }) => (
          <li key={chainId}>
            {label} <Hash id={chainId} what="chain" />
            <Why failure={whys.get(chainId)} />
          </li>
        ))}
      </ul>
      {here ? (
        <Button
          busy={busy}
          disabled={state.network?.status !== 'ready'}
          onClick={() => void takeOver()}
          data-testid="import-chains"
        >
          {say('import.take', { count: group.chains.length })}
        </Button>
      ) : (
        <>
          <p className="soft">{say('import.elsewhere')}</p>
          <Button
            kind="quiet"
            busy={busy}
            onClick={() => void run(change)}
            data-testid="import-switch"
          >
            {say('import.switch', { network: group.networkName })}
          </Button>
        </>
      )}
      <Failure failure={failure} />
    </Card>
  );
}

function Why({ failure }: { failure: WalletFailure | undefined }) {
  const words = useWords();
  if (!failure) return null;
  const { title, facts } = explain(failure, words);
  return (
    <>
      <p className="problem">{facts ?? title}</p>
      <FailureDetails failure={failure} />
    </>
  );
}
