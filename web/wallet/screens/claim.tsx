// A new chain from the faucet.
import { useState } from 'react';
import type { ChainView } from '@mica/wallet-contract/api';
import { shorten } from '@mica/wallet-contract/addresses';
import { useGo } from '../model/router.ts';
import { chainName } from '../model/texts.ts';
import { useDraft } from '../model/use_draft.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Hash } from '../parts/hash.tsx';
import { FirstContact, TestMoneyNotice } from '../parts/network_facts.tsx';
import { NetworkNotice } from '../parts/network_notice.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';
import { Say, useWords } from '../words/use_words.tsx';

export function ClaimScreen() {
  const { say } = useWords();
  const go = useGo();
  const { state, vault, wallet } = useWallet();
  const ownedBy = (owner: string) => state.chains.find((chain) => chain.owner === owner);
  const free = vault.accounts.find((account) => !ownedBy(account.owner)) ?? vault.accounts[0];
  const draft = useDraft(`claim/${state.network?.id}`, { owner: free?.owner ?? '', label: '' });
  const { owner, label } = draft.value;
  const had = ownedBy(owner);
  const [same, setSame] = useState<ChainView | null>(null);
  const { run, busy, failure } = useAction();
  const ready = state.network?.status === 'ready';
  const claim = async () => {
    const known = state.chains;
    let chainId = '';
    const good = await run(async () => {
      // The faucet may give one that is here already: it keeps its name.
      ({ chainId } = await wallet.claimChain({
        owner,
        label: had ? '' : label.trim(),
        ...(state.network && { networkId: state.network.id }),
      }));
      const isNew = !known.some((chain) => chain.chainId === chainId);
      if (had && isNew && label.trim()) await wallet.labelChain({ chainId, label: label.trim() });
    });
    if (!good) return;
    const before = known.find((chain) => chain.chainId === chainId);
    setSame(before ?? null);
    if (before) return;
    draft.drop();
    go('/');
  };
  return (
    <Page
      id="claim"
      back="/"
      lead={say('claim.lead')}
      onSubmit={() => void claim()}
      foot={
        <>
          <Button type="submit" busy={busy} disabled={!ready || !owner} data-testid="claim-chain">
            {busy ? say('claim.busy') : say('claim.do')}
          </Button>
          <Button kind="plain" onClick={() => go('/')} data-testid="claim-later">
            {say('claim.later')}
          </Button>
        </>
      }
    >
      <NetworkNotice />
      <TestMoneyNotice />
      <ClaimFacts owner={owner} />
      <OwnerChoice owner={owner} onChange={(one) => draft.change({ owner: one })} />
      <Field
        label={say('claim.name')}
        value={label}
        onChange={(text) => draft.change({ label: text })}
        placeholder={say('claim.placeholder')}
        maxLength={40}
        data-testid="claim-label"
      />
      <HadNotice same={same} had={had} />
      <Failure failure={failure} />
    </Page>
  );
}

/** Where the chain is asked for, and for whom. */
function ClaimFacts({ owner }: { owner: string }) {
  const { say } = useWords();
  const { network } = useWallet().state;
  return (
    <Card>
      <Facts
        rows={[
          [say('fact.network'), network?.name ?? '–'],
          network?.genesisHash
            ? [
                say('networks.genesis'),
                <Hash key="genesis" id={network.genesisHash} what="genesis" />,
              ]
            : null,
          [say('fact.owner'), <Hash key="owner" id={owner} what="owner" />],
        ]}
      />
      {network?.genesisHash && <FirstContact />}
    </Card>
  );
}

function OwnerChoice(props: { owner: string; onChange(owner: string): void }) {
  const { say } = useWords();
  const { owner, onChange } = props;
  const { vault } = useWallet();
  if (vault.accounts.length < 2) return null;
  return (
    <Choice
      label={say('claim.owner')}
      value={owner}
      options={vault.accounts.map(({ owner: one, label }) => [one, `${label} (${shorten(one)})`])}
      onChange={onChange}
      data-testid="claim-owner"
    />
  );
}

/** The faucet gives one chain to each account. `same`: it gave that one again. */
function HadNotice({ same, had }: { same: ChainView | null; had: ChainView | undefined }) {
  const { say } = useWords();
  const addAccount = (
    <a key="add" href="#/settings/accounts">
      {say('claim.addAccount')}
    </a>
  );
  if (same) {
    return (
      <Notice tone="wait" title={say('claim.noNew')} data-testid="claim-same">
        <p>
          <Say id="claim.same" values={{ chain: chainName(same), addAccount }} />
        </p>
      </Notice>
    );
  }
  if (!had) return null;
  return (
    <Notice data-testid="claim-has-one">
      <Say id="claim.had" values={{ chain: chainName(had), addAccount }} />
    </Notice>
  );
}
