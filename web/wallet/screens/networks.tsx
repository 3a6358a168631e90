import type { NetworkEntry, ValidatorView } from '@mica/wallet-contract/api';
import { useGo } from '../model/router.ts';
import { networkWords } from '../model/texts.ts';
import { useDraft } from '../model/use_draft.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Hash } from '../parts/hash.tsx';
import { FirstContact, TestMoneyNotice } from '../parts/network_facts.tsx';
import { NetworkNotice } from '../parts/network_notice.tsx';
import { Failure, LogDetails } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

export function NetworksScreen() {
  const words = useWords();
  const { say } = words;
  const go = useGo();
  const { state } = useWallet();
  const { network } = state;
  const { text, tone } = networkWords(network, words);
  return (
    <Page id="networks" back="/">
      <NetworkNotice />
      <TestMoneyNotice />
      {network && (
        <Card title={network.name} side={<span data-tone={tone}>{text}</span>}>
          <Facts
            rows={[
              [say('networks.faucet'), <span key="faucet">{network.faucetUrl}</span>],
              [
                say('networks.genesis'),
                network.genesisHash ? (
                  <Hash key="genesis" id={network.genesisHash} what="genesis" />
                ) : (
                  say('said.unknown')
                ),
              ],
            ]}
          />
          <FirstContact />
          <Validators validators={network.validators} />
        </Card>
      )}
      <ul className="list">
        {state.networks.map((entry) => (
          <NetworkRow key={entry.id} entry={entry} current={entry.id === network?.id} />
        ))}
      </ul>
      <Button
        kind="plain"
        icon="plus"
        onClick={() => go('/networks/add')}
        data-testid="networks-add"
      >
        {say('networks.add')}
      </Button>
    </Page>
  );
}

function Validators({ validators }: { validators: ValidatorView[] }) {
  const { say } = useWords();
  if (validators.length === 0) return null;
  return (
    <ul className="validators" aria-label={say('networks.validators')}>
      {validators.map(({ publicKey, address, subscribed, failuresInARow, lastError }) => {
        const up = failuresInARow === 0;
        return (
          <li key={publicKey} title={publicKey} data-testid="validator">
            <i className="dot" data-tone={up ? 'good' : 'bad'} aria-hidden="true" />
            <span className="mono">{address}</span>
            <small>
              {say(
                !up ? 'networks.silent' : subscribed ? 'networks.subscribed' : 'networks.answers',
              )}
            </small>
            {!up && <LogDetails message={lastError} />}
          </li>
        );
      })}
    </ul>
  );
}

function NetworkRow({ entry, current }: { entry: NetworkEntry; current: boolean }) {
  const { say } = useWords();
  const go = useGo();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  const { id } = entry;
  const change = async () => {
    if (await run(() => wallet.switchNetwork({ id }))) go('/');
  };
  return (
    <li>
      <div className="list-item" data-testid="network-row" data-network={id}>
        <span className="list-main">
          <b>{entry.name}</b>
          <small>{entry.faucetUrl}</small>
          {entry.testMoney && <small>{say('network.testMoney')}</small>}
        </span>
        {current ? (
          <span className="tag" data-state="delivered">
            {say('networks.inUse')}
          </span>
        ) : (
          <>
            <Button
              kind="plain"
              disabled={busy}
              aria-label={say('networks.removeNamed', { network: entry.name })}
              onClick={() => void run(() => wallet.removeNetwork({ id }))}
              data-testid="network-remove"
            >
              {say('networks.remove')}
            </Button>
            <Button
              kind="quiet"
              busy={busy}
              aria-label={say('networks.useNamed', { network: entry.name })}
              onClick={() => void change()}
              data-testid="network-use"
            >
              {say('networks.use')}
            </Button>
          </>
        )}
      </div>
      <Failure failure={failure} />
    </li>
  );
}

export function AddNetwork() {
  const { say } = useWords();
  const go = useGo();
  const { wallet } = useWallet();
  const draft = useDraft('add-network', { name: '', faucetUrl: '' });
  const { name, faucetUrl } = draft.value;
  const { run, busy, failure } = useAction();
  const add = async () => {
    const good = await run(async () => {
      const { id } = await wallet.addNetwork({ name: name.trim(), faucetUrl: faucetUrl.trim() });
      await wallet.switchNetwork({ id });
    });
    if (!good) return;
    draft.drop();
    go('/');
  };
  return (
    <Page
      id="add-network"
      back="/networks"
      lead={say('addNetwork.lead')}
      onSubmit={() => void add()}
      foot={
        <Button type="submit" busy={busy} disabled={!faucetUrl.trim()} data-testid="network-add">
          {busy ? say('addNetwork.busy') : say('addNetwork.do')}
        </Button>
      }
    >
      <Field
        label={say('fact.name')}
        value={name}
        onChange={(text) => draft.change({ name: text })}
        maxLength={40}
        data-testid="network-name"
      />
      <Field
        label={say('networks.faucet')}
        type="url"
        inputMode="url"
        value={faucetUrl}
        onChange={(text) => draft.change({ faucetUrl: text })}
        placeholder="https://faucet.example.org/"
        hint={say('addNetwork.hint')}
        data-testid="network-url"
      />
      <Failure failure={failure} />
    </Page>
  );
}
