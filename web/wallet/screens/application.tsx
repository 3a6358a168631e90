// One application on one chain: what it was made from, and asking it.
import { useEffect, useState } from 'react';
import { chainIdToText } from '@mica/bindings/text';
import { foreignLines } from '@mica/wallet-contract/foreign_text';
import type { ApplicationState, ChainView, Millis } from '@mica/wallet-contract/api';
import { route } from '../model/router.ts';
import { useApplications } from '../model/use_applications.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Hash } from '../parts/hash.tsx';
import { Empty, Failure, Spinner } from '../parts/notice.tsx';
import { Applications } from '../parts/operations/facts.tsx';
import { ChainName } from '../parts/operations/names.tsx';
import { useModuleRows } from '../parts/operations/publish_module.tsx';
import { Card, Facts, Page } from '../parts/page.tsx';
import { Query } from '../parts/query.tsx';
import { useWords } from '../words/use_words.tsx';

export function ApplicationScreen({ chainId, id }: { chainId: string; id: string }) {
  const { say } = useWords();
  const { state } = useWallet();
  const chain = state.chains.find((one) => one.chainId === chainId);
  return (
    <Page id="application" back={route('chains', chainId, 'applications')}>
      {chain ? (
        <OnChain chain={chain} id={id} />
      ) : (
        <Empty icon="chain" title={say('chainPage.none')} />
      )}
    </Page>
  );
}

function OnChain({ chain, id }: { chain: ChainView; id: string }) {
  const { say } = useWords();
  const { all, failure } = useApplications(chain);
  if (!all) return <Spinner label={say('said.reading')} />;
  if (failure) return <Failure failure={failure} standing />;
  const application = all.find(({ applicationId }) => applicationId === id);
  if (!application) return <Empty icon="chain" title={say('application.none')} />;
  return (
    <>
      <About application={application} />
      <Query chain={chain} applicationId={id} />
    </>
  );
}

type Description = NonNullable<ApplicationState['description']>;

function About({ application: { applicationId, description } }: { application: ApplicationState }) {
  const { say } = useWords();
  return (
    <>
      <Card>
        <Facts
          rows={[
            [say('facts.application'), <Hash key="id" id={applicationId} what="application" />],
          ]}
        />
        {!description && <p>{say('application.notHere')}</p>}
      </Card>
      {description && <MadeFrom description={description} />}
    </>
  );
}

function MadeFrom({ description }: { description: Description }) {
  const words = useWords();
  const { say } = words;
  const creator = chainIdToText(description.creator_chain_id);
  const time = useTimeOf(creator, description.block_height);
  return (
    <details data-testid="application-made">
      <summary>{say('application.made')}</summary>
      <Card>
        <Facts
          rows={[
            [
              say('application.creator'),
              <span key="creator">
                <ChainName id={creator} /> <Hash id={creator} what="chain" />
              </span>,
            ],
            [say('fact.height'), `${description.block_height}`],
            time === null ? null : [say('application.since'), words.time(time)],
            ...useModuleRows(description.module_id),
            [say('facts.parameters'), <Parameters key="its" bytes={description.parameters} />],
            [
              say('facts.required'),
              <Applications key="required" ids={description.required_application_ids} />,
            ],
          ]}
        />
      </Card>
    </details>
  );
}

// Of the block that created it, where that chain is in the wallet.
function useTimeOf(chainId: string, height: bigint): Millis | null {
  const { wallet, state } = useWallet();
  const isHere = state.chains.some((one) => one.chainId === chainId);
  const [time, setTime] = useState<Millis | null>(null);
  useEffect(() => {
    if (!isHere) return;
    wallet.getActivity({ chainId, below: height + 1n, limit: 1 }).then(
      ([entry]) => setTime(entry?.height === height ? entry.time : null),
      () => setTime(null),
    );
  }, [wallet, isHere, chainId, height]);
  return time;
}

/** Characters of them that are shown. */
const MAX_SHOWN = 2000;

function Parameters({ bytes }: { bytes: Uint8Array }) {
  const { say, bytes: size } = useWords();
  if (bytes.length === 0) return say('none');
  if (bytes.length > MAX_SHOWN) return size(bytes.length);
  return <code className="mono">{foreignLines(new TextDecoder().decode(bytes))}</code>;
}
