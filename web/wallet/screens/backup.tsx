import { useState } from 'react';
import { backupName } from '../model/restore.ts';
import { useTyped } from '../model/typed.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { NewPassword, useNewPassword } from '../parts/new_password.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';

/** Keys, chains and labels in one sealed file. Chains are those of the network in use. */
export function BackupScreen() {
  const { keys, wallet, host } = useWallet();
  const password = useTyped();
  const typed = useNewPassword();
  const [saved, setSaved] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  const save = () => {
    const backupPassword = typed.take();
    if (backupPassword === null) return;
    void run(async () => {
      const chains = await wallet.listBackupChains({});
      const own = password.take();
      const { file } = await keys.sealBackup({ password: own, backupPassword, chains });
      const name = backupName(new Date());
      host.saveFile(name, file);
      setSaved(name);
      password.clear();
      typed.clear();
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
          disabled={!password.length}
          data-testid="backup-save"
        >
          {busy ? 'Sealing the file…' : 'Save the file'}
        </Button>
      }
    >
      {saved && <Saved name={saved} />}
      <PasswordField
        label="Password of the wallet"
        typed={password}
        data-testid="backup-wallet-password"
      />
      <NewPassword typed={typed} label="A password for the file" testid="backup-password" />
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
