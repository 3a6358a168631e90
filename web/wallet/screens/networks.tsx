import type { NetworkEntry, ValidatorState } from '@mica/wallet-contract/api';
import { useGo } from '../model/router.ts';
import { networkWords } from '../model/texts.ts';
import { useDraft } from '../model/use_draft.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Hash } from '../parts/hash.tsx';
import { NetworkNotice } from '../parts/network_notice.tsx';
import { Failure } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';

export function NetworksScreen() {
  const go = useGo();
  const { state } = useWallet();
  const { network } = state;
  const { text, tone } = networkWords(network);
  return (
    <Page id="networks" title="Networks" back="/">
      <NetworkNotice />
      {network && (
        <Card title={network.name} side={<span data-tone={tone}>{text}</span>}>
          <Facts
            rows={[
              ['Faucet', <span key="faucet">{network.faucetUrl}</span>],
              [
                'Genesis',
                network.genesisHash ? (
                  <Hash key="genesis" id={network.genesisHash} what="genesis hash" />
                ) : (
                  'not known yet'
                ),
              ],
            ]}
          />
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
        Add a network
      </Button>
    </Page>
  );
}

function Validators({ validators }: { validators: ValidatorState[] }) {
  if (validators.length === 0) return null;
  return (
    <ul className="validators" aria-label="Validators">
      {validators.map(({ publicKey, address, subscribed, failuresInARow, lastError }) => {
        const up = failuresInARow === 0;
        return (
          <li key={publicKey} title={lastError || publicKey} data-testid="validator">
            <i className="dot" data-tone={up ? 'good' : 'bad'} aria-hidden="true" />
            <span className="mono">{address}</span>
            <small>{up ? (subscribed ? 'tells news' : 'answers') : 'does not answer'}</small>
          </li>
        );
      })}
    </ul>
  );
}

function NetworkRow({ entry, current }: { entry: NetworkEntry; current: boolean }) {
  const go = useGo();
  const { wallet } = useWallet();
  const { run, busy, failure } = useAction();
  const { id } = entry;
  const change = async () => {
    if (await run(() => wallet.switchNetwork({ id }))) go('/');
  };
  return (
    <li>
      <div className="list-item wrap" data-testid="network-row" data-network={id}>
        <span className="list-main">
          <b>{entry.name}</b>
          <small>{entry.faucetUrl}</small>
        </span>
        {current ? (
          <span className="tag" data-state="delivered">
            In use
          </span>
        ) : (
          <>
            <Button
              kind="plain"
              disabled={busy}
              aria-label={`Remove ${entry.name}`}
              onClick={() => void run(() => wallet.removeNetwork({ id }))}
              data-testid="network-remove"
            >
              Remove
            </Button>
            <Button
              kind="quiet"
              busy={busy}
              aria-label={`Use ${entry.name}`}
              onClick={() => void change()}
              data-testid="network-use"
            >
              Use
            </Button>
          </>
        )}
      </div>
      <Failure failure={failure} />
    </li>
  );
}

export function AddNetwork() {
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
      title="Add a network"
      back="/networks"
      lead="The faucet's address is enough: it names the genesis and the validators."
      onSubmit={() => void add()}
      foot={
        <Button type="submit" busy={busy} disabled={!faucetUrl.trim()} data-testid="network-add">
          {busy ? 'Asking the faucet…' : 'Add and use it'}
        </Button>
      }
    >
      <Field
        label="Name"
        value={name}
        onChange={(text) => draft.change({ name: text })}
        maxLength={40}
        data-testid="network-name"
      />
      <Field
        label="Faucet"
        type="url"
        inputMode="url"
        value={faucetUrl}
        onChange={(text) => draft.change({ faucetUrl: text })}
        placeholder="https://faucet.example.org/"
        hint="Anybody who runs it can show you a network of their own: use one you trust."
        data-testid="network-url"
      />
      <Failure failure={failure} />
    </Page>
  );
}
