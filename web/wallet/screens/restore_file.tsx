import { useId, useState } from 'react';
import { enter } from '../model/router.ts';
import { useTyped } from '../model/typed.ts';
import { useAction, useHost, useStore } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { CancelButton } from '../parts/cancel_button.tsx';
import { NewPassword, useNewPassword } from '../parts/new_password.tsx';
import { Failure } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { useWords } from '../words/use_words.tsx';

const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Keys, chains and labels from a file that this wallet wrote. */
export function RestoreFile({
  replace = false,
  onBack,
}: {
  /** In place of the locked wallet. */
  replace?: boolean;
  /** Absent: to the start. */
  onBack?(): void;
}) {
  const { say } = useWords();
  const { vault } = useHost();
  const importing = useStore();
  const [file, setFile] = useState<File | null>(null);
  const ofFile = useTyped();
  const typed = useNewPassword();
  const { run, busy, failure } = useAction();
  const submit = () =>
    void run(async () => {
      const password = await typed.take();
      if (password === null || !file) return;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const backupPassword = ofFile.take();
      const { chains } = await vault.openBackup({
        file: bytes,
        backupPassword,
        password,
        ...(replace && { replace }),
      });
      if (replace) importing.dropDrafts();
      importing.importing = chains;
      enter('/import');
    });
  return (
    <Page
      id="restore-file"
      title={say('restoreFile.title')}
      back={onBack ?? '/'}
      lead={say('restoreFile.lead')}
      onSubmit={submit}
      foot={
        <>
          <Button type="submit" busy={busy} disabled={!file} data-testid="restore-file-next">
            {busy ? say('restoreFile.busy') : say('restoreFile.do')}
          </Button>
          {busy && <CancelButton />}
        </>
      }
    >
      <FilePicker file={file} onFile={setFile} />
      <PasswordField
        label={say('restoreFile.password')}
        typed={ofFile}
        data-testid="backup-password"
      />
      <NewPassword typed={typed} label={say('restoreFile.newPassword')} />
      <Failure failure={failure} />
    </Page>
  );
}

function FilePicker({ file, onFile }: { file: File | null; onFile(file: File | null): void }) {
  const { say } = useWords();
  const id = useId();
  const tooBig = file && file.size > MAX_FILE_BYTES;
  return (
    <div className="field">
      <label htmlFor={id}>{say('restoreFile.file')}</label>
      <input
        id={id}
        type="file"
        accept=".mica"
        onChange={({ target }) => onFile(target.files?.[0] ?? null)}
        data-testid="backup-file"
      />
      {tooBig && (
        <p className="problem" role="alert">
          {say('restoreFile.tooBig')}
        </p>
      )}
    </div>
  );
}
