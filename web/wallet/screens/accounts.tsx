import { useState } from 'react';
import type { AccountState } from '@mica/wallet-contract/api';
import { useTyped } from '../model/typed.ts';
import { useDraft } from '../model/use_draft.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { Hash } from '../parts/hash.tsx';
import { Mark } from '../parts/icons.tsx';
import { Failure } from '../parts/notice.tsx';
import { Card, Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';

type Scheme = AccountState['scheme'];
const schemes: Record<Scheme, string> = {
  EvmSecp256k1: 'EVM (as in MetaMask)',
  Ed25519: 'Ed25519',
};

export function AccountsScreen() {
  const { vault } = useWallet();
  const [editing, setEditing] = useState<AccountState | 'new' | null>(null);
  return (
    <Page
      id="accounts"
      title="Accounts"
      back="/settings"
      lead="Keys from your phrase. An account owns chains and signs for them."
    >
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
                  {schemes[account.scheme]}
                  {account.index === null ? ', imported' : `, number ${account.index}`}
                </small>
              </span>
              <Button
                kind="plain"
                aria-label={`Rename ${account.label}`}
                onClick={() => setEditing(account)}
              >
                Rename
              </Button>
            </div>
            {editing !== 'new' && editing?.owner === account.owner && (
              <AccountForm account={account} onDone={() => setEditing(null)} />
            )}
          </li>
        ))}
      </ul>
      {editing === 'new' ? (
        <AccountForm account={null} onDone={() => setEditing(null)} />
      ) : (
        <Button
          kind="quiet"
          icon="plus"
          onClick={() => setEditing('new')}
          data-testid="account-new"
        >
          Add an account
        </Button>
      )}
    </Page>
  );
}

/** New keys and new labels change the sealed file: both need the password. */
function AccountForm({ account, onDone }: { account: AccountState | null; onDone(): void }) {
  const { keys, vault } = useWallet();
  const draft = useDraft(`account/${account?.owner ?? 'new'}`, {
    label: account?.label ?? `Account ${vault.accounts.length + 1}`,
    scheme: 'EvmSecp256k1' as Scheme,
  });
  const { label, scheme } = draft.value;
  const password = useTyped();
  const { run, busy, failure } = useAction();
  const leave = () => {
    draft.drop();
    onDone();
  };
  const save = async () => {
    const change = { password: password.take(), label: label.trim() };
    const good = await run(() =>
      account
        ? keys.labelAccount({ ...change, owner: account.owner })
        : keys.addAccount({ ...change, scheme }),
    );
    password.clear();
    if (good) leave();
  };
  return (
    <Card title={account ? `Rename ${account.label}` : 'A new account'}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label="Name"
          value={label}
          onChange={(text) => draft.change({ label: text })}
          autoFocus
          maxLength={40}
          data-testid="account-label"
        />
        {!account && (
          <Choice<Scheme>
            label="Kind of key"
            value={scheme}
            options={Object.entries(schemes) as [Scheme, string][]}
            onChange={(one) => draft.change({ scheme: one })}
            data-testid="account-scheme"
          />
        )}
        <PasswordField label="Password" typed={password} data-testid="account-password" />
        <Failure failure={failure} />
        <div className="pair">
          <Button kind="plain" onClick={leave}>
            Cancel
          </Button>
          <Button
            type="submit"
            busy={busy}
            disabled={!password.length || !label.trim()}
            data-testid="account-save"
          >
            {account ? 'Rename' : 'Add'}
          </Button>
        </div>
      </form>
    </Card>
  );
}
