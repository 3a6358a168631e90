import { count, secondsText } from '../model/texts.ts';
import { useTyped } from '../model/typed.ts';
import { useAction, useNow, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Logo } from '../parts/icons.tsx';
import { Money } from '../parts/money.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { useHeading } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { hostOf } from '../model/texts.ts';

const reasons = {
  Asked: null,
  Idle: 'Locked because nobody was here for a while.',
  ClockJump: 'Locked because the clock jumped: the computer slept, or its time was changed.',
};

export function Unlock() {
  const { vault, keys } = useWallet();
  const heading = useHeading('Locked');
  const password = useTyped();
  const { run, busy, failure } = useAction();
  const now = useNow(vault.retryAt);
  const wait = vault.retryAt === null ? 0 : Math.max(0, vault.retryAt - now);
  const reason = vault.lockReason && reasons[vault.lockReason];
  const submit = () =>
    void run(async () => {
      try {
        await keys.unlock({ password: password.take() });
      } finally {
        password.clear();
      }
    });
  return (
    <main className="alone">
      <form
        className="page welcome"
        data-testid="screen-unlock"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (wait === 0) submit();
        }}
      >
        <Logo size={64} />
        <h1 ref={heading} tabIndex={-1}>
          Welcome back
        </h1>
        {reason && <p className="lead">{reason}</p>}
        <Waiting />
        <PasswordField label="Password" typed={password} autoFocus data-testid="unlock-password" />
        {wait > 0 ? (
          <Notice tone="wait" title="Too many wrong passwords" data-testid="unlock-wait">
            The next try is possible in {secondsText(wait)}.
          </Notice>
        ) : (
          <Failure failure={failure && { code: failure.code, message: failure.message }} />
        )}
        <Button
          type="submit"
          busy={busy}
          disabled={password.length === 0 || wait > 0}
          icon="lock"
          data-testid="unlock"
        >
          {busy ? 'Unlocking…' : 'Unlock'}
        </Button>
      </form>
    </main>
  );
}

/** What unlocking is for: a page's request, or money that has come. */
function Waiting() {
  const { state } = useWallet();
  const [first] = state.approvals;
  const amount = state.chains.reduce((sum, chain) => sum + chain.incomingAmount, 0n);
  const credits = state.chains.reduce((sum, chain) => sum + chain.incomingCount, 0);
  return (
    <>
      {first?.origin && (
        <Notice tone="wait" data-testid="unlock-for">
          <b>{hostOf(first.origin)}</b> asks for something. Unlock to look at it.
        </Notice>
      )}
      {credits > 0 && (
        <Notice tone="good" data-testid="incoming">
          <Money attos={amount} sign /> incoming ({count(credits, 'message')}): unlock to receive.
        </Notice>
      )}
    </>
  );
}
