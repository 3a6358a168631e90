// What an application can be asked, as it says itself when it is asked for its types.
import { useState } from 'react';
import { INTROSPECTION, schemaOf, type Schema, type SchemaField } from '../model/graphql.ts';
import { useAction, useWallet } from '../model/use_wallet.tsx';
import { useWords } from '../words/use_words.tsx';
import { Button } from './button.tsx';
import { Failure, Notice } from './notice.tsx';
import { Card } from './page.tsx';

export function SchemaDocs(props: { chainId: string; applicationId: string }) {
  const { say } = useWords();
  const { wallet } = useWallet();
  /** Null: it has none; undefined: not asked yet. */
  const [schema, setSchema] = useState<Schema | null | undefined>(undefined);
  const { run, busy, failure } = useAction();
  const read = () =>
    void run(async () => {
      const query = JSON.stringify({ query: INTROSPECTION });
      const { response } = await wallet.queryApplication({ ...props, query });
      setSchema(schemaOf(response));
    });
  if (schema) return <Docs schema={schema} />;
  return (
    <>
      <Button kind="plain" busy={busy} onClick={read} data-testid="schema-read">
        {say('schema.read')}
      </Button>
      {schema === null && <Notice title={say('schema.none')} data-testid="schema-none" />}
      <Failure failure={failure} />
    </>
  );
}

function Docs({ schema: { queries, mutations, types } }: { schema: Schema }) {
  const { say } = useWords();
  return (
    <div className="stack" data-testid="schema">
      <Card title={say('schema.queries')}>
        <Fields fields={queries} />
      </Card>
      <Card title={say('schema.mutations')}>
        <Fields fields={mutations} />
      </Card>
      {types.length > 0 && (
        <details>
          <summary>{say('schema.types')}</summary>
          {types.map(({ name, description, fields }) => (
            <Card key={name} title={<code className="mono">{name}</code>}>
              {description && <p>{description}</p>}
              <Fields fields={fields} />
            </Card>
          ))}
        </details>
      )}
    </div>
  );
}

function Fields({ fields }: { fields: SchemaField[] }) {
  const { say } = useWords();
  if (fields.length === 0) return <p>{say('none')}</p>;
  return (
    <ul className="lines">
      {fields.map(({ name, args, type, description }) => (
        <li key={name}>
          <code className="mono">
            <b>{name}</b>
            {args}
            {type && `: ${type}`}
          </code>
          {description && <p>{description}</p>}
        </li>
      ))}
    </ul>
  );
}
