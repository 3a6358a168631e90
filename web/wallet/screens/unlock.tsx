import { useGo } from '../model/router.ts';
import { useTab } from '../model/use_tab.ts';
import { useTyped } from '../model/typed.ts';
import { useAction, useNow, useWallet } from '../model/use_wallet.tsx';
import { Button } from '../parts/button.tsx';
import { Logo } from '../parts/icons.tsx';
import { Money } from '../parts/money.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { useHeading } from '../parts/page.tsx';
import { PasswordField } from '../parts/password_field.tsx';
import { hostOf } from '../model/texts.ts';
import { Say, useWords } from '../words/use_words.tsx';

const reasons = { Asked: null, Idle: 'unlock.idle', ClockJump: 'unlock.clockJump' } as const;

export function Unlock() {
  const words = useWords();
  const { say } = words;
  const { vault, keys } = useWallet();
  const go = useGo();
  const { mustLeave, inTab } = useTab();
  const heading = useHeading(say('unlock.title'));
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
          {say('unlock.welcome')}
        </h1>
        {reason && <p className="lead">{say(reason)}</p>}
        <Waiting />
        <PasswordField
          label={say('password.label')}
          typed={password}
          autoFocus
          data-testid="unlock-password"
        />
        {wait > 0 ? (
          <Notice tone="wait" title={say('unlock.tooMany')} data-testid="unlock-wait">
            {say('unlock.wait', { time: words.wait(wait) })}
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
          {busy ? say('unlock.busy') : say('unlock.do')}
        </Button>
        <Button
          kind="plain"
          onClick={() => (mustLeave ? inTab : go)('/forgot')}
          data-testid="forgot"
        >
          {say('unlock.forgot')}
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
          <Say id="unlock.siteAsks" values={{ site: <b>{hostOf(first.origin)}</b> }} />
        </Notice>
      )}
      {credits > 0 && (
        <Notice tone="good" data-testid="incoming">
          <Say
            id="unlock.incoming"
            values={{ amount: <Money attos={amount} sign />, count: credits }}
          />
        </Notice>
      )}
    </>
  );
}
