import type { ApplicationPermissions } from '@mica/bindings/types';
import { useWords } from '../../words/use_words.tsx';
import { Card, Facts } from '../page.tsx';
import { Applications } from './facts.tsx';

/** What applications may do on a chain, and what is allowed on it at all. */
export function Permissions({ permissions }: { permissions: ApplicationPermissions }) {
  const { say } = useWords();
  const row = (name: string, ids: ApplicationPermissions['execute_operations']) =>
    [name, <Applications key={name} ids={ids} />] as const;
  return (
    <Card>
      <Facts
        rows={[
          row(say('facts.executes'), permissions.execute_operations),
          row(say('facts.mandatory'), permissions.mandatory_applications),
          row(say('facts.closes'), permissions.close_chain),
          row(say('facts.permits'), permissions.change_application_permissions),
          row(say('facts.oracle'), permissions.call_service_as_oracle),
          row(say('facts.http'), permissions.make_http_requests),
        ]}
      />
    </Card>
  );
}
