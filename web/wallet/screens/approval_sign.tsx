import type { Approval } from '../../../js-bindings/src/wallet/api.ts';
import { ownerName } from '../model/texts.ts';
import { useArmed } from '../model/use_approval.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Asker } from '../parts/asker.tsx';
import { Button } from '../parts/button.tsx';
import { Hash } from '../parts/hash.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';

/** Sign-in text. The vault checks once more that it names the page it comes from. */
export function SignApproval({
  approval,
  onDone,
}: {
  approval: Extract<Approval, { kind: 'signMessage' }>;
  onDone(): void;
}) {
  const { wallet, keys, vault } = useWallet();
  const { id, owner, domain, text } = approval;
  const armed = useArmed(id);
  const { run, busy, failure } = useAction();
  const answer = async (act: () => Promise<unknown>) => {
    if (await run(act)) onDone();
  };
  const sign = async () => {
    const { signature } = await keys.signText({ owner, domain, text });
    await wallet.approveSignMessage({ id, signature });
  };
  return (
    <Page
      id="sign"
      title="Sign a message"
      foot={
        <div className="pair">
          <Button
            kind="quiet"
            disabled={busy}
            onClick={() => void answer(() => wallet.reject({ id }))}
            data-testid="reject"
          >
            Reject
          </Button>
          <Button
            busy={busy}
            disabled={!armed}
            onClick={() => void answer(sign)}
            data-testid="approve"
          >
            Sign
          </Button>
        </div>
      }
    >
      <Asker origin={approval.origin} asks="asks you to sign this text, to show who you are." />
      <Card>
        <pre className="message" tabIndex={0} data-testid="sign-text">
          {text}
        </pre>
      </Card>
      <Card>
        <Facts
          rows={[
            ['Page', domain],
            ['Signed by', ownerName(owner, vault.accounts)],
            ['Owner', <Hash key="owner" id={owner} what="owner" />],
          ]}
        />
      </Card>
      <Notice>This moves no money and signs no block.</Notice>
      <Failure failure={failure} />
    </Page>
  );
}
