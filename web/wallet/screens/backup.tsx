import { useState } from 'react';
import { passwordProblem } from '../model/phrase.ts';
import { backupName } from '../model/restore.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { PasswordField } from '../parts/field.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Meter } from './new_password.tsx';

/** Keys, chains and labels in one sealed file. Chains are those of the network in use. */
export function BackupScreen() {
  const { keys, wallet, host } = useWallet();
  const [password, setPassword] = useState('');
  const [backupPassword, setBackup] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  const save = () => {
    const found = passwordProblem(backupPassword, again);
    setProblem(found);
    if (found) return;
    void run(async () => {
      const chains = await wallet.listBackupChains({});
      const { file } = await keys.sealBackup({ password, backupPassword, chains });
      const name = backupName(new Date());
      host.saveFile(name, file);
      setSaved(name);
      for (const clear of [setPassword, setBackup, setAgain]) clear('');
    });
  };
  return (
    <Page
      id="backup"
      title="Save a backup file"
      back="/settings"
      lead="Keys, chains and names in one encrypted file. Without its password it is worth nothing."
      onSubmit={save}
      foot={
        <Button
          type="submit"
          icon="save"
          busy={busy}
          disabled={!password}
          data-testid="backup-save"
        >
          {busy ? 'Sealing the file…' : 'Save the file'}
        </Button>
      }
    >
      {saved && <Saved name={saved} />}
      <PasswordField
        label="Password of the wallet"
        value={password}
        onChange={setPassword}
        data-testid="backup-wallet-password"
      />
      <PasswordField
        label="A password for the file"
        value={backupPassword}
        onChange={setBackup}
        autoComplete="new-password"
        hint={<Meter password={backupPassword} />}
        data-testid="backup-password"
      />
      <PasswordField
        label="The same again"
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
        problem={problem}
        data-testid="backup-password-again"
      />
      <Failure failure={failure} />
    </Page>
  );
}

function Saved({ name }: { name: string }) {
  return (
    <Notice tone="good" title="Saved" data-testid="backup-saved">
      <p>{name} lies with your downloads. Keep it where this computer is not.</p>
    </Notice>
  );
}
