import { useState } from 'react';
import { enter } from '../model/router.ts';
import { useTyped } from '../model/typed.ts';
import { useAction, useStore, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Check } from '../parts/field.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';

/** Takes the keys out of this browser, to restore another wallet. */
export function EraseScreen() {
  const { keys } = useWallet();
  const store = useStore();
  const password = useTyped();
  const [sure, setSure] = useState(false);
  const [keepFollowed, setKeepFollowed] = useState(false);
  const { run, busy, failure } = useAction();
  const erase = async () => {
    if (await run(() => keys.erase({ password: password.take(), keepFollowed }))) {
      store.dropDrafts();
      enter('/');
    }
    password.clear();
  };
  return (
    <Page
      id="erase"
      title="Delete the wallet here"
      back="/settings"
      onSubmit={() => void erase()}
      foot={
        <Button
          type="submit"
          kind="danger"
          busy={busy}
          disabled={!password.length || !sure}
          data-testid="erase"
        >
          Delete the wallet from this browser
        </Button>
      }
    >
      <Notice tone="bad" title="Only the phrase or a backup file brings it back">
        <p>Chains and money stay on the network, but without the keys nobody can use them.</p>
        <p>Names, connected sites, requests and history of all networks are deleted here too.</p>
      </Notice>
      <Check
        label="I have the phrase or a backup file"
        checked={sure}
        onChange={setSure}
        data-testid="erase-sure"
      />
      <Check
        label="Keep the chains that this wallet only follows"
        checked={keepFollowed}
        onChange={setKeepFollowed}
        data-testid="erase-keep-followed"
      />
      <PasswordField label="Password" typed={password} data-testid="erase-password" />
      <Failure failure={failure} />
    </Page>
  );
}
