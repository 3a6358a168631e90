// The old chains, after a restore: of the wallet's accounts and of further ones of its phrase.
import { useState } from 'react';
import type { FoundChain, Secret } from '@mica/wallet-contract/api';
import { wipe } from '@mica/wallet-contract/secret';
import { findFurther, findOwn, type Search } from '../model/find_chains.ts';
import { useGo } from '../model/router.ts';
import { useTyped } from '../model/typed.ts';
import { useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Hash } from '../parts/hash.tsx';
import { Icon } from '../parts/icons.tsx';
import { NetworkNotice } from '../parts/network_notice.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Card, Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { useWords } from '../words/use_words.tsx';

function useSearch() {
  const { say } = useWords();
  const { vault, wallet, keys } = useWallet();
  const [found, setFound] = useState<FoundChain[] | null>(null);
  const [further, setFurther] = useState(false);
  const search: Search = {
    wallet,
    keys,
    accounts: vault.accounts,
    newLabel: (number) => say('accounts.newName', { number }),
  };
  const keep = (more: FoundChain[]) =>
    setFound((before) => {
      const known = (before ?? []).filter(
        (one) => !more.some((new_) => new_.chainId === one.chainId),
      );
      return [...known, ...more];
    });
  return {
    found,
    /** Further accounts were looked for too. */
    further,
    own: async () => keep(await findOwn(search)),
    async ahead(password: Secret) {
      try {
        keep(await findFurther(search, password));
        setFurther(true);
      } finally {
        wipe(password);
      }
    },
  };
}

export function FindScreen() {
  const { say } = useWords();
  const go = useGo();
  const { state, vault } = useWallet();
  const store = useStore();
  const { found, further, own, ahead } = useSearch();
  const { run, busy, failure } = useAction();
  const ready = state.network?.status === 'ready';
  const search = () =>
    void run(async () => {
      await own();
      const password = store.passwordForSearch();
      if (password) await ahead(password);
      store.keepForSearch(null);
    });
  const hasPhrase = vault.accounts.some(({ index }) => index !== null);
  return (
    <Page
      id="find"
      back="/"
      lead={say('find.lead')}
      foot={
        <Button
          kind={found?.length ? 'main' : 'plain'}
          onClick={() => go('/')}
          data-testid="find-done"
        >
          {say('do.toWallet')}
        </Button>
      }
    >
      <NetworkNotice />
      <Button
        kind={found ? 'quiet' : 'main'}
        busy={busy}
        disabled={!ready}
        onClick={search}
        data-testid="find-search"
      >
        {busy ? say('claim.busy') : say('find.ask', { count: vault.accounts.length })}
      </Button>
      {found && <Found found={found} />}
      <Failure failure={failure} />
      {further && (
        <Notice tone="good" data-testid="find-further-done">
          {say('find.furtherDone')}
        </Notice>
      )}
      {found && !further && hasPhrase && <Further ready={ready} onPassword={ahead} />}
      <div className="links">
        <a href="#/chains/add" data-testid="find-by-hand">
          <Icon name="plus" size={18} /> {say('find.byHand')}
        </a>
        <a href="#/claim">
          <Icon name="drop" size={18} /> {say('find.new')}
        </a>
        <a href="#/networks">
          <Icon name="globe" size={18} /> {say('find.elsewhere')}
        </a>
      </div>
    </Page>
  );
}

function Found({ found }: { found: FoundChain[] }) {
  const { say } = useWords();
  const { state, vault } = useWallet();
  if (found.length === 0) {
    return (
      <Notice data-testid="find-none">
        {say('find.none', { network: state.network?.name ?? '' })}
      </Notice>
    );
  }
  const account = (owner: string) => vault.accounts.find((one) => one.owner === owner)?.label;
  return (
    <Card title={say('find.found', { count: found.length })} data-testid="find-found">
      <ul className="lines">
        {found.map(({ chainId, owner }) => (
          <li key={chainId}>
            {account(owner)} <Hash id={chainId} what="chain" />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The phrase lies sealed: its further accounts need the password. */
function Further({ ready, onPassword }: { ready: boolean; onPassword(s: Secret): Promise<void> }) {
  const { say } = useWords();
  const password = useTyped();
  const { run, busy, failure } = useAction();
  const submit = async () => {
    await run(() => onPassword(password.take()));
    password.clear();
  };
  return (
    <Card title={say('find.further')} data-testid="find-further">
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p className="soft">{say('find.furtherText')}</p>
        <PasswordField
          label={say('password.label')}
          typed={password}
          data-testid="find-further-password"
        />
        <Failure failure={failure} />
        <Button
          kind="quiet"
          type="submit"
          busy={busy}
          disabled={!ready || !password.length}
          data-testid="find-further-search"
        >
          {say('find.furtherDo')}
        </Button>
      </form>
    </Card>
  );
}
