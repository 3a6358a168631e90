import type { ApplicationId, ApplicationPermissions } from '@mica/bindings/types';
import { NO_PERMISSIONS } from '@mica/bindings/permissions';
import { applicationIdToText } from '@mica/bindings/text';
import { useWords } from '../../words/use_words.tsx';
import { Groups } from '../hash.tsx';
import { Card, Facts } from '../page.tsx';
import { Lines } from './facts.tsx';

/** What applications may do on a chain, and what is allowed on it at all. */
export function Permissions({ permissions }: { permissions: ApplicationPermissions }) {
  const { say } = useWords();
  const executes = permissions.execute_operations;
  const only = (name: string, ids: ApplicationId[] | null) =>
    [name, <Only key={name} ids={ids} />] as const;
  const listed = (name: string, ids: ApplicationId[]) =>
    [name, <Listed key={name} ids={ids} />] as const;
  return (
    <Card title={say('facts.permissions')} data-testid="permissions">
      <Facts
        rows={[
          [
            say('facts.executes'),
            executes ? (
              <Listed key="executes" ids={executes} before={say('facts.onlyTheirs')} />
            ) : (
              say('facts.allOperations')
            ),
          ],
          listed(say('facts.mandatory'), permissions.mandatory_applications),
          // For both, as execution/system_calls.cc has it.
          listed(say('facts.closes'), permissions.close_chain),
          listed(say('facts.permits'), permissions.change_application_permissions),
          only(say('facts.oracle'), permissions.call_service_as_oracle),
          only(say('facts.http'), permissions.make_http_requests),
        ]}
      />
    </Card>
  );
}

/** Nothing where they are those of a chain that nobody gave any. */
export function UnusualPermissions({ permissions }: { permissions: ApplicationPermissions }) {
  return isUsual(permissions) ? null : <Permissions permissions={permissions} />;
}

// The usual ones are null, or empty lists.
const isUsual = (permissions: ApplicationPermissions): boolean =>
  (Object.keys(NO_PERMISSIONS) as (keyof ApplicationPermissions)[]).every(
    (name) => permissions[name]?.length === NO_PERMISSIONS[name]?.length,
  );

/** Null: any of them. */
function Only({ ids }: { ids: ApplicationId[] | null }) {
  const { say } = useWords();
  return ids ? <Listed ids={ids} before={say('facts.only')} /> : say('facts.any');
}

/** By their whole ids: an approval is decided by them. */
function Listed({ ids, before }: { ids: ApplicationId[]; before?: string }) {
  const { say } = useWords();
  if (ids.length === 0) return say('facts.noApplication');
  return (
    <>
      {before}
      <Lines
        lines={ids.map(applicationIdToText).map((id) => (
          <Groups key={id} id={id} />
        ))}
      />
    </>
  );
}
