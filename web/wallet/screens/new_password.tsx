import type { Secret } from '@mica/wallet-contract/api';
import { useAction } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { NewPassword, useNewPassword } from '../parts/new_password.tsx';
import { Failure } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';

const forgotten = 'It cannot be reset; the phrase can always restore the wallet.';

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
  const typed = useNewPassword();
  const { run, busy, failure } = useAction();
  const submit = () => {
    const password = typed.take();
    if (password !== null) void run(() => onPassword(password));
  };
  return (
    <Page
      id="password"
      title="A password"
      back={onBack}
      lead={`${step}. It protects the wallet on this computer. ${forgotten}`}
      onSubmit={submit}
      foot={
        <Button type="submit" busy={busy} data-testid="password-next">
          {busy ? 'Sealing the keys…' : button}
        </Button>
      }
    >
      <NewPassword typed={typed} />
      <Failure failure={failure} />
    </Page>
  );
}
