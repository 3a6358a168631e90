import { useState } from 'react';
import { backupName } from '../model/restore.ts';
import { useTyped } from '../model/typed.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { NewPassword, useNewPassword } from '../parts/new_password.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { useWords } from '../words/use_words.tsx';

/** Keys, chains and labels in one sealed file. Chains are those of the network in use. */
export function BackupScreen() {
  const { say } = useWords();
  const { keys, wallet, host } = useWallet();
  const password = useTyped();
  const typed = useNewPassword('fair');
  const [saved, setSaved] = useState<string | null>(null);
  const { run, busy, failure } = useAction();
  const save = () =>
    void run(async () => {
      const backupPassword = await typed.take();
      if (backupPassword === null) return;
      const chains = await wallet.listBackupChains({});
      const own = password.take();
      const { file } = await keys.sealBackup({ password: own, backupPassword, chains });
      const name = backupName(new Date());
      host.saveFile(name, file);
      setSaved(name);
      password.clear();
      typed.clear();
    });
  return (
    <Page
      id="backup"
      back="/settings"
      lead={say('backup.lead')}
      onSubmit={save}
      foot={
        <Button
          type="submit"
          icon="save"
          busy={busy}
          disabled={!password.length}
          data-testid="backup-save"
        >
          {busy ? say('backup.busy') : say('backup.do')}
        </Button>
      }
    >
      {saved && <Saved name={saved} />}
      <PasswordField
        label={say('backup.ownPassword')}
        typed={password}
        data-testid="backup-wallet-password"
      />
      <NewPassword typed={typed} label={say('backup.password')} testid="backup-password" />
      <Failure failure={failure} />
    </Page>
  );
}

function Saved({ name }: { name: string }) {
  const { say } = useWords();
  return (
    <Notice tone="good" title={say('backup.saved')} data-testid="backup-saved">
      <p>{say('backup.savedText', { name })}</p>
    </Notice>
  );
}
