// Before a block can be shown: executing it needs an answer of a host that nobody has allowed. A
// no is one to the whole request.
import { useState, type ReactNode } from 'react';
import type { HostAsking } from '@mica/wallet-contract/api';
import { shownKey, type BlockApproval } from '../model/approval.ts';
import { isIdn } from '../model/texts.ts';
import { useArmed } from '../model/use_approval.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { Answers } from '../parts/answers.tsx';
import { Asker } from '../parts/asker.tsx';
import { Failure, Notice } from '../parts/notice.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';
import { useWords } from '../words/use_words.tsx';

export function HostRequest(props: {
  approval: BlockApproval;
  host: HostAsking;
  onDone(): void;
  /** What the block is for. */
  children: ReactNode;
}) {
  const { say } = useWords();
  const { wallet, host: browser } = useWallet();
  const { approval, host, onDone } = props;
  const { id } = approval;
  const { origin } = host;
  const armed = useArmed(`${shownKey(approval)}:${origin}`);
  const [browserNo, setBrowserNo] = useState(false);
  const { run, busy, failure } = useAction();
  const yes = () => {
    // At once: the browser asks only in answer to a click.
    const granted = browser.askForHost(origin);
    void run(async () => {
      setBrowserNo(false);
      if (await granted) await wallet.allowHost({ id, origin });
      else setBrowserNo(true);
    });
  };
  const no = async () => {
    if (await run(() => wallet.reject({ id }))) onDone();
  };
  return (
    <Page
      id="host"
      title={say('host.title')}
      foot={
        <Answers
          origin={approval.origin}
          onDone={onDone}
          reject={{ busy, onClick: () => void no() }}
          yes={{ label: say('host.yes'), busy, disabled: !armed, onClick: yes }}
        />
      }
    >
      <Asker origin={approval.origin} asks="block" />
      {props.children}
      <p>{say('host.lead')}</p>
      <Failure failure={failure} />
      {browserNo && (
        <Notice tone="wait" data-testid="host-browser-no">
          {say('host.browserNo')}
        </Notice>
      )}
      <Asked host={host} />
      <Cautions host={host} />
      <Notice>
        <p>{say('host.sees', { host: origin })}</p>
        <p>{say('host.stays')}</p>
      </Notice>
    </Page>
  );
}

function Asked({ host }: { host: HostAsking }) {
  const words = useWords();
  const { say } = words;
  const { origin, method, url, headers, headerCount, bodyBytes } = host;
  const more = headerCount - headers.length;
  return (
    <Card>
      <Facts
        rows={[
          [
            say('host.host'),
            <b key="host" className="mono" data-testid="host-origin" data-origin={origin}>
              {origin}
            </b>,
          ],
          [say('host.request'), method],
          [
            say('host.address'),
            <code key="url" className="mono" translate="no" data-testid="host-url">
              {url}
            </code>,
          ],
          [
            say('host.headers', { count: headerCount }),
            <span key="headers" className="mono" data-testid="host-headers">
              {words.list(headers)} {more > 0 && say('host.moreHeaders', { count: more })}
            </span>,
          ],
          [say('host.body'), words.bytes(bodyBytes)],
        ]}
      />
    </Card>
  );
}

function Cautions({ host: { origin, reach } }: { host: HostAsking }) {
  const { say } = useWords();
  return (
    <>
      {isIdn(origin) && (
        <Notice tone="bad" title={say('asks.idn')} data-testid="idn">
          <p>{say('asks.idnText')}</p>
        </Notice>
      )}
      {reach !== 'public' && (
        <Notice tone="bad" title={say(`host.${reach}`)} data-testid="host-reach">
          <p>{say(`host.${reach}Text`)}</p>
        </Notice>
      )}
    </>
  );
}
