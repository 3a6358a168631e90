import type { Secret } from '@mica/wallet-contract/api';
import { useAction } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { CancelButton } from '../parts/cancel_button.tsx';
import { NewPassword, useNewPassword } from '../parts/new_password.tsx';
import { Failure } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

/** The last step of making a wallet. `onPassword` may fail; the failure is shown. */
export function NewPasswordScreen({
  step,
  onBack,
  onPassword,
  button,
}: {
  step: string;
  onBack: string | (() => void);
  onPassword(password: Secret): Promise<unknown>;
  button: string;
}) {
  const { say } = useWords();
  const typed = useNewPassword();
  const { run, busy, failure } = useAction();
  const submit = () =>
    void run(async () => {
      const password = await typed.take();
      if (password !== null) await onPassword(password);
    });
  return (
    <Page
      id="password"
      title={say('newPassword.title')}
      back={onBack}
      lead={say('newPassword.lead', { step })}
      onSubmit={submit}
      foot={
        <>
          <Button type="submit" busy={busy} data-testid="password-next">
            {busy ? say('newPassword.busy') : button}
          </Button>
          {busy && <CancelButton />}
        </>
      }
    >
      <NewPassword typed={typed} />
      <Failure failure={failure} />
    </Page>
  );
}
