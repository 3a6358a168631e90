// The applications that have state on a chain.
import { chainIdToText } from '@mica/bindings/text';
import type { ApplicationState, ChainView } from '@mica/wallet-contract/api';
import { chainName } from '../model/texts.ts';
import { route, useGo } from '../model/router.ts';
import { useApplications } from '../model/use_applications.ts';
import { useWallet } from '../model/use_wallet.tsx';
import { Hash } from '../parts/hash.tsx';
import { Mark } from '../parts/icons.tsx';
import { Empty, Failure, Spinner } from '../parts/notice.tsx';
import { ChainName } from '../parts/operations/names.tsx';
import { Page } from '../parts/page.tsx';
import { Say, useWords } from '../words/use_words.tsx';

export function ApplicationsScreen({ chainId }: { chainId: string }) {
  const { say } = useWords();
  const { state } = useWallet();
  const chain = state.chains.find((one) => one.chainId === chainId);
  return (
    <Page
      id="applications"
      back={route('chains', chainId)}
      lead={chain && say('applications.lead', { chain: chainName(chain) })}
    >
      {chain ? <List chain={chain} /> : <Empty icon="chain" title={say('chainPage.none')} />}
    </Page>
  );
}

function List({ chain }: { chain: ChainView }) {
  const { say } = useWords();
  const { all, failure } = useApplications(chain);
  if (!all) return <Spinner label={say('said.reading')} />;
  if (failure) return <Failure failure={failure} standing />;
  if (all.length === 0) {
    return (
      <Empty icon="chain" title={say('applications.none')}>
        <p>{say('applications.noneText')}</p>
      </Empty>
    );
  }
  return (
    <ul className="list">
      {all.map((one) => (
        <Row key={one.applicationId} application={one} chainId={chain.chainId} />
      ))}
    </ul>
  );
}

function Row({ application, chainId }: { application: ApplicationState; chainId: string }) {
  const { say } = useWords();
  const go = useGo();
  const { applicationId, description } = application;
  return (
    <li className="list-row">
      <button
        type="button"
        className="list-item"
        onClick={() => go(route('chains', chainId, 'applications', applicationId))}
        data-testid="application-row"
        data-application={applicationId}
      >
        <Mark id={applicationId} />
        <span className="list-main">
          <b>
            <Hash id={applicationId} copy={false} what="application" />
          </b>
          <small>
            {description ? (
              <Say
                id="applications.by"
                values={{ chain: <ChainName id={chainIdToText(description.creator_chain_id)} /> }}
              />
            ) : (
              say('applications.unknown')
            )}
          </small>
        </span>
      </button>
    </li>
  );
}
