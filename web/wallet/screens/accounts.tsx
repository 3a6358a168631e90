import { useState } from 'react';
import type { AccountState } from '@mica/wallet-contract/api';
import { useTyped } from '../model/typed.ts';
import { useDraft } from '../model/use_draft.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Hash } from '../parts/hash.tsx';
import { Mark } from '../parts/icons.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Card, Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import type { MessageId } from '../words/catalogue.ts';
import { Say, useWords } from '../words/use_words.tsx';

type Scheme = AccountState['scheme'];
const schemes = {
  EvmSecp256k1: 'accounts.evm',
  Ed25519: 'accounts.ed25519',
} as const satisfies Record<Scheme, MessageId>;

export function AccountsScreen() {
  const { say } = useWords();
  const { vault } = useWallet();
  const [editing, setEditing] = useState<AccountState | 'new' | null>(null);
  const [added, setAdded] = useState(false);
  return (
    <Page id="accounts" back="/settings" lead={say('accounts.lead')}>
      <ul className="list">
        {vault.accounts.map((account) => (
          <li key={account.owner}>
            <div className="list-item" data-testid="account-row" data-owner={account.owner}>
              <Mark id={account.owner} />
              <span className="list-main">
                <b>{account.label}</b>
                <small>
                  <Hash id={account.owner} what="owner" />
                </small>
                <small>
                  <KeyKind account={account} />
                </small>
              </span>
              <Button
                kind="plain"
                aria-label={say('accounts.rename', { account: account.label })}
                onClick={() => setEditing(account)}
              >
                {say('do.rename')}
              </Button>
            </div>
            {editing !== 'new' && editing?.owner === account.owner && (
              <AccountForm account={account} onDone={() => setEditing(null)} />
            )}
          </li>
        ))}
      </ul>
      {editing === 'new' ? (
        <AccountForm
          account={null}
          onDone={(saved) => {
            setAdded(saved);
            setEditing(null);
          }}
        />
      ) : (
        <Button
          kind="quiet"
          icon="plus"
          onClick={() => setEditing('new')}
          data-testid="account-new"
        >
          {say('accounts.add')}
        </Button>
      )}
      {added && editing === null && <Added />}
    </Page>
  );
}

/** It may have had a chain before. */
function Added() {
  const { say } = useWords();
  const find = (
    <a key="find" href="#/find" data-testid="account-find">
      {say('accounts.find')}
    </a>
  );
  return (
    <Notice tone="good" title={say('accounts.added')} data-testid="account-added">
      <p>
        <Say id="accounts.addedText" values={{ find }} />
      </p>
    </Notice>
  );
}

function KeyKind({ account: { scheme, index } }: { account: AccountState }) {
  const { say } = useWords();
  const name = say(schemes[scheme]);
  if (index === null) return say('accounts.imported', { scheme: name });
  return say('accounts.number', { scheme: name, index });
}

/** New keys and new labels change the sealed file: both need the password. */
function AccountForm(props: { account: AccountState | null; onDone(saved: boolean): void }) {
  const { account, onDone } = props;
  const { say } = useWords();
  const { keys, vault } = useWallet();
  const draft = useDraft(`account/${account?.owner ?? 'new'}`, {
    label: account?.label ?? say('accounts.newName', { number: vault.accounts.length + 1 }),
    scheme: 'EvmSecp256k1' as Scheme,
  });
  const { label, scheme } = draft.value;
  const password = useTyped();
  const { run, busy, failure } = useAction();
  const leave = (saved: boolean) => {
    draft.drop();
    onDone(saved);
  };
  const save = async () => {
    const change = { password: password.take(), label: label.trim() };
    const good = await run(() =>
      account
        ? keys.labelAccount({ ...change, owner: account.owner })
        : keys.addAccount({ ...change, scheme }),
    );
    password.clear();
    if (good) leave(true);
  };
  return (
    <Card
      title={account ? say('accounts.rename', { account: account.label }) : say('accounts.new')}
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={say('fact.name')}
          value={label}
          onChange={(text) => draft.change({ label: text })}
          autoFocus
          maxLength={40}
          data-testid="account-label"
        />
        {!account && (
          <SchemeChoice value={scheme} onChange={(one) => draft.change({ scheme: one })} />
        )}
        <PasswordField
          label={say('password.label')}
          typed={password}
          data-testid="account-password"
        />
        <Failure failure={failure} />
        <FormButtons
          isNew={!account}
          busy={busy}
          disabled={!password.length || !label.trim()}
          onCancel={() => leave(false)}
        />
      </form>
    </Card>
  );
}

function FormButtons(props: {
  isNew: boolean;
  busy: boolean;
  disabled: boolean;
  onCancel(): void;
}) {
  const { say } = useWords();
  return (
    <div className="pair">
      <Button kind="plain" onClick={props.onCancel}>
        {say('do.cancel')}
      </Button>
      <Button type="submit" busy={props.busy} disabled={props.disabled} data-testid="account-save">
        {props.isNew ? say('do.add') : say('do.rename')}
      </Button>
    </div>
  );
}

function SchemeChoice(props: { value: Scheme; onChange(scheme: Scheme): void }) {
  const { say } = useWords();
  return (
    <Choice<Scheme>
      label={say('accounts.scheme')}
      {...props}
      options={[
        ['EvmSecp256k1', say(schemes.EvmSecp256k1)],
        ['Ed25519', say(schemes.Ed25519)],
      ]}
      data-testid="account-scheme"
    />
  );
}
